import { runSandbox, type Answer, type RunningSandbox } from '../support/run-sandbox';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';
const usual = { template: '${issuekey}-${summary}', separator: '-', maxBytes: 250 };

let sandbox: RunningSandbox;
let integrationId: string;

beforeAll(async () => {
  sandbox = await runSandbox();
  const added = await admin('add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await sandbox.newToken('acme-bot') },
    name: 'acme-github',
    owners: ['acme'],
    requireUserPat: false,
    projects: 'all',
  });
  integrationId = String(added.value.integration.id);
});

afterAll(() => sandbox.stop());

/** What a test before did to the whole site, or left half done, is undone. */
beforeEach(async () => {
  await admin('save-site-settings', { requireUserPat: false, branchActions: true, pullRequestActions: true });
  await admin('save-branch-name-rule', usual);
  await admin('switch-integration', { id: integrationId, enabled: true });
});

function admin(call: string, payload: Record<string, unknown> = {}): Promise<Answer> {
  return sandbox.invoke('ada', 'manage-repositories', call, payload);
}

const issueOf = async (as: string) => (await sandbox.invoke(as, ISSUE, 'load-issue', { issueKey })).value;

describe('A disabled integration', () => {
  const create = (name: string) =>
    sandbox.invoke('bob', ISSUE, 'create-branch', {
      issueKey,
      integrationId,
      repository: 'acme/web',
      sourceBranch: 'main',
      name,
    });

  it('can be used by nobody, and by everybody again once it is enabled', async () => {
    const off = await admin('switch-integration', { id: integrationId, enabled: false });
    expect(off.value.integration).toMatchObject({ status: 'disabled', account: 'acme-bot' });
    expect((await issueOf('bob')).integrations).toEqual([]);
    const before = (await sandbox.requests()).length;
    expect(await create('DEMO-1-off')).toMatchObject({ ok: false, error: { code: 'INTEGRATION_DISABLED' } });
    const lookUp = { projectKey: 'DEMO', integrationId, search: '' };
    expect(await sandbox.invoke('bob', 'user-settings', 'list-repositories', lookUp)).toMatchObject({
      ok: false,
      error: { code: 'INTEGRATION_DISABLED' },
    });
    expect(await sandbox.requests()).toHaveLength(before);

    const on = await admin('switch-integration', { id: integrationId, enabled: true });
    expect(on.value.integration).toMatchObject({ status: 'connected' });
    expect((await issueOf('bob')).integrations).toHaveLength(1);
    expect(await create('DEMO-1-on')).toMatchObject({ ok: true });
  });

  it('does not erase people’s saved tokens, and they can still remove them', async () => {
    const credential = { kind: 'token', token: await sandbox.newToken('alice') };
    const settings = (call: string, payload: Record<string, unknown>) =>
      sandbox.invoke('alice', 'user-settings', call, payload);
    expect(await settings('save-token', { integrationId, credential })).toMatchObject({ ok: true });
    await admin('switch-integration', { id: integrationId, enabled: false });
    expect((await admin('load-site')).value.integrations).toMatchObject([{ status: 'disabled', peopleWithTokens: 1 }]);
    expect(await settings('remove-token', { integrationId })).toMatchObject({ ok: true });
    await admin('switch-integration', { id: integrationId, enabled: true });
    expect((await admin('load-site')).value.integrations).toMatchObject([{ status: 'connected', peopleWithTokens: 0 }]);
  });
});

