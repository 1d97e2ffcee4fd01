import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { git } from '../../sandbox/services/git/run-git';
import { accessibilityViolations } from '../support/axe';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let integrationId: string;
let work: string;
let remote: string;
const issueKey = 'DEMO-1';
const repository = 'acme/web';
const branch = 'DEMO-1-development';

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([runSandbox(), launchBrowser()]);
  const token = await sandbox.newToken('acme-bot');
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    ...{ edition: 'github.com', credential: { kind: 'token', token }, name: 'GitHub', owners: ['acme'] },
    ...{ requireUserPat: false, projects: 'all' },
  });
  integrationId = added.value.integration.id;
  const own = await sandbox.newToken('alice');
  await sandbox.invoke('alice', 'user-settings', 'save-token', {
    integrationId,
    credential: { kind: 'token', token: own },
  });
  work = join(sandbox.data, 'alice');
  remote = `${sandbox.services.replace('http://', `http://alice:${own}@`)}/github.com/${repository}.git`;
  await git(['clone', '--quiet', remote, work]);
  const author = ['-c', 'user.name=Alice', '-c', 'user.email=alice@acme.example'];
  await git([...author, 'commit', '--quiet', '--allow-empty', '-m', 'Develop'], { cwd: work });
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

const act = (call: string, payload: object) =>
  sandbox.invoke('alice', 'issue-context', call, { issueKey, integrationId, repository, ...payload });
/** One commit more, pushed with git as alice would. */
async function push(to: string) {
  await git(['push', '--quiet', remote, to], { cwd: work });
}
/** The work of the queues is done, delayed events too. */
async function look(as = 'alice') {
  await sandbox.get('/sandbox/idle?hurry');
  await page.goto(`${sandbox.url}/browse/${issueKey}?as=${as}`);
  return page.getByRole('region', { name: 'Development', exact: true });
}

it('Jira’s own Development panel follows a branch and its pull request from the first to the last', async () => {
  expect(await act('create-branch', { sourceBranch: 'main', name: branch })).toMatchObject({ ok: true });
  let development = await look();
  await development.getByRole('button', { name: '1 branch' }).waitFor();

  await push(`HEAD:refs/heads/${branch}`);
  const opened = await act('create-pull-request', {
    sourceBranch: branch,
    targetBranch: 'main',
    title: 'DEMO-1 Develop',
  });
  expect(opened).toMatchObject({ ok: true });
  development = await look();
  await development.getByRole('button', { name: '1 pull request' }).click();
  const dialog = page.getByRole('dialog', { name: 'Development' });
  await dialog.getByRole('row', { name: /DEMO-1-development .* #1/ }).waitFor();
  await dialog.getByRole('row', { name: /#1 DEMO-1 Develop alice OPEN/ }).waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);

  // Merged at the service; somebody's look finds it.
  await push('HEAD:refs/heads/main');
  await look();
  await page.frameLocator('iframe[data-resource="issue-panel"]').getByText('Merged').first().waitFor();
  development = await look();
  await development.getByText('MERGED').first().waitFor();
  await page.goto(`${sandbox.url}/issues?as=alice&jql=${encodeURIComponent('development[pullrequests].all > 0')}`);
  await page.getByRole('link', { name: issueKey }).waitFor();
  await page.goto(`${sandbox.url}/issues?as=alice&jql=${encodeURIComponent('development[pullrequests].open > 0')}`);
  await page.getByText('Nothing was found.').waitFor();

  expect(await act('delete-branch', { branch })).toMatchObject({ ok: true });
  development = await look();
  await development.getByRole('button', { name: '1 pull request' }).waitFor();
  expect(await development.getByRole('button', { name: /branch/ }).count()).toBe(0);
  // People without the permission for development details see nothing.
  expect(await (await look('carol')).count()).toBe(0);

  await sandbox.invoke('ada', 'manage-repositories', 'disconnect-integration', { id: integrationId });
  expect(await (await look()).count()).toBe(0);
});
