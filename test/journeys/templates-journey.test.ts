// cspell:ignore erstellen Vorlage Repositorys
import type { FrameLocator, Page } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';
import * as steps from '../support/steps';
import { story } from '../support/story';

const issueKey = 'DEMO-1';
const gitLabPage = 'gitlab.com/-/user_settings/personal_access_tokens';
const services = {
  github: ['github.com', 'github.com/settings/tokens/new', 'acme/api', ['acme']],
  gitlab: ['gitlab.com', gitLabPage, 'acme/platform/deploy', ['acme']],
  'azure-devops': ['azure-devops', 'dev.azure.com/acme/_usersSettings/tokens', 'Back Office/Ledger', ['Back Office']],
  codecommit: ['codecommit', 'console.aws.amazon.com/iam/home', 'warehouse', 'all'],
} as const;
type Name = keyof typeof services;
const names = Object.keys(services) as Name[];

let stage: Stage;
const ids: Partial<Record<Name, string>> = {};

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

async function credential(name: Name, account: string): Promise<Record<string, string>> {
  const fields = { account, user: account, name: 'test', scopes: { github: 'repo', gitlab: 'api' }[name as string] };
  const response = await fetch(`${stage.sandbox.services}/${services[name][1]}`, {
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

story('A description begins with what the repository has for it', (step) => {
  step('At each service that has templates, they are there for the person, and CodeCommit has none', async () => {
    for (const name of names) {
      const [edition, , repository, owners] = services[name];
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

  step('The dialog begins with it, and what is typed stays when another is chosen', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await openDialog(page, 'Create pull request', 'acme/api');
    const description = dialog.getByLabel('Description');
    await dialog.getByText("From the repository's template pull_request_template.").waitFor();
    expect(await description.inputValue()).toBe('## Why\n\n## How it was tested\n');
    await stage.inspect(page, 'template');
    await dialog.getByLabel('Template').selectOption('hotfix');
    await dialog.getByText("From the repository's template hotfix.").waitFor();
    await description.fill('Mine.');
    await dialog.getByLabel('Template').selectOption('pull_request_template');
    expect(await description.inputValue()).toBe('Mine.\n\n## Why\n\n## How it was tested\n');
    await page.close();
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
    await page.close();
  });

  step('Nothing is left of a secret, and nothing broke the content security policy', () =>
    stage.expectNothingLeft(/codecommit/),
  );
});
