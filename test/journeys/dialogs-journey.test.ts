import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { accessibilityViolations } from '../support/axe';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';

let sandbox: RunningSandbox;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const ids: Record<'github' | 'gitlab', string> = { github: '', gitlab: '' };

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([runSandbox(), launchBrowser()]);
  const gitLabToken = await newGitLabToken('acme-bot');
  ids.github = await connect('github.com', await sandbox.newToken('acme-bot'), 'acme-github');
  ids.gitlab = await connect('gitlab.com', gitLabToken, 'acme-gitlab');
  for (const as of ['alice', 'bob']) {
    await save(as, ids.github, await sandbox.newToken(as));
  }
  await save('alice', ids.gitlab, await newGitLabToken('alice'));
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  page = await context.newPage();
});

afterEach(() => context.close());

async function newGitLabToken(account: string): Promise<string> {
  const response = await fetch(`${sandbox.services}/gitlab.com/-/user_settings/personal_access_tokens`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ account, name: 'test', scopes: 'api' }),
  });
  return ((await response.json()) as { token: string }).token;
}

async function connect(edition: string, token: string, name: string): Promise<string> {
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition,
    credential: { kind: 'token', token },
    name,
    owners: ['acme'],
    requireUserPat: false,
    projects: 'all',
  });
  expect(added).toMatchObject({ ok: true });
  return added.value.integration.id as string;
}

async function save(as: string, integrationId: string, token: string): Promise<void> {
  const credential = { kind: 'token', token };
  expect(await sandbox.invoke(as, ISSUE, 'save-token', { issueKey, integrationId, credential })).toMatchObject({
    ok: true,
  });
}

function app(resource: string): FrameLocator {
  return page.frameLocator(`iframe[data-resource="${resource}"]`);
}

async function openDialog(button: string | RegExp, as = 'alice', issue = issueKey): Promise<FrameLocator> {
  await page.goto(`${sandbox.url}/browse/${issue}?as=${as}`);
  await app('issue-panel').getByRole('button', { name: button }).first().click();
  const dialog = app('dialogs');
  await dialog.getByRole('heading', { name: button }).waitFor();
  return dialog;
}

async function choose(dialog: FrameLocator, field: string, typed: string, option = typed): Promise<void> {
  await dialog.getByRole('combobox', { name: field }).fill(typed);
  await dialog.getByRole('option', { name: option }).first().click();
}

/** The chosen value of a searchable field. */
async function shown(dialog: FrameLocator, field: string): Promise<string> {
  const control = dialog.locator('.field').filter({ has: dialog.getByRole('combobox', { name: field }) });
  return control.innerText();
}

