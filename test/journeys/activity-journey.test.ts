import { leaks } from '../../rig/canary';
import { runSandbox, type Answer, type RunningSandbox } from '../support/run-sandbox';
import { story } from '../support/story';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';
const repository = 'acme/web';

let sandbox: RunningSandbox;
let integrationId: string;
const secrets: string[] = [];

type Entry = {
  at: string;
  action: string;
  outcome: string;
  person?: { accountId: string; name?: string };
  integration?: { name: string };
  branch?: string;
};

beforeAll(async () => {
  sandbox = await runSandbox();
  const added = await admin('add-integration', {
    edition: 'github.com',
    credential: await credential('acme-bot'),
    ...options(false),
  });
  integrationId = String(added.value.integration.id);
});

afterAll(() => sandbox.stop());

const options = (requireUserPat: boolean) => ({
  name: 'acme-github',
  owners: ['acme'],
  requireUserPat,
  projects: 'all',
});

async function credential(account: string) {
  const token = await sandbox.newToken(account, { scopes: 'repo' });
  secrets.push(token);
  return { kind: 'token', token };
}

async function admin(call: string, payload: Record<string, unknown> = {}): Promise<Answer> {
  return sandbox.invoke('ada', 'manage-repositories', call, payload);
}

function onIssue(as: string, call: string, payload: Record<string, unknown> = {}): Promise<Answer> {
  return sandbox.invoke(as, ISSUE, call, { issueKey, integrationId, ...payload });
}

async function activity(filter: Record<string, unknown> = {}): Promise<Entry[]> {
  const answer = await admin('list-activity', filter);
  expect(answer).toMatchObject({ ok: true });
  return answer.value.entries as Entry[];
}

const create = (as: string, name: string, more: Record<string, unknown> = {}) =>
  onIssue(as, 'create-branch', { repository, sourceBranch: 'main', name, ...more });

