import type { Browser, FrameLocator, Page } from 'playwright-core';
import { accessibilityViolations } from '../support/axe';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let settings: FrameLocator;
let integrationId: string;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([runSandbox(), launchBrowser()]);
  const connect = async (name: string, projects: 'all' | string[]) => {
    const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
      edition: 'github.com',
      credential: { kind: 'token', token: await sandbox.newToken('acme-bot') },
      name,
      owners: ['acme'],
      requireUserPat: false,
      projects,
    });
    return added.value.integration.id as string;
  };
  integrationId = await connect('acme-github', 'all');
  await connect('for operations', ['OPS']);
  await saveToken();
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  page = await context.newPage();
  settings = page.frameLocator('iframe[data-resource="user-settings"]');
});

afterEach(() => page.context().close());

async function saveToken(): Promise<void> {
  const credential = { kind: 'token', token: await sandbox.newToken('alice') };
  const saved = await sandbox.invoke('alice', ISSUE, 'save-token', { issueKey, integrationId, credential });
  expect(saved).toMatchObject({ ok: true });
}

async function open(): Promise<void> {
  await page.goto(`${sandbox.url}/settings/personal?as=alice`);
  await settings.getByRole('heading', { name: 'Default branch' }).waitFor();
}

async function choose(field: string, typed: string, option: string | RegExp): Promise<void> {
  await settings.getByRole('combobox', { name: field }).fill(typed);
  await settings.getByRole('option', { name: option }).first().click();
}

describe('In the user settings', () => {
  it('the tokens come first, as in the page’s name, then the default repository and the default branch', async () => {
    await open();
    const order = settings.locator('h1, h2, th:has-text("Personal Access Token")');
    expect(await order.allInnerTexts()).toEqual([
      'Personal access tokens',
      'Personal Access Token',
      'Default repository',
      'Default branch',
    ]);
  });

  it('a default repository is chosen for a project, is filled in on its issues, and can be cleared', async () => {
    await open();
    await settings.getByRole('button', { name: 'Add default repository' }).click();
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByText('Choose a project.').first().waitFor();
    await choose('Project', 'demo', /Demo shop/);
    await choose('Repository', 'web', 'acme/web');
    expect(await settings.getByText("Couldn't load repositories from for operations").count()).toBe(0);
    await settings.getByRole('button', { name: 'Save' }).click();
    const row = settings.getByRole('row', { name: /^Demo shop \(DEMO\).*acme\/web/ });
    await row.waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.goto(`${sandbox.url}/browse/DEMO-2?as=alice`);
    const panel = page.frameLocator('iframe[data-resource="issue-panel"]');
    await panel.getByRole('button', { name: 'Create branch' }).click();
    const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
    await dialog.getByRole('button', { name: 'Clear default repository: acme/web' }).waitFor();

    await open();
    await settings.getByRole('button', { name: 'Clear default for DEMO', exact: true }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('a default branch is chosen for a repository in a project, and changed', async () => {
    await open();
    await settings.getByRole('button', { name: 'Add default branch' }).click();
    await choose('Project', 'demo', /Demo shop/);
    await choose('Repository', 'web', 'acme/web');
    await choose('Branch', 'dev', 'develop');
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByRole('row', { name: /acme\/web.*Demo shop.*develop/ }).waitFor();
    await settings.getByRole('button', { name: 'Change default for acme/web in DEMO' }).click();
    await choose('Branch', 'main', 'main');
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByRole('row', { name: /acme\/web.*Demo shop.*main/ }).waitFor();
    const seen = await sandbox.invoke('alice', ISSUE, 'load-issue', { issueKey });
    expect(seen.value.defaults.branches).toEqual([{ integrationId, repository: 'acme/web', branch: 'main' }]);
  });

  it('the steps to a token are beside each integration, and lead on to the guide', async () => {
    await open();
    const help = 'How to create a personal access token for acme-github';
    await settings.getByRole('button', { name: help, exact: true }).click();
    await settings.getByText('GitHub shows the token only once.').waitFor();
    const opening = page.waitForEvent('popup');
    await settings.getByRole('link', { name: /More in the guide/ }).click();
    const guide = await opening;
    await guide.getByRole('heading', { name: 'GitHub', exact: true }).waitFor();
    expect(guide.url()).toMatch(/guides\/tokens\.md.*#github$/);
  });

  it('a token that is refused leads to an explanation', async () => {
    await open();
    await settings.getByRole('button', { name: 'Edit your PAT for acme-github', exact: true }).click();
    const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
    await dialog.getByLabel('Personal access token', { exact: true }).fill(`ghp_${'0'.repeat(36)}`);
    await dialog.getByRole('button', { name: 'Update' }).click();
    const opening = page.waitForEvent('popup');
    await dialog.getByRole('button', { name: 'Learn more about this error' }).click();
    const guide = await opening;
    await guide.getByRole('cell', { name: /AUTH_INVALID/ }).waitFor();
    expect(guide.url()).toMatch(/guides\/errors\.md.*#AUTH_INVALID$/);
  });

  it('the table of tokens says when one was last used', async () => {
    await saveToken();
    await open();
    const row = settings.getByRole('row', { name: /acme-github.*alice/ }).first();
    expect(await row.innerText()).toContain('not used yet');
    const branch = { issueKey, integrationId, repository: 'acme/web', sourceBranch: 'main', name: 'DEMO-1-used' };
    expect(await sandbox.invoke('alice', ISSUE, 'create-branch', branch)).toMatchObject({ ok: true });
    await open();
    await row.getByText('last used just now').waitFor();
  });
});
