import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { demoWorld } from '../../sandbox/world/demo';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';
import { byDay } from '../support/whole';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';
const NAME = 'DEMO-1-kept-through-every-error';

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let integrationId: string;
let folder: string;

/** An expired token. The token page makes none, so the world of this test begins with it. */
const EXPIRED = `ghp_${'e1'.repeat(18)}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undersigned-world-'));
  const world = join(folder, 'world.json');
  const tokens = [{ account: 'alice', value: EXPIRED, scopes: ['repo'], expiresAt: '2020-01-01T00:00:00.000Z' }];
  const services = demoWorld.services
    .filter(({ kind }) => kind === 'github')
    .map((service) => ({ ...service, tokens }));
  await writeFile(world, JSON.stringify({ ...demoWorld, services }));
  sandbox = await runSandbox(['--world', world]);
  browser = await launchBrowser();
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await sandbox.newToken('acme-bot') },
    name: 'acme-github',
    owners: ['acme', 'acme-secure'],
    requireUserPat: true,
    seenWithoutToken: 'account',
    projects: 'all',
  });
  integrationId = (added.value as { integration: { id: string } }).integration.id;
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  page = await context.newPage();
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

beforeEach(() => sandbox.forgetPace());
afterEach(async () => {
  await fetch(`${sandbox.services}/github.com/sandbox/faults`, { method: 'DELETE' });
});

async function save(token: string): Promise<void> {
  const saved = await sandbox.invoke('alice', ISSUE, 'save-token', {
    issueKey,
    integrationId,
    credential: { kind: 'token', token },
  });
  expect(saved).toMatchObject({ ok: true });
}

/** Opens *Create branch* and fills it: `acme/web`, source `develop`, a name of one’s own. */
async function filledDialog({ repository = 'acme/web', source = 'develop', name = NAME } = {}): Promise<FrameLocator> {
  await page.goto(`${sandbox.url}/browse/${issueKey}?as=alice`);
  await page.frameLocator('iframe[data-resource="issue-panel"]').getByRole('button', { name: 'Create branch' }).click();
  const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
  await dialog.getByRole('combobox', { name: 'Repository' }).fill(repository.split('/')[1] ?? '');
  await dialog.getByRole('option', { name: repository }).first().click();
  await dialog.getByRole('combobox', { name: 'Source branch' }).fill(source);
  await dialog.getByRole('option', { name: source }).first().click();
  await dialog.getByLabel('Branch name').fill(name);
  return dialog;
}

/** Every field still holds its input. */
async function expectKept(
  dialog: FrameLocator,
  { repository = 'acme/web', source = 'develop', name = NAME } = {},
): Promise<void> {
  expect(await dialog.getByLabel('Branch name').inputValue()).toBe(name);
  expect(await dialog.getByText(repository, { exact: true }).first().isVisible()).toBe(true);
  expect(await dialog.getByText(source, { exact: true }).first().isVisible()).toBe(true);
}

/** The error and its field are in sight together, above the foot of the dialog. Both may still be on their way there. */
const areInSight = (alert: Locator): Promise<void> =>
  alert.evaluate((box) => {
    const isSeen = (part: Element | null | undefined) => {
      const { top = -1, bottom = Infinity } = part?.getBoundingClientRect() ?? {};
      return top >= 0 && bottom <= (document.querySelector('.write-foot')?.getBoundingClientRect().top ?? 0);
    };
    return new Promise((seen) => {
      const look = () =>
        isSeen(box) && isSeen(box.parentElement?.querySelector('input')) ? seen() : requestAnimationFrame(look);
      look();
    });
  });

describe('In the token form', () => {
  const unusable: [string, () => Promise<string>, string, string][] = [
    [
      'GitHub rejects',
      async () => `ghp_${'0'.repeat(36)}`,
      "GitHub didn't accept this token",
      'Check that you copied all of it',
    ],
    ['has expired', async () => EXPIRED, "GitHub didn't accept this token", 'expired'],
    [
      'lacks repo',
      async () => sandbox.newToken('alice', { scopes: 'read:user' }),
      "This token doesn't have enough permissions",
      'repo',
    ],
  ];

  it.each(unusable)(
    'a token that %s has its own sentence, and remains in the field',
    async (_, token, title, detail) => {
      await sandbox.invoke('alice', 'user-settings', 'remove-token', { integrationId });
      const dialog = await filledDialog();
      await dialog.getByRole('button', { name: /Set up your personal access token/i }).click();
      const typed = await token();
      const field = dialog.getByLabel('Personal access token', { exact: true });
      await field.fill(typed);
      await dialog.getByRole('button', { name: 'Update' }).click();

      const alert = dialog.getByRole('alert').filter({ hasText: title });
      await alert.waitFor();
      expect(await alert.innerText()).toContain(detail);
      expect(await field.inputValue()).toBe(typed);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expectKept(dialog);
    },
  );
});

describe('In the dialog', () => {
  const post = { method: 'POST', path: '/repos/acme/web/git/refs' };

  beforeEach(async () => {
    await save(await sandbox.newToken('alice'));
  });

  const refused = [
    ['a branch that exists', { name: 'release/1.0' }, undefined, 'release/1.0 already exists', 'Choose another name'],
    ['a name in the way of a branch', { name: 'develop/DEMO-1' }, undefined, 'develop/DEMO-1 conflicts', 'develop'],
    ['a protected name', { name: 'release/DEMO-1' }, undefined, 'is protected', 'Ask the owner'],
    [
      'single sign-on',
      {},
      {
        ...post,
        status: 403,
        body: { message: 'Resource protected by organization SAML enforcement.' },
        headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme-secure/sso?authorization_request=x' },
      },
      'acme-secure requires single sign-on',
      'Authorize it on GitHub',
    ],
    [
      'a rate limit',
      {},
      { ...post, rateLimit: 'secondary', retryAfter: 120 },
      'Too many requests to GitHub',
      'Try again',
    ],
    [
      'a dead host',
      {},
      { path: '/repos/acme/web/git/*', reset: true, times: 'always' },
      "GitHub can't be reached",
      "We've kept what you typed",
    ],
    [
      'an outage page',
      {},
      { ...post, html: true, status: 200, times: 'always' },
      'answered with a web page',
      'Try again',
    ],
    [
      'a server error',
      {},
      { ...post, status: 500, times: 'always' },
      'returned an unexpected response',
      'Check github.com first',
    ],
  ] as const;

  it.each(byDay(refused, 4))(
    '%s has its own sentence, and nothing typed is lost',
    async (_, fields, fault, title, detail) => {
      const dialog = await filledDialog(fields);
      if (fault !== undefined) await sandbox.arm(fault);
      await dialog.getByRole('button', { name: 'Create branch' }).click();

      const alert = dialog.getByRole('alert').filter({ hasText: title });
      await alert.waitFor();
      expect(await alert.innerText()).toContain(detail);
      expect(await alert.innerText()).not.toMatch(/\{\w+\}|undefined/);
      await expectKept(dialog, fields);
      if ('name' in fields) await areInSight(alert);
    },
  );

  it('a repository behind single sign-on is named with the way to it, and is there once the token is approved', async () => {
    const token = await sandbox.newToken('alice');
    await save(token);
    await page.goto(`${sandbox.url}/browse/${issueKey}?as=alice`);
    await page
      .frameLocator('iframe[data-resource="issue-panel"]')
      .getByRole('button', { name: 'Create branch' })
      .click();
    const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
    await dialog.getByLabel('Branch name').fill(NAME);
    await dialog.getByText(/hide.*single sign-on/).waitFor();
    const opening = page.waitForEvent('popup');
    await dialog.getByRole('button', { name: /Authorize your token/ }).click();
    const service = await opening;
    // The simulated page does not know who is signed in; a person would see their own tokens.
    await service.goto(`${sandbox.services}/github.com/settings/tokens?account=alice`);
    const waiting = await service.getByRole('link', { name: 'Configure SSO (acme-secure)' }).all();
    const list = service.url();
    const addresses = await Promise.all(waiting.map((link) => link.getAttribute('href')));
    for (const address of addresses) {
      await service.goto(new URL(address ?? '', list).href);
      await service.getByRole('button', { name: 'Authorize' }).click();
      await service.getByText('The token is authorized for acme-secure.').waitFor();
    }
    await service.close();
    await dialog.getByRole('combobox', { name: 'Repository' }).fill('vault');
    await dialog.getByRole('option', { name: 'acme-secure/vault' }).first().click();
    expect(await dialog.getByLabel('Branch name').inputValue()).toBe(NAME);
  });

  it('an invalid name is shown while typing, with a valid name', async () => {
    const dialog = await filledDialog({ name: 'DEMO-1 fix..this' });
    await dialog.getByText(/Use DEMO-1-fix\.this/).click();
    expect(await dialog.getByLabel('Branch name').inputValue()).toBe('DEMO-1-fix.this');
  });

  /** A dialog whose source branch is deleted after it was chosen; gives the branch and the commit it had. */
  async function withVanishedSource(): Promise<{ dialog: FrameLocator; source: string; commit: string }> {
    const where = { issueKey, integrationId, repository: 'acme/web' };
    const source = `DEMO-1-doomed-${randomUUID().slice(0, 8)}`;
    const made = await sandbox.invoke('alice', ISSUE, 'create-branch', {
      ...where,
      sourceBranch: 'main',
      name: source,
    });
    expect(made).toMatchObject({ ok: true });
    const dialog = await filledDialog({ source });
    const listed = await sandbox.invoke('alice', ISSUE, 'list-branches', { ...where, search: source });
    const { commit } = (listed.value as { items: { commit: string }[] }).items[0] ?? { commit: '' };
    const deleted = await sandbox.invoke('alice', ISSUE, 'delete-branch', { ...where, branch: source });
    expect(deleted).toMatchObject({ ok: true });
    return { dialog, source, commit };
  }

  it('a source branch that vanished a moment ago is no obstacle: the branch begins at the commit the person saw', async () => {
    const { dialog, commit } = await withVanishedSource();
    const name = `${NAME}-after-all`;
    await dialog.getByLabel('Branch name').fill(name);
    await dialog.getByRole('button', { name: 'Create branch' }).click();

    await page.frameLocator('iframe[data-resource="issue-panel"]').getByText(name).waitFor();
    const query = { issueKey, integrationId, repository: 'acme/web', search: name };
    expect(await sandbox.invoke('alice', ISSUE, 'list-branches', query)).toMatchObject({
      value: { items: [{ name, commit }] },
    });
  });

  it('a source branch that vanished after the list was read has its own sentence, and nothing typed is lost', async () => {
    await page.clock.install();
    const { dialog, source } = await withVanishedSource();
    await page.clock.fastForward(31_000);
    await dialog.getByRole('button', { name: 'Create branch' }).click();

    await dialog
      .getByRole('alert')
      .filter({ hasText: `${source} no longer exists` })
      .waitFor();
    await expectKept(dialog, { source });
  });

  it('a token that was revoked meanwhile can be replaced on the spot, and nothing typed is lost', async () => {
    const dialog = await filledDialog();
    await sandbox.arm({
      path: '/repos/acme/web/*',
      status: 401,
      body: { message: 'Bad credentials' },
      times: 'always',
    });
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    const alert = dialog.getByRole('alert').filter({ hasText: 'GitHub no longer accepts your token' });
    await alert.waitFor();
    await fetch(`${sandbox.services}/github.com/sandbox/faults`, { method: 'DELETE' });

    await alert.getByRole('button', { name: 'Replace token' }).click();
    await dialog.getByLabel('Personal access token', { exact: true }).fill(await sandbox.newToken('alice'));
    await dialog.getByRole('button', { name: 'Update' }).click();
    await dialog.getByText(/You're signed in to GitHub as alice/).waitFor();
    await expectKept(dialog);
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await page.frameLocator('iframe[data-resource="issue-panel"]').getByText(NAME, { exact: true }).waitFor();
  });

  it('a token that is refused while the panel searches branches is replaced from there', async () => {
    await save(await sandbox.newToken('alice'));
    await sandbox.arm({ path: '/*', status: 401, body: { message: 'Bad credentials' }, times: 'always' });
    await page.goto(`${sandbox.url}/browse/${issueKey}?as=alice`);
    const panel = page.frameLocator('iframe[data-resource="issue-panel"]');
    await panel.getByText("Couldn't load acme-github: GitHub no longer accepts your token.").waitFor();
    expect(await panel.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await fetch(`${sandbox.services}/github.com/sandbox/faults`, { method: 'DELETE' });

    await panel.getByRole('button', { name: 'Replace token' }).click();
    const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
    await dialog.getByLabel('Personal access token', { exact: true }).fill(await sandbox.newToken('alice'));
    await dialog.getByRole('button', { name: 'Update' }).click();
    await panel.getByText("Couldn't load").waitFor({ state: 'detached' });
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
