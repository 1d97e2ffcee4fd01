// cspell:ignore erstellen Vorlage Repositorys
import type { FrameLocator, Page } from 'playwright-core';
import { demoWorld } from '../../sandbox/world/demo';
import { app, openStage, type Stage } from '../support/browser-stage';
import { expectAnnounced, expectFocus, keyboardOf } from '../support/keyboard';
import * as steps from '../support/steps';
import { story } from '../support/story';

const issueKey = 'DEMO-1';
const gitLabPage = 'gitlab.com/-/user_settings/personal_access_tokens';
const editions = {
  github: ['github.com', 'github.com/settings/tokens/new', 'acme/api', ['acme']],
  gitlab: ['gitlab.com', gitLabPage, 'acme/platform/deploy', ['acme']],
  'azure-devops': ['azure-devops', 'dev.azure.com/acme/_usersSettings/tokens', 'Back Office/Ledger', ['Back Office']],
  codecommit: ['codecommit', 'console.aws.amazon.com/iam/home', 'warehouse', 'all'],
} as const;
type Name = keyof typeof editions;
const names = Object.keys(editions) as Name[];
/** The demo's, with something to request a pull for in acme/api. */
const services = demoWorld.services.map((service) => {
  if (service.kind !== 'github') return service;
  const repositories = service.repositories.map((one) =>
    one.name === 'api' ? { ...one, branches: [{ name: 'develop', commits: 1 }] } : one,
  );
  return { ...service, repositories };
});

let stage: Stage;
const ids: Partial<Record<Name, string>> = {};

beforeAll(async () => {
  stage = await openStage({ services });
});
afterAll(() => stage.close());

async function credential(name: Name, account: string): Promise<Record<string, string>> {
  const fields = { account, user: account, name: 'test', scopes: { github: 'repo', gitlab: 'api' }[name as string] };
  const response = await fetch(`${stage.sandbox.services}/${editions[name][1]}`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ ...fields, scopes: fields.scopes ?? 'vso.code_write' }),
  });
  const made = (await response.json()) as { token?: string; id?: string; secret?: string };
  stage.secrets.push(made.token ?? made.secret ?? '');
  return made.token === undefined
    ? { kind: 'access-key', id: made.id ?? '', secret: made.secret ?? '' }
    : { kind: 'token', token: made.token };
}

async function valueOf(answer: ReturnType<Stage['sandbox']['invoke']>): Promise<any> {
  const given = await answer;
  expect(given).toMatchObject({ ok: true });
  return given.value;
}

const onIssue = (call: string, payload: Record<string, unknown>) =>
  valueOf(stage.sandbox.invoke('alice', 'issue-context', call, { issueKey, ...payload }));

async function openDialog(page: Page, button: string, repository: string): Promise<FrameLocator> {
  await app(page, 'issue-panel').getByRole('button', { name: button }).first().click();
  const dialog = app(page, 'dialogs');
  await steps.choose(dialog, 'Repository', repository);
  return dialog;
}

/** Holds this call until the returned function is called. */
async function hold(page: Page, call: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/sandbox/bridge', async (route) => {
    if (route.request().postData()?.includes(`"functionKey":"${call}"`)) await released;
    await route.fallback();
  });
  return release;
}

/** How far below its beginning each part of the form is, in a wide window and in a narrow one. */
async function placesOf(page: Page, dialog: FrameLocator): Promise<number[][]> {
  const found: number[][] = [];
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 1000 });
    const tops = await dialog.locator('form').evaluate((form) => {
      const { top } = form.getBoundingClientRect();
      const parts = [...form.querySelectorAll('label, input, textarea')];
      return parts.map((part) => Math.round(part.getBoundingClientRect().top - top));
    });
    found.push(tops);
  }
  return found;
}

