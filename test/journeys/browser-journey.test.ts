import { execFileSync } from 'node:child_process';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { leaks } from '../support/canary';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

jest.setTimeout(120_000);

let sandbox: RunningSandbox;
let browser: Browser;
let context: BrowserContext;
const secrets: string[] = [];
const htmlSeen: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([runSandbox(), launchBrowser()]);
  context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  context.setDefaultTimeout(15_000);
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

/** A page of the app inside Jira. */
function app(page: Page, resource: string): FrameLocator {
  return page.frameLocator(`iframe[data-resource="${resource}"]`);
}

async function open(path: string, as: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${sandbox.url}${path}?as=${as}`);
  return page;
}

/** Presses *New token* where it stands and makes one on the page of the service that opens. */
async function makeToken(page: Page, button: ReturnType<FrameLocator['getByRole']>, account: string): Promise<string> {
  const opening = page.waitForEvent('popup');
  await button.click();
  const service = await opening;
  await service.getByLabel('Signed in as').selectOption(account);
  expect(await service.getByRole('checkbox', { name: 'repo', exact: true }).isChecked()).toBe(true);
  await service.getByRole('button', { name: 'Generate token' }).click();
  const token = await service.locator('#new-token').inputValue();
  await service.close();
  secrets.push(token);
  return token;
}

async function choose(dialog: FrameLocator, field: string, typed: string, option: string): Promise<void> {
  await dialog.getByRole('combobox', { name: field }).fill(typed);
  await dialog.getByRole('option', { name: option }).first().click();
}

/** Keeps what a person could see or copy out of the page, to look through it for secrets at the end. */
async function keepHtml(page: Page): Promise<void> {
  for (const frame of page.frames()) htmlSeen.push(await frame.content());
}

function branchesOfWeb(): string {
  const remote = `${sandbox.services.replace('http://', `http://x:${secrets[0]}@`)}/github.com/acme/web.git`;
  return execFileSync('git', ['ls-remote', '--heads', remote], { encoding: 'utf8' });
}

async function latestActivity(): Promise<{ activity_type: string; ref: string; actor: { login: string } }> {
  const response = await fetch(`${sandbox.services}/api.github.com/repos/acme/web/activity`, {
    headers: { authorization: `Bearer ${secrets[0]}`, 'user-agent': 'test' },
  });
  const [latest] = (await response.json()) as { activity_type: string; ref: string; actor: { login: string } }[];
  if (latest === undefined) throw new Error('Nothing happened yet');
  return latest;
}

describe('From Require User PAT to a branch in one’s own name', () => {
  it('ada connects GitHub with the integration account’s token and requires everybody’s own', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await admin.getByRole('heading', { name: 'Manage Git repositories' }).waitFor();
    await admin.getByRole('button', { name: 'Add new integration' }).first().click();
    const made = (await (
      await fetch(`${sandbox.services}/github.com/settings/tokens/new`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ account: 'acme-bot', scopes: 'repo' }),
      })
    ).json()) as { token: string };
    secrets.push(made.token);
    await admin.getByLabel('Personal access token', { exact: true }).fill(made.token);
    await admin.getByRole('button', { name: 'Test connection' }).click();
    await admin.getByText('acme-bot').first().waitFor();
    await admin.getByLabel('Display name').fill('acme-github');
    await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).check();
    await admin.getByRole('button', { name: 'Add integration' }).click();

    const row = admin.getByRole('row', { name: /acme-github/ });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/On/);
    await keepHtml(page);
    await page.close();
  });

  it('alice is told what is missing, sets up her token in place, and creates her branch with what she had typed', async () => {
    const page = await open('/browse/DEMO-1', 'alice');
    await app(page, 'issue-panel').getByRole('button', { name: 'Create branch' }).click();
    const dialog = app(page, 'dialogs');
    const name = dialog.getByLabel('Branch name');
    await name.fill('DEMO-1-in-my-own-name');
    await choose(dialog, 'Repository', 'web', 'acme/web');

    await dialog.getByRole('heading', { name: 'Personal Access Token', exact: true }).waitFor();
    const create = dialog.getByRole('button', { name: 'Create branch' });
    expect(await create.isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: /Set up your personal access token/i }).click();
    await dialog.getByLabel('Personal access token', { exact: true }).fill(`ghp_${'0'.repeat(36)}`);
    await dialog.getByRole('button', { name: 'Update' }).click();
    await dialog.getByText('GitHub did not accept this token').waitFor();

    const token = await makeToken(page, dialog.getByRole('button', { name: 'New token' }), 'alice');
    await dialog.getByLabel('Personal access token', { exact: true }).fill(token);
    await dialog.getByRole('button', { name: 'Update' }).click();
    await dialog
      .getByText(
        /GitHub knows you as alice\..*It ends on \d+ \w+ \d{4}|GitHub knows you as alice\..*It ends on \w+ \d+, \d{4}/,
      )
      .waitFor();

    expect(await name.inputValue()).toBe('DEMO-1-in-my-own-name');
    expect(await dialog.getByText('acme/web').first().isVisible()).toBe(true);
    await dialog.getByText(/alice on GitHub/).waitFor();
    await keepHtml(page);
    await create.click();

    await page.getByText('DEMO-1-in-my-own-name').first().waitFor();
    await app(page, 'issue-panel').getByText('DEMO-1-in-my-own-name').waitFor();
    expect(branchesOfWeb()).toContain('refs/heads/DEMO-1-in-my-own-name');
    expect(await latestActivity()).toMatchObject({
      activity_type: 'branch_creation',
      ref: 'refs/heads/DEMO-1-in-my-own-name',
      actor: { login: 'alice' },
    });
    await keepHtml(page);
    await page.close();
  });

  it('alice opens a pull request and deletes her branch', async () => {
    const page = await open('/browse/DEMO-1', 'alice');
    const panel = app(page, 'issue-panel');
    await panel.getByRole('button', { name: 'Create pull request' }).first().click();
    const dialog = app(page, 'dialogs');
    await choose(dialog, 'Repository', 'web', 'acme/web');
    await choose(dialog, 'Source branch', 'develop', 'develop');
    await choose(dialog, 'Target branch', 'main', 'main');
    expect(await dialog.getByLabel('Title').inputValue()).toBe('DEMO-1: Merge develop to main');
    await dialog.getByRole('button', { name: 'Create pull request' }).click();
    await panel.getByText('DEMO-1: Merge develop to main').waitFor();

    const card = panel.getByRole('listitem').filter({ hasText: 'DEMO-1-in-my-own-name' });
    await card.getByRole('button').last().click();
    await panel.getByRole('menuitem', { name: 'Delete branch' }).click();
    await app(page, 'dialogs').getByRole('button', { name: 'Delete branch' }).click();
    await card.waitFor({ state: 'detached' });
    expect(branchesOfWeb()).not.toContain('DEMO-1-in-my-own-name');
    expect(await latestActivity()).toMatchObject({ activity_type: 'branch_deletion', actor: { login: 'alice' } });
    await keepHtml(page);
    await page.close();
  });

  it('no request of alice’s carried the integration’s credential once she had her own', async () => {
    const requests = (await sandbox.requests()).filter(
      (request) => request.as === 'alice' && request.host === 'api.github.com',
    );
    const own = requests.findIndex((request) => request.account === 'alice');
    expect(own).toBeGreaterThanOrEqual(0);
    expect(requests.slice(own).filter((request) => request.account === 'acme-bot')).toEqual([]);
    expect(
      requests.filter(
        (request) => request.method !== 'GET' && request.path !== '/graphql' && request.account !== 'alice',
      ),
    ).toEqual([]);
  });

  it('with the requirement off, bob creates one as the integration account and sees that he may have a token', async () => {
    const settings = await open('/settings/apps', 'ada');
    const admin = app(settings, 'manage-repositories');
    await admin
      .getByRole('row', { name: /acme-github/ })
      .getByRole('button', { name: /Actions/ })
      .click();
    await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
    await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).uncheck();
    await admin.getByRole('button', { name: 'Update' }).click();
    await admin.getByRole('row', { name: /acme-github.*Off/ }).waitFor();
    await settings.close();

    const page = await open('/browse/DEMO-1', 'bob');
    await app(page, 'issue-panel').getByRole('button', { name: 'Create branch' }).click();
    const dialog = app(page, 'dialogs');
    await choose(dialog, 'Repository', 'web', 'acme/web');
    await dialog.getByText(/Provide a personal access token/).waitFor();
    await dialog.getByText(/optional/).waitFor();
    await dialog.getByLabel('Branch name').fill('DEMO-1-by-bob');
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await app(page, 'issue-panel').getByText('DEMO-1-by-bob').waitFor();
    expect(await latestActivity()).toMatchObject({ ref: 'refs/heads/DEMO-1-by-bob', actor: { login: 'acme-bot' } });
    await page.close();
  });

  it('carol sees nothing of it', async () => {
    const page = await open('/browse/DEMO-1', 'carol');
    await page.getByRole('heading', { name: /Login fails/ }).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await page.goto(`${sandbox.url}/settings/personal?as=carol`);
    await app(page, 'user-settings').getByText('You cannot see development details').waitFor();
    await page.close();
  });

  it('bob finds no way into the admin page', async () => {
    const page = await open('/settings/apps', 'bob');
    await page.getByText(/do not have permission/).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await page.close();
  });

  it('alice finds her token in her settings, replaces it and removes it', async () => {
    const page = await open('/settings/personal', 'alice');
    const settings = app(page, 'user-settings');
    await settings.getByRole('heading', { name: 'Personal access tokens', exact: true }).waitFor();
    const row = settings.getByRole('row', { name: /acme-github/ });
    expect(await row.innerText()).toMatch(/\*{10}.*alice/s);
    await settings.getByLabel('Search integrations').fill('nothing like this');
    await row.waitFor({ state: 'detached' });
    await settings.getByLabel('Search integrations').fill('ACME');
    await row.getByRole('button', { name: /Edit your PAT/ }).click();
    const dialog = app(page, 'dialogs');
    const token = await makeToken(page, dialog.getByRole('button', { name: 'New token' }), 'alice');
    await dialog.getByLabel('Personal access token', { exact: true }).fill(token);
    await dialog.getByRole('button', { name: 'Update' }).click();
    await page
      .getByText(/GitHub knows you as alice/)
      .first()
      .waitFor();
    await keepHtml(page);
    await page.reload();
    await row.getByRole('button', { name: /Edit your PAT/ }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await row.getByRole('button', { name: /Set up your PAT/ }).waitFor();
    await page.close();
  });

  it('ada disconnects, and every token of the integration is erased', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await admin
      .getByRole('row', { name: /acme-github/ })
      .getByRole('button', { name: /Actions/ })
      .click();
    await admin.getByRole('menuitem', { name: 'Disconnect' }).click();
    await app(page, 'dialogs').getByRole('button', { name: 'Disconnect' }).click();
    await page.locator('iframe[data-resource="dialogs"]').waitFor({ state: 'detached' });
    await sandbox.get('/sandbox/idle?hurry');
    const { values, secrets: kept } = await sandbox.get<{ values: { key: string }[]; secrets: { key: string }[] }>(
      '/sandbox/storage',
    );
    expect(kept).toEqual([]);
    expect(values.map((entry) => entry.key).filter((key) => /^(token|integration)/.test(key))).toEqual([]);
    await page.close();
  });

  it('left no token in a page, an answer, a log or on disk, and nothing broke the content security policy', async () => {
    await Promise.all([sandbox.requests(), sandbox.get('/sandbox/logs'), sandbox.get('/sandbox/storage')]);
    expect(secrets).toHaveLength(3);
    for (const text of [htmlSeen.join('\n'), sandbox.recorded.join('\n'), sandbox.printed(), await sandbox.onDisk()]) {
      expect(leaks(text, secrets)).toEqual([]);
    }
    expect(await sandbox.get('/sandbox/csp-reports')).toEqual([]);
  });
});
