import { execFileSync } from 'node:child_process';
import { issueCalls, manageRepositoriesCalls, userSettingsCalls } from '../../src/contract/calls';
import { leaks } from '../../rig/canary';
import { runSandbox, type Answer, type RunningSandbox } from '../support/run-sandbox';
import { story } from '../support/story';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';
const repository = 'acme/web';
const projectKey = 'DEMO';

let sandbox: RunningSandbox;
const secrets: string[] = [];

beforeAll(async () => {
  sandbox = await runSandbox();
});

afterAll(() => sandbox.stop());

async function token(account: string, fields?: Record<string, string>): Promise<string> {
  const made = await sandbox.newToken(account, fields);
  secrets.push(made);
  return made;
}

function valueOf(answer: Answer): any {
  expect(answer).toMatchObject({ ok: true });
  return answer.value;
}

/** Branches as git itself sees them, with a token of the integration account's. */
function branches(credential: string): string[] {
  const remote = `${sandbox.services.replace('http://', `http://x:${credential}@`)}/github.com/${repository}.git`;
  const listed = execFileSync('git', ['ls-remote', '--heads', remote], { encoding: 'utf8' });
  return listed.split('\n').flatMap((line) => /refs\/heads\/(.+)$/.exec(line)?.[1] ?? []);
}

/** The activity, as GitHub shows it. */
async function activity(
  credential: string,
): Promise<{ activity_type: string; ref: string; actor: { login: string } }[]> {
  const response = await fetch(`${sandbox.services}/api.github.com/repos/${repository}/activity`, {
    headers: { authorization: `Bearer ${credential}`, 'user-agent': 'test' },
  });
  return (await response.json()) as { activity_type: string; ref: string; actor: { login: string } }[];
}

