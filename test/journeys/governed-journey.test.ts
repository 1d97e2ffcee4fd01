import type { FrameLocator, Page } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';

let stage: Stage;
let integrationId: string;
let gitLabId: string;

beforeAll(async () => {
  stage = await openStage();
  const options = { name: 'acme-github', owners: ['acme'], requireUserPat: false, projects: 'all' };
  const added = await stage.sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    ...{ edition: 'github.com', credential: { kind: 'token', token: await newToken('acme-bot') } },
    ...options,
  });
  integrationId = added.value.integration.id;
  for (const person of ['alice', 'bob']) {
    const branch = { repository: 'acme/web', sourceBranch: 'main', name: `DEMO-1-by-${person}` };
    await stage.sandbox.invoke(person, 'issue-context', 'create-branch', {
      issueKey: 'DEMO-1',
      integrationId,
      ...branch,
    });
  }
  const credential = { kind: 'token', token: await newToken('alice') };
  await stage.sandbox.invoke('alice', 'user-settings', 'save-token', { integrationId, credential });
  const gitLab = await stage.sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    ...{ edition: 'gitlab.com', credential: { kind: 'token', token: await newGitLabToken('acme-bot') } },
    ...{ ...options, name: 'acme-gitlab' },
  });
  gitLabId = gitLab.value.integration.id;
  for (const person of ['alice', 'bob'])
    await stage.sandbox.invoke(person, 'user-settings', 'save-token', {
      integrationId: gitLabId,
      credential: { kind: 'token', token: await newGitLabToken(person) },
    });
});
afterAll(() => stage.close());

async function newToken(account: string): Promise<string> {
  const token = await stage.sandbox.newToken(account, { scopes: 'repo', expiration: '90' });
  stage.secrets.push(token);
  return token;
}

const inTwentyDays = () => new Date(Date.now() + 20 * 86_400_000);

/** For twenty days. */
async function newGitLabToken(account: string): Promise<string> {
  const fields = { account, name: 'x', scopes: 'api', expires_at: inTwentyDays().toISOString().slice(0, 10) };
  const address = `${stage.sandbox.services}/gitlab.com/-/user_settings/personal_access_tokens`;
  const body = new URLSearchParams(fields);
  const made = await fetch(address, { method: 'POST', headers: { accept: 'application/json' }, body });
  const { token } = (await made.json()) as { token: string };
  stage.secrets.push(token);
  return token;
}

