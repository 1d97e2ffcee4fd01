import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type Answer, type RunningSandbox } from '../support/run-sandbox';

const ISSUE = 'issue-context';
const ADMIN = 'manage-repositories';
const issueKey = 'DEMO-1';
const repository = 'acme/web';
const everything = { requireUserPat: false, branchActions: true, pullRequestActions: true };

let sandbox: RunningSandbox;
/** Two integrations of the same service with the same repositories: `free` asks for nobody's token, `strict` for everybody's. */
let free: string;
let strict: string;
let bot: string;

beforeAll(async () => {
  sandbox = await runSandbox();
  bot = await sandbox.newToken('acme-bot');
  free = await added('free', false);
  strict = await added('strict', true);
});

afterAll(() => sandbox.stop());

/** Each begins with the same rules, after any other one. */
beforeEach(async () => {
  await saveSite(everything);
  await update(free, options('free', false));
  await update(strict, options('strict', true));
});

function valueOf(answer: Answer): any {
  expect(answer).toMatchObject({ ok: true });
  return answer.value;
}

function options(name: string, requireUserPat: boolean): Record<string, unknown> {
  return { name, owners: ['acme'], requireUserPat, projects: 'all' };
}

async function added(name: string, requireUserPat: boolean): Promise<string> {
  const credential = { kind: 'token', token: bot };
  const integration = { edition: 'github.com', credential, ...options(name, requireUserPat) };
  return valueOf(await sandbox.invoke('ada', ADMIN, 'add-integration', integration)).integration.id;
}

function createBranch(as: string, integrationId: string, name: string): Promise<Answer> {
  return sandbox.invoke(as, ISSUE, 'create-branch', {
    issueKey,
    integrationId,
    repository,
    sourceBranch: 'main',
    name,
  });
}

async function statesOf(as: string): Promise<Record<string, string>> {
  const { integrations } = valueOf(await sandbox.invoke(as, ISSUE, 'load-issue', { issueKey }));
  return Object.fromEntries(
    integrations.map((one: { name: string; attribution: { state: string } }) => [one.name, one.attribution.state]),
  );
}

async function saveToken(as: string, integrationId: string, account: string): Promise<void> {
  const credential = { kind: 'token', token: await sandbox.newToken(account) };
  valueOf(await sandbox.invoke(as, ISSUE, 'save-token', { issueKey, integrationId, credential }));
}

async function saveSite(settings: Record<string, boolean>): Promise<void> {
  valueOf(await sandbox.invoke('ada', ADMIN, 'save-site-settings', settings));
}

async function update(id: string, changed: Record<string, unknown>): Promise<void> {
  valueOf(await sandbox.invoke('ada', ADMIN, 'update-integration', { id, ...changed }));
}

async function pullRequest(number: number): Promise<{ body: string; user: { login: string } }> {
  const response = await fetch(`${sandbox.services}/api.github.com/repos/${repository}/pulls/${number}`, {
    headers: { authorization: `Bearer ${bot}`, 'user-agent': 'test' },
  });
  return (await response.json()) as { body: string; user: { login: string } };
}

it('requires a token in the integration with that rule, and in no other', async () => {
  expect(await statesOf('bob')).toEqual({ free: 'integration', strict: 'setup-required' });
  expect(await createBranch('bob', strict, 'DEMO-1-strict')).toMatchObject({
    ok: false,
    error: { code: 'TOKEN_REQUIRED' },
  });
  expect(valueOf(await createBranch('bob', free, 'DEMO-1-free')).card).toMatchObject({
    author: 'acme-bot',
    actor: 'integration',
  });
});

it('opens a pull request as the integration account where no token is required, with the issue in its description', async () => {
  const branches = { sourceBranch: 'develop', targetBranch: 'main', title: 'DEMO-1: develop' };
  const asked = { issueKey, integrationId: free, repository, ...branches };
  const { card } = valueOf(await sandbox.invoke('bob', ISSUE, 'create-pull-request', asked));
  expect(card).toMatchObject({ author: 'acme-bot', actor: 'integration' });
  const { body, user } = await pullRequest(card.number);
  expect(user.login).toBe('acme-bot');
  expect(body).toMatch(/https:\/\/acme\.atlassian\.net\/browse\/DEMO-1\b/);
  expect(body).toContain('Undersigned');
});

it('uses a token for the integration and the person it was saved for, and for no other', async () => {
  await saveToken('alice', strict, 'alice');
  expect(await statesOf('alice')).toEqual({ free: 'integration', strict: 'person' });
  expect(await statesOf('bob')).toEqual({ free: 'integration', strict: 'setup-required' });
  expect(valueOf(await createBranch('alice', free, 'DEMO-1-alice-free')).card).toMatchObject({ author: 'acme-bot' });
  expect(valueOf(await createBranch('alice', strict, 'DEMO-1-alice-strict')).card).toMatchObject({ author: 'alice' });

  // Where none is required, her own is used once she has one.
  await saveToken('alice', free, 'alice');
  expect(valueOf(await createBranch('alice', free, 'DEMO-1-alice-own')).card).toMatchObject({
    author: 'alice',
    actor: 'person',
  });
});