story('A token and a branch', (step) => {
  step('goes from Require User PAT to a branch in one’s own name, without a browser', async () => {
    const bot = await token('acme-bot');

    // ada connects GitHub and requires everybody's own token.
    const found = valueOf(
      await sandbox.invoke('ada', 'manage-repositories', 'test-connection', {
        edition: 'github.com',
        credential: { kind: 'token', token: bot },
      }),
    );
    expect(found).toMatchObject({ account: 'acme-bot', missingScopes: [] });
    expect(found.owners).toContain('acme');
    const options = { name: 'acme-github', owners: ['acme', 'acme-secure'], requireUserPat: true, projects: 'all' };
    const added = valueOf(
      await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
        edition: 'github.com',
        credential: { kind: 'token', token: bot },
        ...options,
      }),
    );
    const integrationId: string = added.integration.id;
    expect(added.integration).toMatchObject({
      account: 'acme-bot',
      status: 'connected',
      requireUserPat: true,
      peopleWithTokens: 0,
    });

    // alice reads that she needs one, and can't get around it.
    const seen = valueOf(await sandbox.invoke('alice', ISSUE, 'load-issue', { issueKey }));
    expect(seen).toMatchObject({
      key: 'DEMO-1',
      branchName: 'DEMO-1-login-fails-after-password-reset',
      isAdmin: false,
    });
    expect(seen.integrations[0].attribution).toMatchObject({ state: 'setup-required', required: true });
    const branch = { issueKey, integrationId, repository, sourceBranch: 'main', name: seen.branchName };
    for (const actAs of [undefined, 'integration']) {
      expect(await sandbox.invoke('alice', ISSUE, 'create-branch', { ...branch, actAs })).toMatchObject({
        ok: false,
        error: { code: 'TOKEN_REQUIRED' },
      });
    }

    // A token that GitHub refuses is not stored; her own is, and GitHub names its owner.
    const wrong = `ghp_${'0'.repeat(36)}`;
    expect(
      await sandbox.invoke('alice', ISSUE, 'save-token', {
        issueKey,
        integrationId,
        credential: { kind: 'token', token: wrong },
      }),
    ).toMatchObject({
      ok: false,
      error: { code: 'AUTH_INVALID' },
    });
    const alice = await token('alice', { scopes: 'repo', expiration: '90' });
    const saved = valueOf(
      await sandbox.invoke('alice', ISSUE, 'save-token', {
        issueKey,
        integrationId,
        credential: { kind: 'token', token: `  ${alice}\n` },
      }),
    );
    expect(saved).toMatchObject({
      token: { login: 'alice', health: 'good', missingScopes: [] },
      attribution: { state: 'person' },
    });

    // She finds the repository and the branch, creates her branch, a pull request from one with commits, and deletes hers.
    const repositories = valueOf(
      await sandbox.invoke('alice', ISSUE, 'list-repositories', { issueKey, integrationId, search: 'web' }),
    );
    expect(repositories.items).toMatchObject([{ name: repository, defaultBranch: 'main' }]);
    const sources = valueOf(
      await sandbox.invoke('alice', ISSUE, 'list-branches', { issueKey, integrationId, repository, search: '' }),
    );
    expect(sources.items.map((item: { name: string }) => item.name)).toEqual(
      expect.arrayContaining(['main', 'develop']),
    );
    const created = valueOf(await sandbox.invoke('alice', ISSUE, 'create-branch', branch));
    expect(created.card).toMatchObject({
      branch: branch.name,
      author: 'alice',
      actor: 'person',
      url: `https://github.com/acme/web/tree/${branch.name}`,
    });
    expect(branches(bot)).toContain(branch.name);
    expect((await activity(bot))[0]).toMatchObject({
      activity_type: 'branch_creation',
      ref: `refs/heads/${branch.name}`,
      actor: { login: 'alice' },
    });

    const request = {
      issueKey,
      integrationId,
      repository,
      sourceBranch: 'develop',
      targetBranch: 'main',
      title: 'DEMO-1: Merge develop to main',
    };
    const pull = valueOf(await sandbox.invoke('alice', ISSUE, 'create-pull-request', request));
    expect(pull.card).toMatchObject({
      kind: 'pull-request',
      author: 'alice',
      actor: 'person',
      state: 'open',
      number: 1,
    });
    expect(await sandbox.invoke('alice', ISSUE, 'create-pull-request', request)).toMatchObject({
      ok: false,
      error: { code: 'PULL_REQUEST_EXISTS', url: pull.card.url },
    });

    const cards = valueOf(await sandbox.invoke('alice', ISSUE, 'list-cards', { issueKey, integrationId })).cards;
    expect(cards.map((card: { title: string }) => card.title).sort()).toEqual([branch.name, request.title].sort());
    valueOf(
      await sandbox.invoke('alice', ISSUE, 'delete-branch', {
        issueKey,
        integrationId,
        repository,
        branch: branch.name,
      }),
    );
    expect(branches(bot)).not.toContain(branch.name);
    expect((await activity(bot))[0]).toMatchObject({ activity_type: 'branch_deletion', actor: { login: 'alice' } });

    // No request of hers carried the integration's credential once she had her own.
    const hers = (await sandbox.requests()).filter((item) => item.as === 'alice' && item.host === 'api.github.com');
    expect(hers.length).toBeGreaterThan(6);
    expect(hers.filter((item) => item.account === 'acme-bot')).toEqual([]);

    // The requirement goes off: bob acts as the integration account. On again: he cannot, and alice's token is still there.
    const options2 = { ...options, id: integrationId };
    valueOf(
      await sandbox.invoke('ada', 'manage-repositories', 'update-integration', { ...options2, requireUserPat: false }),
    );
    const bobs = valueOf(await sandbox.invoke('bob', ISSUE, 'create-branch', { ...branch, name: 'DEMO-1-by-bob' }));
    expect(bobs.card).toMatchObject({ author: 'acme-bot', actor: 'integration' });
    expect((await activity(bot))[0]).toMatchObject({ ref: 'refs/heads/DEMO-1-by-bob', actor: { login: 'acme-bot' } });
    valueOf(await sandbox.invoke('ada', 'manage-repositories', 'update-integration', options2));
    expect(await sandbox.invoke('bob', ISSUE, 'create-branch', { ...branch, name: 'DEMO-1-again' })).toMatchObject({
      ok: false,
      error: { code: 'TOKEN_REQUIRED' },
    });
    expect(
      valueOf(await sandbox.invoke('alice', ISSUE, 'load-issue', { issueKey })).integrations[0].attribution.state,
    ).toBe('person');
  });

  step('leaves no token in storage, logs, requests or answers', async () => {
    await Promise.all([sandbox.requests(), sandbox.get('/sandbox/logs'), sandbox.get('/sandbox/storage')]);
    expect(secrets.length).toBeGreaterThan(1);
    expect(leaks(sandbox.recorded.join('\n'), secrets)).toEqual([]);
    expect(leaks(sandbox.printed(), secrets)).toEqual([]);
    expect(leaks(await sandbox.onDisk(), secrets)).toEqual([]);
  });
});

