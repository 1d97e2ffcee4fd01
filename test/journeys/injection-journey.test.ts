import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { demoWorld } from '../../sandbox/world/demo';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

/** Texts that would run, or load something, if they were taken for markup. */
const HOSTILE = '<img src=x onerror=window.pwned=1><svg onload=window.pwned=1>"\'</script>{{7*7}}';
/** Without what git allows in no name. */
const BRANCH = 'DEMO-1-<svg/onload=window.pwned=1>"\'';

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undersigned-world-'));
  const world = join(folder, 'world.json');
  const services = demoWorld.services
    .filter((service) => service.kind === 'github' && service.webHost === 'github.com')
    .map((service) => ({
      ...service,
      accounts: [
        ...('accounts' in service ? service.accounts : []),
        { login: HOSTILE, name: HOSTILE, email: 'x@x.example' },
      ],
      repositories: ('repositories' in service ? service.repositories : []).map((one) =>
        'owner' in one && one.name === 'web'
          ? {
              ...one,
              description: HOSTILE,
              collaborators: { ...one.collaborators, [HOSTILE]: 'write' },
              branches: [...one.branches, { name: BRANCH, commits: 1 }],
            }
          : one,
      ),
    }));
  const sites = demoWorld.sites.map((site) => ({
    ...site,
    issues: site.issues.map((issue) => ({ ...issue, summary: HOSTILE })),
  }));
  await writeFile(world, JSON.stringify({ ...demoWorld, sites, services }));
  sandbox = await runSandbox(['--world', world]);
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await sandbox.newToken('acme-bot') },
    name: HOSTILE.slice(0, 80),
    owners: ['acme'],
    requireUserPat: false,
    projects: 'all',
  });
  const integrationId: string = added.value.integration.id;
  const saved = await sandbox.invoke('alice', 'issue-context', 'save-token', {
    issueKey: 'DEMO-1',
    integrationId,
    credential: { kind: 'token', token: await sandbox.newToken(HOSTILE) },
  });
  expect(saved).toMatchObject({ ok: true, value: { token: { login: HOSTILE } } });
  const request = { repository: 'acme/web', sourceBranch: BRANCH, targetBranch: 'main', title: `DEMO-1 ${HOSTILE}` };
  const pull = await sandbox.invoke('alice', 'issue-context', 'create-pull-request', {
    issueKey: 'DEMO-1',
    integrationId,
    ...request,
  });
  expect(pull).toMatchObject({ ok: true });
  browser = await launchBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 1000 } })).newPage();
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

/** In every frame: nothing ran, and no part of it became an element. */
async function traces(): Promise<unknown[]> {
  return Promise.all(
    page
      .frames()
      .map((frame) =>
        frame.evaluate(() => [
          (window as { pwned?: number }).pwned,
          document.querySelectorAll('img[src="x"], [onload], [onerror]').length,
        ]),
      ),
  );
}

it.each([
  ['the issue', '/browse/DEMO-1?as=alice', HOSTILE],
  ['the personal settings', '/settings/personal?as=alice', HOSTILE],
  ['the admin settings', '/settings/apps?as=ada', HOSTILE.slice(0, 80)],
])('%s shows names and texts of others as text', async (_, path, shown) => {
  await page.goto(`${sandbox.url}${path}`);
  const frame = page.frameLocator('iframe').first();
  await frame.getByText(shown, { exact: false }).first().waitFor();
  for (const trace of await traces()) expect(trace).toEqual([undefined, 0]);
});

it('a branch with markup in its name is a name in the panel and in the dialogs', async () => {
  await page.goto(`${sandbox.url}/browse/DEMO-1?as=alice`);
  const frame = page.frameLocator('iframe').first();
  await frame.getByText(BRANCH, { exact: false }).first().waitFor();
  await frame.getByRole('button', { name: 'Create branch' }).click();
  await page.frameLocator('iframe').last().getByLabel('Branch name').waitFor();
  for (const trace of await traces()) expect(trace).toEqual([undefined, 0]);
  expect(await sandbox.get('/sandbox/csp-reports')).toEqual([]);
});