describe('In Create branch', () => {
  it('a name in the way of another branch is shown before anything is pressed, with a valid one', async () => {
    const dialog = await openDialog('Create branch');
    await choose(dialog, 'Repository', 'acme/web');
    const name = dialog.getByLabel('Branch name');
    await name.fill('develop/DEMO-1');
    await dialog.getByText("Git can't have both this and develop").waitFor();
    await dialog.getByRole('button', { name: 'Use develop-DEMO-1' }).click();
    expect(await name.inputValue()).toBe('develop-DEMO-1');
    await dialog.getByText("Git can't have both this and develop").waitFor({ state: 'detached' });
    await name.fill('release/1.0');
    await dialog.getByText('acme/web already has a branch named release/1.0.').waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
  });

  it('a repository without commits says so where a branch would be chosen', async () => {
    const dialog = await openDialog('Create branch');
    await choose(dialog, 'Repository', 'acme/fresh');
    await dialog.getByText('acme/fresh has no commits yet').waitFor();
  });

  it('on GitLab, the merge request can be created in the same go, and both cards are there', async () => {
    const dialog = await openDialog('Create branch');
    await choose(dialog, 'Repository', 'acme/mobile');
    await dialog.getByLabel('Branch name').fill('DEMO-1-with-request');
    await dialog.getByRole('checkbox', { name: 'Also create a merge request into main' }).check();
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await app('issue-panel').getByRole('link', { name: 'DEMO-1-with-request', exact: false }).first().waitFor();
    await app('issue-panel').getByText('DEMO-1: Merge DEMO-1-with-request to main').waitFor();
    await page.getByText('Copy checkout command').waitFor();
  });

  it('with the issue assigned and moved, shows a refusal of Jira beside the branch', async () => {
    // In OPS only ada assigns.
    const dialog = await openDialog('Create branch', 'alice', 'OPS-1');
    await choose(dialog, 'Repository', 'acme/web');
    await dialog.getByLabel('Branch name').fill('OPS-1-started');
    await dialog.getByRole('checkbox', { name: 'Assign to me' }).check();
    await dialog.getByRole('checkbox', { name: 'Move to' }).check();
    await dialog.getByLabel('Status to move to').selectOption('In Progress');
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await page.getByText(/Jira didn't assign the issue to you\. You do not have permission/).waitFor();
    await page.getByText(/Moved\./).waitFor();
    await app('issue-panel').getByText('OPS-1-started').waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Fields' }).getByText('In Progress').waitFor();
  });

  it('on GitHub, where a pull request needs commits, that is not offered', async () => {
    const dialog = await openDialog('Create branch');
    await choose(dialog, 'Repository', 'acme/web');
    await dialog.getByText(/alice on GitHub/).waitFor();
    expect(await dialog.getByRole('checkbox', { name: /pull request/ }).count()).toBe(0);
  });

  it('people can remove their token in place, and their input does not change', async () => {
    const dialog = await openDialog('Create branch', 'bob');
    await choose(dialog, 'Repository', 'acme/api');
    await dialog.getByLabel('Branch name').fill('DEMO-1-stays');
    await dialog.getByRole('button', { name: 'Replace token' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('heading', { name: 'Remove your token' }).waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByText('You no longer have one saved for acme-github.').waitFor();
    await dialog.getByText(/acme-bot, the integration account of acme-github, will be shown as the author/).waitFor();
    expect(await dialog.getByLabel('Branch name').inputValue()).toBe('DEMO-1-stays');
  });
});

describe('In Create pull request', () => {
  it('the branch made for the issue is chosen, and its lack of commits is shown before pressing', async () => {
    const where = { issueKey, integrationId: ids.github, repository: 'acme/web' };
    const made = await sandbox.invoke('alice', ISSUE, 'create-branch', {
      ...where,
      sourceBranch: 'main',
      name: 'DEMO-1-no-commits',
    });
    expect(made).toMatchObject({ ok: true });
    const dialog = await openDialog('Create pull request');
    await dialog.getByText("DEMO-1-no-commits has no commits that aren't already in main").waitFor();
    expect(await shown(dialog, 'Source branch')).toContain('DEMO-1-no-commits');
    expect(await shown(dialog, 'Target branch')).toContain('main');
    expect(await accessibilityViolations(page)).toEqual([]);
    await choose(dialog, 'Source branch', 'develop');
    await dialog.getByText("has no commits that aren't already in main").waitFor({ state: 'detached' });
  });

  it('reviewers are searched and requested, a draft is a draft, and the flag leads to it', async () => {
    const dialog = await openDialog('Create pull request');
    await choose(dialog, 'Repository', 'acme/web');
    await choose(dialog, 'Source branch', 'develop');
    await choose(dialog, 'Reviewers', 'bob');
    await dialog.getByRole('checkbox', { name: 'Create as draft' }).check();
    await dialog.getByRole('button', { name: 'Create pull request' }).click();
    const card = app('issue-panel').getByRole('listitem').filter({ hasText: 'DEMO-1: Merge develop to main' });
    await card.getByText('Draft').waitFor();
    await page.getByText('Open on GitHub').first().waitFor();
    const list = await (await fetch(`${sandbox.services}/github.com/acme/web/pull/1`)).text();
    expect(list).toContain('Review requested from bob');
  });

  it('the suggested title of a long branch fits the service, with its draft prefix, and a typed title that is too long is reported', async () => {
    const name = `DEMO-1-${'long-'.repeat(45)}name`;
    const where = { issueKey, integrationId: ids.gitlab, repository: 'acme/mobile' };
    const made = await sandbox.invoke('alice', ISSUE, 'create-branch', { ...where, sourceBranch: 'main', name });
    expect(made).toMatchObject({ ok: true });
    await page.setViewportSize({ width: 320, height: 1000 });
    const dialog = await openDialog(/^Create (pull|merge) request$/);
    const title = dialog.getByRole('textbox', { name: 'Title' });
    await dialog.getByText('Cut to the 255 characters that GitLab allows.').waitFor();
    expect(await title.inputValue()).toMatch(/^DEMO-1: Merge DEMO-1-(long-)+.*…$/);
    // The long branch stays inside its field.
    expect(await dialog.locator('body').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    const field = dialog.locator('.field').filter({ has: dialog.getByRole('combobox', { name: 'Source branch' }) });
    const [text, box] = await Promise.all([
      field.locator('.stand-in > span').first().boundingBox(),
      field.boundingBox(),
    ]);
    expect(text!.x + text!.width).toBeLessThanOrEqual(box!.x + box!.width);
    await dialog.getByRole('checkbox', { name: 'Create as draft' }).check();
    await dialog.getByText('Cut to the 248 characters that GitLab allows.').waitFor();
    await title.fill('x'.repeat(249));
    await dialog.getByText('GitLab allows at most 248 characters. This title has 249.').waitFor();
    await dialog.getByRole('button', { name: 'Create merge request' }).click();
    await dialog.getByText('GitLab allows at most 248 characters. This title has 249.').waitFor();
    await title.fill(`DEMO-1 ${'x'.repeat(241)}`);
    await dialog.getByRole('button', { name: 'Create merge request' }).click();
    const card = app('issue-panel')
      .getByRole('listitem')
      .filter({ hasText: `Draft: DEMO-1 ${'x'.repeat(241)}` });
    await card.first().waitFor();
  });
});