describe('How branches are named', () => {
  it('follows the template of the site, with the type of the issue and the name of the person', async () => {
    expect((await issueOf('alice')).branchName).toBe('DEMO-1-login-fails-after-password-reset');
    const rule = {
      template: '${issuetype:Bug,fix,other}/${displayname}/${issuekey}_${summary}',
      separator: '_',
      maxBytes: 50,
    };
    expect((await admin('save-branch-name-rule', rule)).value).toEqual({ branchName: rule });
    expect((await issueOf('alice')).branchName).toBe('fix/alice_developer/DEMO-1_login_fails_after');
    expect((await issueOf('bob')).branchName).toMatch(/^fix\/bob_developer\/DEMO-1/);
    expect((await admin('load-site')).value.branchName).toEqual(rule);
  });

  it('knows the component, the fix version and the parent of the issue', async () => {
    await admin('save-branch-name-rule', {
      ...usual,
      template: '${fixversion}/${component}/${parentkey:lower}/${issuekey:lower}',
    });
    expect((await issueOf('alice')).branchName).toBe('2.1.0/sign-in/demo-2/demo-1');
  });

  it('leaves choices in a form to the page, and gives it the values for that', async () => {
    expect((await issueOf('alice')).naming).toBe(undefined);
    const rule = { ...usual, template: '${sourcebranch}/${login}/${issuekey}-${displayname}' };
    await admin('save-branch-name-rule', rule);
    expect(await issueOf('alice')).toMatchObject({
      branchName: 'DEMO-1-alice-developer',
      naming: { rule, bytes: 244, issue: { key: 'DEMO-1', type: 'Bug', displayName: 'Alice Developer' } },
    });
  });

  it('has the titles of pull requests follow a pattern, and gives the values of the issue where Jira was requested', async () => {
    const rule = { ...usual, requestTitle: '${issuekey}: ${summary}' };
    expect((await admin('save-branch-name-rule', rule)).value).toEqual({ branchName: rule });
    const summary = 'Login fails after password reset';
    expect((await issueOf('alice')).requestTitle).toMatchObject({ pattern: rule.requestTitle, issue: { summary } });
    for (const [requestTitle, reason] of [
      ['${summary}', 'key'],
      ['${issuekey} ${user}', 'title-variable'],
    ])
      expect(await admin('save-branch-name-rule', { ...usual, requestTitle })).toMatchObject({
        error: { code: 'BRANCH_TEMPLATE_INVALID', params: { reason } },
      });
    await admin('save-branch-name-rule', usual);
    expect((await issueOf('alice')).requestTitle).toBe(undefined);
    expect((await admin('list-activity')).value.entries[0].changes).toEqual([
      { field: 'requestTitle', from: rule.requestTitle, to: '' },
    ]);
  });

  it.each([
    ['${summary}', 'key'],
    ['${issuekey}${summary}', 'neighbour'],
    ['${issuekey}-${user}', 'variable'],
    ['a..b/${issuekey}', 'dots'],
  ])('refuses %s with the reason, even if the page accepted it', async (template, reason) => {
    expect(await admin('save-branch-name-rule', { ...usual, template })).toMatchObject({
      ok: false,
      error: { code: 'BRANCH_TEMPLATE_INVALID', params: { reason } },
    });
    expect((await admin('load-site')).value.branchName).toEqual(usual);
  });

  it('does not change when the switches of the site change, and the other way round', async () => {
    const rule = { ...usual, template: '${projectkey}/${issuekey}' };
    await admin('save-branch-name-rule', rule);
    const others = { developmentInfo: true, developmentTransitions: false, leaverDays: 7, reminders: 'issue' };
    const switches = { requireUserPat: true, branchActions: true, pullRequestActions: false, ...others };
    expect((await admin('save-site-settings', switches)).value.settings).toEqual(switches);
    const after = (await admin('load-site')).value;
    expect(after).toMatchObject({ branchName: rule, settings: switches });
    await admin('save-branch-name-rule', usual);
    expect((await admin('load-site')).value.settings).toEqual(switches);
  });
});

describe('The page for a token of the integration account', () => {
  it.each([
    ['github.com', '', 'https://github.com/settings/tokens/new?'],
    ['ghes', 'https://git.acme.example', 'https://git.acme.example/settings/tokens/new?'],
    ['azure-devops', 'https://dev.azure.com/acme', 'https://dev.azure.com/acme/_usersSettings/tokens'],
    ['codecommit', 'eu-central-1', 'https://console.aws.amazon.com/iam/home'],
  ])('of %s %s is shown without a request to the service', async (edition, address, url) => {
    const before = (await sandbox.requests()).length;
    const answer = await admin('new-token-page', { edition, address });
    expect(answer.value.url.startsWith(url)).toBe(true);
    expect(await sandbox.requests()).toHaveLength(before);
  });

  it('is not guessed for an address that can’t be used', async () => {
    expect(await admin('new-token-page', { edition: 'ghes', address: 'http://10.0.0.1' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_ADDRESS' },
    });
  });
});
