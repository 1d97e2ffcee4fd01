import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { demoWorld } from '../../sandbox/world/demo';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type OutboundRequest, type RunningSandbox } from '../support/run-sandbox';

const issueKey = 'DEMO-1';
const REPOSITORIES = 10_000;
const BRANCHES = 20_000;

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let folder: string;

/** The demo’s github.com with a company that has been around: its first repository has 20,000 branches, and there are 10,000 of them. */
function crowdedWorld() {
  const gitHub = demoWorld.services.find(({ kind }) => kind === 'github');
  if (gitHub?.kind !== 'github') throw new Error('The demo world has a GitHub');
  const collaborators = { 'acme-bot': 'admin', alice: 'write' } as const;
  const branches = Array.from({ length: BRANCHES }, (_, index) => ({ name: `feature/OLD-${index}-done` }));
  const web = { owner: 'acme', name: 'web', collaborators, branches };
  const others = Array.from({ length: REPOSITORIES - 1 }, (_, index) => ({
    owner: 'acme',
    name: `service-${String(index).padStart(5, '0')}`,
    like: 'web',
    collaborators,
  }));
  return { ...demoWorld, services: [{ ...gitHub, repositories: [web, ...others] }] };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undersigned-world-'));
  const world = join(folder, 'world.json');
  await writeFile(world, JSON.stringify(crowdedWorld()));
  [sandbox, browser] = await Promise.all([runSandbox(['--world', world]), launchBrowser()]);
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await sandbox.newToken('acme-bot') },
    name: 'acme-github',
    owners: ['acme'],
    requireUserPat: false,
    projects: 'all',
  });
  expect(added).toMatchObject({ ok: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  page = await context.newPage();
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

/** Requests to GitHub that were made while something was done and its answers came. */
async function during(act: () => Promise<void>): Promise<OutboundRequest[]> {
  const before = (await sandbox.requests()).length;
  await act();
  return (await sandbox.requests()).slice(before);
}

/** Until all requests are answered: after a pause, the branches of a chosen repository are listed and the name is checked. */
async function settled(): Promise<void> {
  for (let before = -1, now = 0; before !== now;) {
    before = now;
    await page.waitForTimeout(1_000);
    await sandbox.get('/sandbox/idle');
    now = (await sandbox.requests()).length;
  }
}

async function type(dialog: FrameLocator, field: string, text: string, option: string): Promise<void> {
  // All letters in one go of the page: however slow the machine, there is no pause between them.
  await dialog.getByRole('combobox', { name: field }).evaluate((input, typed) => {
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    for (let end = 1; end <= typed.length; end++) {
      value?.set?.call(input, typed.slice(0, end));
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }, text);
  await dialog.getByRole('option', { name: option, exact: true }).waitFor();
}

it('among 10,000 repositories and 20,000 branches, a pause in typing is one request, and nothing lists everything', async () => {
  await page.goto(`${sandbox.url}/browse/${issueKey}?as=alice`);
  await page.frameLocator('iframe[data-resource="issue-panel"]').getByRole('button', { name: 'Create branch' }).click();
  const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
  const repository = dialog.getByRole('combobox', { name: 'Repository' });
  await repository.click();
  await dialog.getByRole('option', { name: 'acme/service-00000', exact: true }).waitFor();
  expect(await dialog.getByRole('option').count()).toBeLessThanOrEqual(50);

  const forRepository = await during(() => type(dialog, 'Repository', 'service-07777', 'acme/service-07777'));
  expect(forRepository).toHaveLength(1);
  await page.keyboard.press('Enter');
  await dialog.getByText('main', { exact: true }).first().waitFor();

  await settled();
  const source = dialog.getByRole('combobox', { name: 'Source branch' });
  await source.click();
  await dialog.getByRole('option', { name: 'feature/OLD-0-done', exact: true }).waitFor();
  expect(await dialog.getByRole('option').count()).toBeLessThanOrEqual(50);
  const forBranch = await during(() => type(dialog, 'Source branch', 'OLD-19999', 'feature/OLD-19999-done'));
  expect(forBranch).toHaveLength(1);
  await page.keyboard.press('Enter');
  await dialog.getByText('feature/OLD-19999-done', { exact: true }).first().waitFor();
});