it('lists integrations in the user settings whether they require a token or not', async () => {
  const { integrations } = valueOf(await sandbox.invoke('bob', 'user-settings', 'load-user-settings'));
  expect(
    integrations.map((one: { name: string; attribution: { required: boolean } }) => [
      one.name,
      one.attribution.required,
    ]),
  ).toEqual([
    ['free', false],
    ['strict', true],
  ]);
});

it('requires tokens everywhere when the site does', async () => {
  await saveSite({ ...everything, requireUserPat: true });
  expect(await statesOf('bob')).toEqual({ free: 'setup-required', strict: 'setup-required' });
  expect(await createBranch('bob', free, 'DEMO-1-site')).toMatchObject({
    ok: false,
    error: { code: 'TOKEN_REQUIRED' },
  });
  await saveSite(everything);
  expect(await statesOf('bob')).toEqual({ free: 'integration', strict: 'setup-required' });
});

it('hides everything that is disabled for the site, from everybody', async () => {
  const off = { ok: false, error: { code: 'ACTION_SWITCHED_OFF' } };
  const onBranch = { issueKey, integrationId: free, repository };
  // It gets as far as the service, which has no such branch.
  const request = { ...onBranch, sourceBranch: 'DEMO-1-gone', targetBranch: 'main', title: 'DEMO-1' };
  await saveSite({ ...everything, branchActions: false });
  for (const as of ['ada', 'alice']) {
    expect(await createBranch(as, free, 'DEMO-1-off')).toMatchObject(off);
    expect(await sandbox.invoke(as, ISSUE, 'delete-branch', { ...onBranch, branch: 'DEMO-1-free' })).toMatchObject(off);
    expect(await sandbox.invoke(as, ISSUE, 'create-pull-request', request)).not.toMatchObject(off);
  }
  await saveSite({ ...everything, pullRequestActions: false });
  expect(await sandbox.invoke('ada', ISSUE, 'create-pull-request', request)).toMatchObject(off);
});

it('shows an integration only in the projects that it is open to', async () => {
  await update(free, { ...options('free', false), projects: ['OPS'] });
  expect(await statesOf('bob')).toEqual({ strict: 'setup-required' });
  expect(await createBranch('bob', free, 'DEMO-1-elsewhere')).toMatchObject({
    ok: false,
    error: { code: 'NOT_OPEN_TO_PROJECT' },
  });
  await update(free, options('free', false));
  expect(Object.keys(await statesOf('bob'))).toEqual(['free', 'strict']);
});

describe('On the pages', () => {
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  });

  afterAll(() => browser.close());

  function app(page: Page, resource: string): FrameLocator {
    return page.frameLocator(`iframe[data-resource="${resource}"]`);
  }

  async function open(path: string, as: string, site = 'acme'): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${sandbox.url}${path}?as=${as}&site=${site}`);
    return page;
  }

  it('offers nothing to create without a connected git service, and says who can change that', async () => {
    const page = await open('/browse/DEMO-1', 'bob', 'globex');
    const panel = app(page, 'issue-panel');
    await panel.getByText('No git service is connected to this project').waitFor();
    await panel.getByText('Ask a Jira admin to connect one').waitFor();
    expect(await panel.getByRole('button', { name: /^Create/ }).count()).toBe(0);
    await page.close();
  });

  it('says in the pull request dialog, too, that a token has to be set up', async () => {
    await update(free, { ...options('free', false), projects: ['OPS'] });
    const page = await open('/browse/DEMO-1', 'bob');
    await app(page, 'issue-panel').getByRole('button', { name: 'Create pull request' }).click();
    const dialog = app(page, 'dialogs');
    await dialog.getByText('strict shows you its repositories once your personal access token is set up.').waitFor();
    await dialog.getByRole('heading', { name: 'Personal Access Token', exact: true }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Create pull request' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: /Set up your personal access token/i }).waitFor();
    await page.close();
  });

  it('stores no token that was typed and cancelled', async () => {
    const typed = await sandbox.newToken('bob');
    const page = await open('/settings/personal', 'bob');
    const row = app(page, 'user-settings').getByRole('row', { name: /strict/ });
    await row.getByRole('button', { name: /Set up your PAT/ }).click();
    await app(page, 'dialogs').getByLabel('Personal access token', { exact: true }).fill(typed);
    await app(page, 'dialogs').getByRole('button', { name: 'Cancel' }).click();
    await page.locator('iframe[data-resource="dialogs"]').waitFor({ state: 'detached' });
    await page.reload();
    await row.getByText('Required, not set up').waitFor();
    expect(await statesOf('bob')).toMatchObject({ strict: 'setup-required' });
    await page.close();
  });

  it('does not change the requirement until Update is pressed', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    const row = admin.getByRole('row', { name: /free/ });
    const edit = async () => {
      await row.getByRole('button', { name: /Actions/ }).click();
      await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
    };
    const required = admin.getByRole('checkbox', { name: 'Require User PAT', exact: true });
    await edit();
    await required.check();
    expect(await statesOf('bob')).toMatchObject({ free: 'integration' });
    await admin.getByRole('button', { name: 'Cancel' }).click();
    await edit();
    expect(await required.isChecked()).toBe(false);
    await required.check();
    await admin.getByRole('button', { name: 'Update' }).click();
    await admin.getByRole('row', { name: /free.*On/ }).waitFor();
    expect(await statesOf('bob')).toMatchObject({ free: 'setup-required' });
    await page.close();
  });
});
