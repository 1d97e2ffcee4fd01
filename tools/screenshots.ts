import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readManifest } from '../sandbox/forge/manifest.ts';
import { buildWhatIsStale } from '../sandbox/forge/build.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { demoWorld } from '../sandbox/world/demo.ts';
import { launchBrowser } from '../test/support/browser.ts';

/** Takes the pictures of the documentation: the product as it is, in the demo world, with people in the middle of their work. */
async function takeScreenshots(root: string, folder: string): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'undersigned-screenshots-'));
  await buildWhatIsStale(root, readManifest(root), (text) => process.stderr.write(`${text}\n`));
  const sandbox = await startSandbox({ root, data, world: demoWorld, port: 0 });
  const browser = await launchBrowser();
  try {
    await work(sandbox);
    const context = await browser.newContext({ viewport: { width: 1200, height: 760 } });
    const page = await context.newPage();
    const picture = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });
    const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
    await createBranch(page, `${sandbox.url}/browse/DEMO-1?as=alice`);
    await dialog.getByText(/alice on GitHub/).waitFor();
    await picture('create-branch');
    await createBranch(page, `${sandbox.url}/browse/DEMO-1?as=bob`);
    await dialog.getByRole('heading', { name: 'Personal Access Token' }).waitFor();
    await picture('token-required');
    await page.goto(`${sandbox.url}/settings/personal?as=alice`);
    await page
      .frameLocator('iframe')
      .getByRole('row', { name: /acme-github/ })
      .waitFor();
    await picture('user-settings');
    await page.goto(`${sandbox.url}/settings/apps?as=ada`);
    await page
      .frameLocator('iframe')
      .getByRole('row', { name: /acme-github/ })
      .waitFor();
    await picture('manage-repositories');
  } finally {
    await browser.close();
    await sandbox.close();
    await rm(data, { recursive: true, force: true });
  }
}

/** Connects GitHub and lets alice work on DEMO-1, in her own name. */
async function work(sandbox: Sandbox): Promise<void> {
  const call = async (as: string, module: string, name: string, payload: Record<string, unknown>) => {
    const body = JSON.stringify({ as, module, call: name, issueKey: 'DEMO-1', payload });
    const response = await fetch(`${sandbox.url}/sandbox/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as { ok: boolean; value: { integration: { id: string } } };
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return answer.value;
  };
  const credential = async (account: string) => {
    const response = await fetch(`${sandbox.servicesUrl}/github.com/settings/tokens/new`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ account, scopes: 'repo', expiration: '90' }),
    });
    return { kind: 'token', token: ((await response.json()) as { token: string }).token };
  };
  const { integration } = await call('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: await credential('acme-bot'),
    name: 'acme-github',
    owners: ['acme'],
    requireUserPat: true,
    projects: 'all',
  });
  const issue = { issueKey: 'DEMO-1', integrationId: integration.id, repository: 'acme/web' };
  await call('alice', 'issue-context', 'save-token', { ...issue, credential: await credential('alice') });
  await call('alice', 'issue-context', 'create-branch', { ...issue, sourceBranch: 'main', name: 'DEMO-1-reproduce' });
  await call('alice', 'issue-context', 'create-pull-request', {
    ...issue,
    sourceBranch: 'develop',
    targetBranch: 'main',
    title: 'DEMO-1: Merge develop to main',
  });
}

async function createBranch(page: Page, address: string): Promise<void> {
  await page.goto(address);
  const panel = page.frameLocator('iframe[data-resource="issue-panel"]');
  await panel.getByText('DEMO-1-reproduce').waitFor();
  await panel.getByRole('button', { name: 'Create branch' }).click();
  const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
  await dialog.getByRole('combobox', { name: 'Repository' }).fill('web');
  await dialog.getByRole('option', { name: 'acme/web' }).first().click();
  await dialog.getByText('main', { exact: true }).first().waitFor();
}

const folder = join(process.cwd(), 'docs/images');
await mkdir(folder, { recursive: true });
await takeScreenshots(process.cwd(), folder);