const post = (path: string, body: object) =>
  fetch(`${stage.sandbox.url}/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function openAdmin(): Promise<{ page: Page; admin: FrameLocator }> {
  const page = await stage.open('/settings/apps', 'ada');
  return { page, admin: app(page, 'manage-repositories') };
}

async function openSettings(admin: FrameLocator): Promise<void> {
  await admin.getByRole('button', { name: 'Actions for acme-github' }).click();
  await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
}

it('An admin sees the people whom the switch would stop, copies a text that announces it, and switches', async () => {
  const { page, admin } = await openAdmin();
  await openSettings(admin);
  await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).check();
  await admin
    .getByText('In the last 90 days, 2 people acted without a token in acme-github. By now, 1 has one that works.')
    .waitFor();
  await admin.getByText('1 person would be blocked tomorrow: Bob Developer').waitFor();
  const file = page.waitForEvent('download');
  await admin.getByRole('button', { name: 'Download this list as CSV' }).click();
  expect((await file).suggestedFilename()).toMatch(/^undersigned-coverage-.*\.csv$/);
  await admin.getByText('A text to announce it').click();
  await admin.getByLabel('Day of the switch (optional)').fill('2027-01-31');
  await admin.getByText(/From January 31, 2027 on, you need your own token/).waitFor();
  await stage.look(page, 'coverage');
  await admin.getByRole('button', { name: 'Copy' }).click();
  await admin.getByText('Copied', { exact: true }).waitFor();
  await admin.getByRole('button', { name: 'Update' }).click();
  await admin.getByRole('row', { name: /acme-github.*On/ }).waitFor();
  await page.close();
});

it('A rule shows the people it affects before it is saved, gives them the day, and refuses a new token in its words', async () => {
  const { page, admin } = await openAdmin();
  await admin.getByRole('button', { name: 'Token rules' }).click();
  await admin.getByLabel('Longest lifetime, in days (optional)').fill('30');
  await admin.getByText('1 person has a token that breaks them: Alice Developer').waitFor();
  await stage.look(page, 'token-rules');
  await admin.getByRole('button', { name: 'Save rules' }).click();
  await page.getByText('The rules are saved').first().waitFor();
  await page.close();
  const own = await stage.open('/settings/personal', 'alice');
  const settings = app(own, 'user-settings');
  await settings.getByText(/It breaks a rule of a Jira admin \(it is valid for too long\)\. It works until/).waitFor();
  await settings.getByRole('button', { name: /^Edit your .*acme-github/ }).click();
  const dialog = app(own, 'dialogs');
  await dialog.getByText('It expires within 30 days.').waitFor();
  await dialog.getByLabel('Personal access token', { exact: true }).fill(await newToken('alice'));
  await dialog.getByRole('button', { name: 'Update' }).click();
  await dialog.getByText('The longest lifetime allowed for acme-github, in days: 30.').waitFor();
  await stage.inspect(own, 'token-against-rule');
  await own.close();
});

it('An admin chooses when the tokens of people who left are erased', async () => {
  const { page, admin } = await openAdmin();
  await admin.getByLabel('Erase tokens of people who left, after this many days').fill('30');
  await stage.look(page, 'leaver-days');
  await admin.getByRole('button', { name: 'Update' }).click();
  await page.getByText('Settings updated').first().waitFor();
  expect((await stage.sandbox.invoke('ada', 'manage-repositories', 'load-site', {})).value.settings.leaverDays).toBe(
    30,
  );
  await page.close();
});

it('Somebody who has left is marked the next day, and an admin removes the token without waiting', async () => {
  const secrets = async () => (await stage.sandbox.get<{ secrets: { key: string }[] }>('/sandbox/storage')).secrets;
  const ofBob = async () =>
    (await secrets()).filter(({ key }) => key.includes(':712020:b0b') && key.endsWith(gitLabId));
  expect(await ofBob()).toHaveLength(1);
  await post('set-active', { person: 'bob', active: false });
  await post('run-trigger', { key: 'daily' });
  await stage.sandbox.get('/sandbox/idle?hurry');
  const { page, admin } = await openAdmin();
  await admin.getByRole('button', { name: 'People and tokens' }).click();
  const row = admin.getByRole('row', { name: /Bob Developer.*acme-gitlab.*deactivated, found on .*erased on/ });
  await row.waitFor();
  await stage.look(page, 'leaver');
  await row.getByRole('checkbox').check();
  await admin.getByRole('button', { name: 'Remove 1 token' }).click();
  await admin.getByLabel('Reason', { exact: true }).fill('Left the company');
  await admin.getByRole('button', { name: 'Remove 1 token' }).click();
  await page.getByText('1 token is removed').first().waitFor();
  await row.waitFor({ state: 'detached' });
  expect(await ofBob()).toEqual([]);
  await post('set-active', { person: 'bob', active: true });
  await page.close();
});

it('A token of GitLab is renewed with one press: the old one is dead, the new one works, and nothing was copied', async () => {
  const page = await stage.open('/settings/personal', 'alice');
  const settings = app(page, 'user-settings');
  await settings.getByRole('button', { name: /^Edit your .*acme-gitlab/ }).click();
  const dialog = app(page, 'dialogs');
  await dialog.getByText("You don't have to copy anything.").waitFor();
  await stage.look(page, 'renew-token');
  await dialog.getByRole('button', { name: 'Renew token' }).click();
  await page.getByText('Your token is renewed').first().waitFor();
  const branch = { repository: 'acme/mobile', sourceBranch: 'main', name: 'DEMO-1-renewed' };
  const made = await stage.sandbox.invoke('alice', 'issue-context', 'create-branch', {
    ...{ issueKey: 'DEMO-1', integrationId: gitLabId },
    ...branch,
  });
  expect(made).toMatchObject({ ok: true });
  const asked = (await stage.sandbox.requests()).filter(({ path }) => path.includes('/rotate'));
  expect(asked).toMatchObject([{ method: 'POST', account: 'alice', status: 200 }]);
  await page.close();
});

it('No token is shown or left anywhere', () => stage.expectNothingLeft());