story('A description begins with the repository’s template', (step) => {
  step('At each service that has templates, the person gets them, and CodeCommit has none', async () => {
    for (const name of names) {
      const [edition, , repository, owners] = editions[name];
      const options = { name: `acme-${name}`, owners, requireUserPat: false, projects: 'all' };
      const address =
        { 'azure-devops': 'https://dev.azure.com/acme', codecommit: 'eu-central-1' }[name as string] ?? '';
      const bot = await credential(name, name === 'codecommit' ? 'undersigned' : 'acme-bot');
      const payload = { edition, address, credential: bot, ...options };
      const added = await valueOf(stage.sandbox.invoke('ada', 'manage-repositories', 'add-integration', payload));
      const integrationId = added.integration.id as string;
      ids[name] = integrationId;
      await onIssue('save-token', { integrationId, credential: await credential(name, 'alice') });
      const found = await onIssue('read-request-form', { integrationId, repository, targetBranch: 'release/1.0' });
      const templates = found.templates as { name: string; text: string; isDefault?: true }[];
      expect([name, templates.map((one) => [one.name, one.isDefault])]).toEqual([
        name,
        {
          github: [
            ['pull_request_template', true],
            ['hotfix', undefined],
          ],
          gitlab: [
            ['Default', true],
            ['Rollback', undefined],
          ],
          'azure-devops': [
            ['release', true],
            ['pull_request_template', undefined],
          ],
          codecommit: [],
        }[name],
      ]);
    }
  });

  step('It comes late and moves nothing, and the input remains when another one is chosen', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const release = await hold(page, 'read-request-form');
    const dialog = await openDialog(page, 'Create pull request', 'acme/api');
    const description = dialog.getByLabel('Description');
    for (const name of ['Reviewers', 'Labels']) await dialog.getByRole('combobox', { name }).waitFor();
    const before = await placesOf(page, dialog);
    await stage.sandbox.arm({ path: '/graphql', contains: 'pullRequestTemplates', status: 502, times: 'always' });
    release();
    await dialog.getByText(/Couldn't load the labels/).waitFor();
    await stage.inspect(page, 'template-failed');
    await fetch(`${stage.sandbox.services}/github.com/sandbox/faults`, { method: 'DELETE' });
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByText("From the repository's template pull_request_template.").waitFor();
    expect(await placesOf(page, dialog)).toEqual(before);
    expect(await description.inputValue()).toBe('## Why\n\n## How it was tested\n');
    await stage.inspect(page, 'template');
    await dialog.getByLabel('Template').selectOption('hotfix');
    await dialog.getByText("From the repository's template hotfix.").waitFor();
    await description.fill('Mine.');
    await dialog.getByLabel('Template').selectOption('pull_request_template');
    expect(await description.inputValue()).toBe('Mine.\n\n## Why\n\n## How it was tested\n');
    await page.close();
  });

  step('A reviewer is the one that was typed, also before the search has its answer', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await openDialog(page, 'Create pull request', 'acme/api');
    const field = dialog.getByRole('combobox', { name: 'Reviewers' });
    await field.click();
    const options = dialog.getByRole('listbox').getByRole('option');
    await options.nth(1).waitFor();
    const names = await options.allInnerTexts();
    const last = names.at(-1) ?? '';
    expect(names[0]).not.toBe(last);
    const release = await hold(page, 'list-reviewers');
    await field.fill('nobody-is-called-so');
    await field.press('Enter');
    await field.fill(last);
    await field.press('Enter');
    await dialog.getByRole('button', { name: `Remove ${last.replace(/ \(.*/, '')}` }).waitFor();
    expect(await dialog.getByRole('button', { name: /^Remove/ }).count()).toBe(1);
    release();
    await page.close();
  });

  step('By keyboard, a branch starts at a tag, and its pull request gets a label and an assignee', async () => {
    const gitHub = `${stage.sandbox.services}/api.github.com/repos/acme/api/git`;
    const headers = { authorization: `Bearer ${await stage.sandbox.newToken('alice')}`, 'user-agent': 'journey' };
    const head = (await (await fetch(`${gitHub}/ref/heads/develop`, { headers })).json()) as {
      object: { sha: string };
    };
    const body = JSON.stringify({ ref: 'refs/tags/v1.0', sha: head.object.sha });
    expect((await fetch(`${gitHub}/refs`, { method: 'POST', headers, body })).status).toBe(201);
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const keyboard = keyboardOf(page);
    const panel = app(page, 'issue-panel');
    const dialog = app(page, 'dialogs');
    const press = (name: string) => keyboard.push(dialog.getByRole('button', { name, exact: true }));
    await keyboard.push(panel.getByRole('button', { name: 'Create branch' }));
    await keyboard.choose(dialog, 'Repository', 'acme/api');
    const release = await hold(page, 'list-branches');
    await keyboard.write(dialog.getByRole('combobox', { name: 'Source branch' }), 'v1.0');
    // It is not known yet whether such a branch exists.
    await keyboard.press('Enter');
    release();
    await dialog.getByRole('option', { name: 'Tag v1.0' }).waitFor();
    await keyboard.press('Enter');
    await dialog.getByRole('option').first().waitFor({ state: 'detached' });
    await keyboard.write(dialog.getByLabel('Branch name'), 'DEMO-1-at-a-tag');
    await press('Create branch');
    await expectAnnounced(page, 'DEMO-1-at-a-tag in acme/api, as alice');

    await keyboard.push(panel.getByRole('button', { name: 'Create pull request' }));
    await dialog.getByText("From the repository's template pull_request_template.").waitFor();
    await keyboard.choose(dialog, 'Labels', 'bug');
    await keyboard.push(dialog.getByRole('checkbox', { name: 'Assign the pull request to me' }), 'Space');
    await expectAnnounced(dialog, 'Code owners of the changed files, among @acme/shop, @ada, @bob');
    await press('Create pull request');
    await expectAnnounced(page, 'DEMO-1: Merge DEMO-1-at-a-tag to main, as alice');
    await expectFocus(panel.getByRole('button', { name: 'Create pull request' }));
    await page.close();
    const request = await stage.openService('github.com/acme/api/pull/1');
    expect(await request.locator('body').innerText()).toMatch(/Assigned to alice\s+Labels: bug\s/);
    await request.close();
  });

  step('It is sent with the link to the issue', async () => {
    const where = { integrationId: ids.gitlab, repository: 'acme/platform/deploy' };
    await onIssue('create-branch', { ...where, sourceBranch: 'main', name: 'DEMO-1-with-template' });
    const page = await stage.open('/browse/DEMO-2', 'alice');
    const dialog = await openDialog(page, 'Create pull request', 'acme/platform/deploy');
    await steps.choose(dialog, 'Source branch', 'DEMO-1-with-template');
    await dialog.getByText("From the repository's template Default.").waitFor();
    await dialog.getByRole('button', { name: 'Create merge request' }).click();
    await app(page, 'issue-panel').getByText('DEMO-2: Merge DEMO-1-with-template to main').waitFor();
    const merge = await stage.openService('gitlab.com/acme/platform/deploy/-/merge_requests/1');
    expect(await merge.locator('body').innerText()).toMatch(
      /What changes on main\s+---\s+\[DEMO-2\]\(.*\/browse\/DEMO-2\)/,
    );
    await merge.close();
    await page.close();
  });

  step('In German as well', async () => {
    const page = await stage.newPage();
    await page.goto(`${stage.sandbox.url}/browse/DEMO-12?as=alice&locale=de-DE`);
    const dialog = await openDialog(page, 'Pull-Request erstellen', 'Back Office/Ledger');
    await dialog.getByText('Aus der Vorlage pull_request_template des Repositorys.').waitFor();
    await stage.look(page, 'template-german');
    await steps.choose(dialog, 'Repository', 'acme/api');
    await dialog.getByText('@acme/shop').scrollIntoViewIfNeeded();
    await stage.inspect(page, 'extras-german');
    await page.close();
  });

  step('No secret is left, and nothing breaks the content security policy', () =>
    stage.expectNothingLeft(/codecommit/),
  );
});
