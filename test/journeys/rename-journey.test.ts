import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { demoWorld } from '../../sandbox/world/demo';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let integrationId: string;
let folder: string;

/** A GitHub on which acme/web was called acme/shop, and another repository came from acme to another owner. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undersigned-world-'));
  const world = join(folder, 'world.json');
  const services = demoWorld.services.flatMap((service) => {
    if (service.kind !== 'github') return [];
    const accounts = service.accounts;
    const away = {
      owner: 'alice',
      name: 'away',
      private: true,
      formerNames: ['acme/away'],
      collaborators: { 'acme-bot': 'write' },
    };
    const repositories = service.repositories.map((one) =>
      `${one.owner}/${one.name}` === 'acme/web' ? { ...one, formerNames: ['acme/shop'] } : one,
    );
    return [{ ...service, accounts, repositories: [...repositories, away] }];
  });
  await writeFile(world, JSON.stringify({ ...demoWorld, services }));
  [sandbox, browser] = await Promise.all([runSandbox(['--world', world]), launchBrowser()]);
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await sandbox.newToken('acme-bot') },
    name: 'acme-github',
    owners: ['acme'],
    requireUserPat: false,
    projects: 'all',
  });
  integrationId = (added.value as { integration: { id: string } }).integration.id;
  const credential = { kind: 'token', token: await sandbox.newToken('alice') };
  expect(await onIssue('save-token', { credential })).toMatchObject({ ok: true });
  page = await (await browser.newContext({ viewport: { width: 1280, height: 1000 } })).newPage();
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

const onIssue = (call: string, payload: object = {}, as = 'alice') =>
  sandbox.invoke(as, ISSUE, call, { issueKey, integrationId, ...payload });

async function openDialog(): Promise<FrameLocator> {
  await page.goto(`${sandbox.url}/browse/${issueKey}?as=alice`);
  await page.frameLocator('iframe[data-resource="issue-panel"]').getByRole('button', { name: 'Create branch' }).click();
  return page.frameLocator('iframe[data-resource="dialogs"]');
}

it('a default of a repository that was renamed leads to the branch, and takes the new name', async () => {
  expect(await onIssue('save-default', { repository: 'acme/shop' })).toMatchObject({ ok: true });
  expect(await onIssue('save-default', { repository: 'acme/shop', branch: 'develop' })).toMatchObject({ ok: true });
  const dialog = await openDialog();
  await dialog.getByText('acme/shop', { exact: true }).first().waitFor();
  await dialog.getByText('develop', { exact: true }).first().waitFor();
  await dialog.getByLabel('Branch name').fill('DEMO-1-healed');
  await dialog.getByRole('button', { name: 'Create branch' }).click();
  const card = page.frameLocator('iframe[data-resource="issue-panel"]').getByRole('listitem');
  await card.filter({ hasText: 'DEMO-1-healed' }).filter({ hasText: 'acme/web' }).waitFor();
  const { value } = await onIssue('load-issue');
  expect(value.defaults).toEqual({
    repository: { integrationId, repository: 'acme/web' },
    branches: [{ integrationId, repository: 'acme/web', branch: 'develop' }],
  });
  await (await openDialog()).getByText('acme/web', { exact: true }).first().waitFor();
});

it('a card under the old name is acted on, by a person and by the integration account', async () => {
  const make = { sourceBranch: 'develop' };
  for (const as of ['alice', 'bob']) {
    const name = `DEMO-1-of-${as}`;
    const made = await onIssue('create-branch', { ...make, repository: 'acme/shop', name }, as);
    expect(made).toMatchObject({ ok: true, value: { card: { repository: 'acme/web', branch: name } } });
    const gone = await onIssue('delete-branch', { repository: 'acme/shop', branch: name }, as);
    expect(gone).toMatchObject({ ok: true });
  }
  const opened = await onIssue('create-pull-request', {
    ...{ repository: 'acme/shop', sourceBranch: 'develop', targetBranch: 'main', title: 'DEMO-1' },
  });
  expect(opened).toMatchObject({ ok: true, value: { card: { repository: 'acme/web' } } });
});

it('a repository that went to another owner is named, and nothing is done there', async () => {
  const asked = { repository: 'acme/away', sourceBranch: 'main', name: 'DEMO-1-away' };
  const { error } = await onIssue('create-branch', asked, 'bob');
  expect(error).toMatchObject({ code: 'REPOSITORY_MOVED', params: { newName: 'alice/away' } });
  const writes = (await sandbox.requests()).filter(
    ({ method, path }) => method === 'POST' && path.includes('git/refs'),
  );
  expect(writes.at(-1)).toMatchObject({ path: '/repos/acme/away/git/refs', status: 307 });
});
