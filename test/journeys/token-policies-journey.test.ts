import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { demoWorld } from '../../sandbox/world/demo';
import { accessibilityViolations } from '../support/axe';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';
import { story } from '../support/story';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let integrationId: string;
let folder: string;

/** Alice in an organization that approves fine-grained tokens, and refuses tokens that live longer than 90 days. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undersigned-world-'));
  const world = join(folder, 'world.json');
  const services = demoWorld.services.flatMap((service) => {
    if (service.kind !== 'github') return [];
    const organizations = service.organizations.map((one) =>
      one.login === 'acme' ? { ...one, tokenApproval: true, longestTokenDays: 90 } : one,
    );
    return [{ ...service, organizations }];
  });
  await writeFile(world, JSON.stringify({ ...demoWorld, services }));
  [sandbox, browser] = await Promise.all([runSandbox(['--world', world]), launchBrowser()]);
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await sandbox.newToken('acme-bot') },
    name: 'acme-github',
    owners: ['acme'],
    requireUserPat: true,
    projects: 'all',
  });
  integrationId = (added.value as { integration: { id: string } }).integration.id;
  page = await (await browser.newContext({ viewport: { width: 1280, height: 1000 } })).newPage();
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

const gitHub = (path: string) => `${sandbox.services}/github.com/${path}`;

async function fineGrained(fields: Record<string, string> = {}): Promise<string> {
  const response = await fetch(gitHub('settings/personal-access-tokens/new'), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      ...{ account: 'alice', target_name: 'acme', contents: 'write', pull_requests: 'write', expires_in: '60' },
      ...fields,
    }),
  });
  return ((await response.json()) as { token: string }).token;
}

/** Approves the waiting token, as an owner of acme. */
async function approve(): Promise<void> {
  const owners = await browser.newPage();
  await owners.goto(gitHub('orgs/acme/settings/personal-access-token-requests'));
  await owners.getByRole('button', { name: 'Approve' }).click();
  await owners.getByText('No fine-grained token waits').waitFor();
  await owners.close();
}

async function save(dialog: FrameLocator, token: string): Promise<void> {
  await dialog.getByLabel('Personal access token', { exact: true }).fill(token);
  await dialog.getByRole('button', { name: 'Update' }).click();
}

story('The demands of an organization on tokens', (step) => {
  step(
    'while a token is saved, people read that it reaches no owner, waits, or is valid for too long; then it is saved',
    async () => {
      await page.goto(`${sandbox.url}/browse/${issueKey}?as=alice`);
      await page
        .frameLocator('iframe[data-resource="issue-panel"]')
        .getByRole('button', { name: 'Create branch' })
        .click();
      const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
      await dialog.getByRole('button', { name: /Set up your personal access token/i }).click();

      await save(dialog, await fineGrained({ target_name: 'alice' }));
      const noOwner = dialog.getByRole('alert').filter({ hasText: 'reaches none of the owners of acme-github' });
      await noOwner.waitFor();
      expect(await noOwner.innerText()).toContain('acme-github uses: acme.');
      const opening = page.waitForEvent('popup');
      await noOwner.getByRole('button', { name: 'Open on GitHub' }).click();
      expect((await opening).url()).toMatch(/\/settings\/personal-access-tokens$/);
      await (await opening).close();
      expect(await accessibilityViolations(page)).toEqual([]);

      const forAYear = await fineGrained({ expires_in: '366' });
      await save(dialog, forAYear);
      await noOwner.waitFor();
      await approve();
      await save(dialog, forAYear);
      const tooLong = dialog.getByRole('alert').filter({ hasText: 'valid for too long' });
      await tooLong.waitFor();
      expect(await tooLong.innerText()).toMatch(/acme.*90.*Nothing was saved/s);

      const good = await fineGrained();
      await approve();
      await save(dialog, good);
      await dialog.getByText('You are acting as alice').waitFor();
    },
  );

  step(
    'people read while they create a branch that their token’s organization shortened the lifetime meanwhile',
    async () => {
      const days =
        "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 30 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/1";
      await sandbox.arm({ method: 'POST', path: '/repos/acme/web/git/refs', status: 403, body: { message: days } });
      const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
      await dialog.getByRole('combobox', { name: 'Repository' }).fill('web');
      await dialog.getByRole('option', { name: 'acme/web' }).first().click();
      await dialog.getByRole('combobox', { name: 'Source branch' }).fill('develop');
      await dialog.getByRole('option', { name: 'develop' }).first().click();
      await dialog.getByRole('button', { name: 'Create branch' }).click();
      const alert = dialog.getByRole('alert').filter({ hasText: 'valid for too long' });
      await alert.waitFor();
      expect(await alert.innerText()).toMatch(/acme.*30.*Nothing was changed/s);
      const { value } = await sandbox.invoke('alice', ISSUE, 'list-branches', {
        ...{ issueKey, integrationId, repository: 'acme/web', search: 'DEMO-1-login-fails' },
      });
      expect(value.items).toEqual([]);
    },
  );
});