describe('Who may do what', () => {
  const integrationId = 'x';
  const credential = { kind: 'token', token: 'x' };
  const options = { name: 'x', owners: ['acme'], requireUserPat: false, projects: 'all' };
  const onIssue = { issueKey, integrationId, repository };

  /** One valid payload for every call of every surface, so that every refusal here is about the caller, not about the payload. */
  const payloads = {
    issue: {
      'load-issue': { issueKey },
      'list-cards': { issueKey, integrationId },
      'tell-jira': { issueKey, integrationId, news: `${'0'.repeat(40)}.0.${'0'.repeat(43)}` },
      'list-repositories': { issueKey, integrationId, search: '' },
      'list-branches': { ...onIssue, search: '' },
      'create-branch': { ...onIssue, sourceBranch: 'main', name: 'DEMO-1-x' },
      'create-pull-request': { ...onIssue, sourceBranch: 'develop', targetBranch: 'main', title: 'DEMO-1' },
      'delete-branch': { ...onIssue, branch: 'DEMO-1-x' },
      'search-work': { ...onIssue, search: 'login' },
      'attach-branch': { ...onIssue, branch: 'develop' },
      'attach-address': { issueKey, address: 'https://github.com/acme/web/tree/develop' },
      'detach-work': { ...onIssue, branch: 'develop' },
      'save-token': { issueKey, integrationId, credential },
      'remove-token': { issueKey, integrationId },
      'renew-token': { issueKey, integrationId },
      'check-branch-name': { ...onIssue, name: 'DEMO-1-x' },
      'list-reviewers': { ...onIssue, search: '' },
      'read-request-form': { ...onIssue, targetBranch: 'main' },
      'save-default': { ...onIssue, branch: 'develop' },
      'clear-default': { issueKey, cleared: { of: 'project' } },
    },
    'user-settings': {
      'load-user-settings': {},
      'list-projects': { search: 'demo' },
      'save-token': { integrationId, credential },
      'remove-token': { integrationId },
      'renew-token': { integrationId },
      'list-repositories': { projectKey, integrationId, search: '' },
      'list-branches': { projectKey, integrationId, repository, search: '' },
      'save-default': { projectKey, integrationId, repository },
      'clear-default': { projectKey, cleared: { of: 'project' } },
    },
    'manage-repositories': {
      'load-site': {},
      'test-connection': { edition: 'github.com', credential },
      'add-integration': { edition: 'github.com', credential, ...options },
      'update-integration': { id: 'x', ...options },
      'switch-integration': { id: 'x', enabled: false },
      'disconnect-integration': { id: 'x' },
      'save-site-settings': { requireUserPat: false, branchActions: true, pullRequestActions: true },
      'save-branch-name-rule': { template: '${issuekey}', separator: '-', maxBytes: 100 },
      'save-token-rules': { rules: null },
      'new-token-page': { edition: 'github.com' },
      'list-activity': {},
      'list-tokens': {},
      'remove-tokens': { integrationId, accountIds: ['712020:a11ce000-0000-4000-8000-000000000002'], reason: 'left' },
      'find-people': { search: 'ada' },
      'list-projects': { search: 'demo' },
    },
  };
  const modules = {
    issue: ['issue-context', 'issue-panel', 'create-branch', 'create-pull-request'],
    'user-settings': ['user-settings'],
    'manage-repositories': ['manage-repositories'],
  };
  const people = {
    carol: { issue: 'NO_JIRA_PERMISSION', 'user-settings': 'NO_JIRA_PERMISSION', 'manage-repositories': 'NOT_ADMIN' },
    anonymous: { issue: 'NOT_LOGGED_IN', 'user-settings': 'NOT_LOGGED_IN', 'manage-repositories': 'NOT_LOGGED_IN' },
    bob: { 'manage-repositories': 'NOT_ADMIN' },
    alice: { 'manage-repositories': 'NOT_ADMIN' },
  };

  const refused = Object.entries(people).flatMap(([as, surfaces]) =>
    Object.entries(surfaces).flatMap(([surface, code]) =>
      modules[surface as keyof typeof modules].flatMap((module) =>
        Object.entries(payloads[surface as keyof typeof payloads]).map(([call, payload]) => ({
          as,
          module,
          call,
          payload,
          code,
        })),
      ),
    ),
  );

  it('is checked for every call', () => {
    expect(Object.keys(payloads.issue)).toEqual(Object.keys(issueCalls));
    expect(Object.keys(payloads['user-settings'])).toEqual(Object.keys(userSettingsCalls));
    expect(Object.keys(payloads['manage-repositories'])).toEqual(Object.keys(manageRepositoriesCalls));
  });

  it.each(refused)('$as is refused $module $call', async ({ as, module, call, payload, code }) => {
    const before = await storedKeys();
    expect(await sandbox.invoke(as, module, call, payload)).toMatchObject({ ok: false, error: { code } });
    expect(await storedKeys()).toEqual(before);
  });

  async function storedKeys(): Promise<unknown> {
    const { values, secrets: kept } = await sandbox.get<{ values: { key: string }[]; secrets: { key: string }[] }>(
      '/sandbox/storage',
    );
    // Calls are counted. The key that signs tickets comes from a queue, at any time.
    return [values.filter(({ key }) => !key.startsWith('pace:')), kept.filter(({ key }) => key !== 'ticket-key')];
  }

  it('an admin’s call does not exist for the functions of other surfaces', async () => {
    const answer = await sandbox.invoke('ada', ISSUE, 'load-site', {});
    expect(answer.ok).toBe(false);
    expect(answer.value).toBeUndefined();
  });

  it('the other site knows nothing of this one', async () => {
    const other = await sandbox.invoke('alice', ISSUE, 'load-issue', { issueKey }, 'globex');
    expect(other).toMatchObject({ ok: true, value: { integrations: [], cards: [] } });
  });
});
