import { execFileSync } from 'node:child_process';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { leaks } from '../support/canary';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

jest.setTimeout(120_000);

const host = 'git.acme.example';

let sandbox: RunningSandbox;
let browser: Browser;
let context: BrowserContext;
const secrets: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([runSandbox(), launchBrowser()]);
  context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  context.setDefaultTimeout(15_000);
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

function app(page: Page, resource: string): FrameLocator {
  return page.frameLocator(`iframe[data-resource="${resource}"]`);
}

async function open(path: string, as: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${sandbox.url}${path}?as=${as}`);
  return page;
}

/** Makes a token on the server's own page, as somebody who has no browser open. */
async function newToken(account: string): Promise<string> {
  const response = await fetch(`${sandbox.services}/${host}/settings/tokens/new`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ account, scopes: 'repo' }),
  });
  const { token } = (await response.json()) as { token: string };
  secrets.push(token);
  return token;
}

function branches(): string {
  const remote = `${sandbox.services.replace('http://', `http://x:${secrets[0]}@`)}/${host}/platform/billing.git`;
  return execFileSync('git', ['ls-remote', '--heads', remote], { encoding: 'utf8' });
}

describe('A company’s own GitHub Enterprise Server', () => {
  it('ada is told what is wrong with an address before anything is asked', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await admin.getByRole('button', { name: 'Add new integration' }).first().click();
    await admin.getByRole('radio', { name: 'GitHub Enterprise' }).check();
    const address = admin.getByLabel('Address', { exact: true });
    for (const [typed, problem] of [
      ['http://git.acme.example', /has to begin with https/],
      ['https://10.0.0.8', /IP address/],
      ['https://github.com/acme', /tile of its own/],
    ] as const) {
      await address.fill(typed);
      await address.blur();
      await admin.getByText(problem).waitFor();
    }
    await admin.getByLabel('Personal access token', { exact: true }).fill('not needed yet');
    await admin.getByRole('button', { name: 'Test connection' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await sandbox.requests()).toEqual([]);
    await page.close();
  });

  it('ada declines the consent and nothing is sent, allows it, and the server tells its version', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await admin.getByRole('button', { name: 'Add new integration' }).first().click();
    await admin.getByRole('radio', { name: 'GitHub Enterprise' }).check();
    await admin.getByLabel('Address', { exact: true }).fill(`${host.toUpperCase()}/`);
    await admin.getByLabel('Personal access token', { exact: true }).fill(await newToken('ghe-bot'));

    const test = admin.getByRole('button', { name: 'Test connection' });
    await test.click();
    const consent = page.getByRole('dialog', { name: /Allow access to external domains/ });
    await consent.getByText(`https://${host}`).waitFor();
    await consent.getByRole('button', { name: 'Cancel' }).click();
    await admin.getByText(`The app has not been allowed to call ${host}`).waitFor();
    expect(await sandbox.requests()).toEqual([]);

    await test.click();
    await consent.getByRole('button', { name: 'Allow' }).click();
    await admin.getByText('Connected as ghe-bot').waitFor();
    await admin.getByText('This is GitHub Enterprise Server 3.19.2.').waitFor();
    await admin.getByLabel('Display name').fill('acme-server');
    await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).check();
    await admin.getByRole('button', { name: 'Add integration' }).click();
    const row = admin.getByRole('row', { name: /acme-server/ });
    await row.getByText(`GitHub Enterprise Server · ${host}`).waitFor();

    await row.getByRole('button', { name: /Actions/ }).click();
    await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
    await admin.getByRole('button', { name: 'Replace credential' }).click();
    await admin.getByLabel('Personal access token', { exact: true }).fill(await newToken('ghe-bot'));
    await test.click();
    await admin.getByText('Connected as ghe-bot').waitFor();
    expect(await consent.count()).toBe(0);
    await admin.getByRole('button', { name: 'Update' }).click();
    await row.waitFor();
    await page.close();
  });

  it('alice finds the server’s own help, sets up her token and creates a branch in her own name', async () => {
    const page = await open('/browse/DEMO-1', 'alice');
    await app(page, 'issue-panel').getByRole('button', { name: 'Create branch' }).click();
    const dialog = app(page, 'dialogs');
    await dialog.getByRole('button', { name: /Set up your personal access token/i }).click();
    await dialog.getByRole('button', { name: 'How to create one' }).click();
    const fine = dialog.getByRole('link', { name: /New fine-grained token/ });
    expect(await fine.getAttribute('href')).toBe(`https://${host}/settings/personal-access-tokens/new`);

    const opening = page.waitForEvent('popup');
    await dialog.getByRole('button', { name: 'New token' }).click();
    const server = await opening;
    expect(server.url()).toContain(`/${host}/settings/tokens/new?`);
    await server.getByLabel('Signed in as').selectOption('alice');
    await server.getByRole('button', { name: 'Generate token' }).click();
    const token = await server.locator('#new-token').inputValue();
    secrets.push(token);
    await server.close();
    await dialog.getByLabel('Personal access token', { exact: true }).fill(token);
    await dialog.getByRole('button', { name: 'Update' }).click();
    await dialog.getByText(/GitHub Enterprise Server knows you as alice/).waitFor();

    await dialog.getByRole('combobox', { name: 'Repository' }).fill('billing');
    await dialog.getByRole('option', { name: 'platform/billing' }).first().click();
    await dialog.getByLabel('Branch name').fill('DEMO-1-on-our-server');
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await app(page, 'issue-panel').getByText('DEMO-1-on-our-server').waitFor();
    expect(branches()).toContain('refs/heads/DEMO-1-on-our-server');
    const writes = (await sandbox.requests()).filter(({ method, path }) => method === 'POST' && /git\/refs/.test(path));
    expect(writes).toMatchObject([{ host, path: '/api/v3/repos/platform/billing/git/refs', account: 'alice' }]);
    await page.close();
  });

  it('left no token behind, and nothing broke the content security policy', async () => {
    await Promise.all([sandbox.get('/sandbox/logs'), sandbox.get('/sandbox/storage')]);
    expect(secrets).toHaveLength(3);
    for (const text of [sandbox.recorded.join('\n'), sandbox.printed(), await sandbox.onDisk()])
      expect(leaks(text, secrets)).toEqual([]);
    expect(await sandbox.get('/sandbox/csp-reports')).toEqual([]);
  });
});