story('The activity has all acts of an afternoon', (step) => {
  /** All tests below are about this one afternoon. */
  step(
    'a branch as the integration account, a token, work in one’s own name, a refusal, a failure, a token found dead',
    async () => {
      expect(await create('bob', 'DEMO-1-by-bob')).toMatchObject({ ok: true });
      const own = await credential('alice');
      expect(await onIssue('alice', 'save-token', { credential: own })).toMatchObject({ ok: true });
      expect(await create('alice', 'DEMO-1-by-alice')).toMatchObject({ ok: true });
      const pull = { repository, sourceBranch: 'develop', targetBranch: 'main', title: 'DEMO-1' };
      expect(await onIssue('alice', 'create-pull-request', pull)).toMatchObject({ ok: true });
      expect(await onIssue('alice', 'delete-branch', { repository, branch: 'DEMO-1-by-alice' })).toMatchObject({
        ok: true,
      });
      expect(await create('alice', 'DEMO-1-by-bob')).toMatchObject({ ok: false, error: { code: 'BRANCH_EXISTS' } });
      await admin('update-integration', { id: integrationId, ...options(true) });
      expect(await create('bob', 'DEMO-1-again')).toMatchObject({ ok: false, error: { code: 'TOKEN_REQUIRED' } });
      expect(await onIssue('alice', 'save-token', { credential: await credential('alice') })).toMatchObject({
        ok: true,
      });
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await sandbox.arm({ method: 'POST', path: '/repos/acme/web/git/refs', status: 401 });
        await create('alice', 'DEMO-1-dead');
      }
      expect(await sandbox.invoke('alice', 'user-settings', 'remove-token', { integrationId })).toMatchObject({
        ok: true,
      });
      // The token is gone, so nothing is removed and nothing recorded.
      await sandbox.invoke('alice', 'user-settings', 'remove-token', { integrationId });
    },
  );

  step('The activity shows newest first each act with its person, actor, place and outcome', async () => {
    const entries = await activity();
    const told = entries.map((entry) => `${entry.person?.name}: ${entry.action} ${entry.outcome}`);
    expect(told).toEqual([
      'Alice Developer: remove-token done',
      'Alice Developer: create-branch refused',
      ...told.slice(2, 4),
      'Alice Developer: replace-token done',
      'Bob Developer: create-branch refused',
      'Ada Admin: require-tokens done',
      'Alice Developer: create-branch refused',
      'Alice Developer: delete-branch done',
      'Alice Developer: create-pull-request done',
      'Alice Developer: create-branch done',
      'Alice Developer: save-token done',
      'Bob Developer: create-branch done',
      'Ada Admin: add-integration done',
    ]);
    // The refusal and its effect on the token are recorded at the same time, once.
    expect(told.slice(2, 4).sort()).toEqual([
      'Alice Developer: create-branch refused',
      'Alice Developer: reject-token refused',
    ]);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });

  step('The activity names the account that was used, and never calls the integration account a person', async () => {
    const [byBob] = (await activity({ action: 'create-branch', outcome: 'done' })).slice(-1);
    expect(byBob).toMatchObject({
      person: { name: 'Bob Developer' },
      actor: 'integration',
      login: 'acme-bot',
      integration: { id: integrationId, name: 'acme-github' },
      repository,
      branch: 'DEMO-1-by-bob',
      issueKey,
    });
    const [pull] = await activity({ action: 'create-pull-request' });
    expect(pull).toMatchObject({ actor: 'person', login: 'alice', branch: 'develop', target: 'main' });
    const [refused] = await activity({ outcome: 'refused', accountId: byBob?.person?.accountId });
    expect(refused).toMatchObject({ error: 'TOKEN_REQUIRED', branch: 'DEMO-1-again' });
    expect(refused).not.toHaveProperty('login');
  });

  step('The activity is filtered by person, integration, action, outcome and time', async () => {
    const all = await activity();
    const bob = all.find(({ person }) => person?.name === 'Bob Developer')?.person?.accountId;
    expect((await activity({ accountId: bob })).map(({ action }) => action)).toEqual([
      'create-branch',
      'create-branch',
    ]);
    expect(await activity({ integrationId: 'another' })).toEqual([]);
    expect(await activity({ integrationId })).toHaveLength(all.length);
    expect(await activity({ outcome: 'failed' })).toEqual([]);
    const middle = all[5]?.at ?? '';
    expect((await activity({ from: middle })).every(({ at }) => at >= middle)).toBe(true);
    expect((await activity({ to: middle })).every(({ at }) => at <= middle)).toBe(true);
    expect((await activity({ from: middle })).length + (await activity({ to: middle })).length).toBeGreaterThan(
      all.length,
    );
  });

  step('The activity finds people by a word of their name', async () => {
    const found = await admin('find-people', { search: 'dev' });
    expect(found.value.people.map(({ name }: { name: string }) => name)).toEqual(['Alice Developer', 'Bob Developer']);
  });

  step('The activity separates failures from refusals', async () => {
    await admin('update-integration', { id: integrationId, ...options(false) });
    await sandbox.arm({ method: 'POST', path: '/repos/acme/web/git/refs', status: 503, times: 5 });
    expect(await create('bob', 'DEMO-1-broken')).toMatchObject({ ok: false });
    expect(await activity({ outcome: 'failed' })).toMatchObject([{ action: 'create-branch', branch: 'DEMO-1-broken' }]);
    await fetch(`${sandbox.services}/github.com/sandbox/faults`, { method: 'DELETE' });
  });

  step(
    'The activity records every token that is erased when an integration is disconnected, with its owner',
    async () => {
      await onIssue('alice', 'save-token', { credential: await credential('alice') });
      await admin('disconnect-integration', { id: integrationId });
      await sandbox.get('/sandbox/idle');
      const [erased, disconnected] = await activity();
      expect(erased).toMatchObject({ action: 'erase-token', person: { name: 'Alice Developer' } });
      expect(disconnected).toMatchObject({ action: 'disconnect-integration', person: { name: 'Ada Admin' } });
    },
  );

  step('The activity of one site is not shown to another', async () => {
    const other = await sandbox.invoke('ada', 'manage-repositories', 'list-activity', {}, 'globex');
    expect(other.value?.entries ?? []).toEqual([]);
  });

  step('The activity holds no token', async () => {
    await admin('list-activity', { forExport: true });
    await sandbox.get('/sandbox/storage');
    expect(leaks(sandbox.recorded.join('\n'), secrets)).toEqual([]);
  });
});
