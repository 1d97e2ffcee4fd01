import type { Card } from '../../src/contract/views';
import type * as DefaultStore from '../../src/store/defaults';
import type * as Reading from '../../src/store/read';
import type * as WorkStore from '../../src/store/work';
import { openInProcessStore, type InProcessStore } from '../support/in-process-store';

const alice = '712020:a11ce000-0000-4000-8000-000000000002';
const bob = '712020:b0b00000-0000-4000-8000-000000000003';

let store: InProcessStore;
let defaults: typeof DefaultStore;
let read: typeof Reading;
let work: typeof WorkStore;

beforeAll(async () => {
  store = openInProcessStore(() => new Date());
  defaults = await import('../../src/store/defaults');
  read = await import('../../src/store/read');
  work = await import('../../src/store/work');
});
afterAll(() => store.close());
beforeEach(() => {
  store.entries.clear();
  store.requests.length = 0;
});

const storedKeys = () => store.entries.list('', '', undefined, 1_000).map(({ key }) => key);
const kept = async (accountId: string, projectKey: string) => ({
  accountId,
  projectKey,
  before: await defaults.readDefaults(accountId, projectKey),
});
const save = async (accountId: string, projectKey: string, at: Parameters<typeof defaults.saveDefault>[1]) =>
  defaults.saveDefault(await kept(accountId, projectKey), at);
const clear = async (accountId: string, projectKey: string, at: Parameters<typeof defaults.clearDefault>[1]) =>
  defaults.clearDefault(await kept(accountId, projectKey), at);
const web = { integrationId: 'one', repository: 'acme/web' };
const api = { integrationId: 'one', repository: 'acme/api' };

describe('Where a person starts in a project', () => {
  it('is nowhere until they choose', async () => {
    expect(await defaults.readDefaults(alice, 'DEMO')).toEqual({ branches: [] });
    expect(await defaults.listDefaults(alice)).toEqual([]);
  });

  it('is the repository they chose last, and a branch in each repository', async () => {
    await save(alice, 'DEMO', web);
    await save(alice, 'DEMO', { ...web, branch: 'develop' });
    await save(alice, 'DEMO', { ...api, branch: 'next' });
    const saved = await save(alice, 'DEMO', api);
    expect(saved).toEqual({
      repository: api,
      branches: [
        { ...api, branch: 'next' },
        { ...web, branch: 'develop' },
      ],
    });
    expect(await defaults.readDefaults(alice, 'DEMO')).toEqual(saved);
    expect(await defaults.readDefaults(alice, 'OPS')).toEqual({ branches: [] });
    expect(await defaults.readDefaults(bob, 'DEMO')).toEqual({ branches: [] });
  });

  it('has one branch a repository, however its name is spelled, of its integration alone', async () => {
    await save(alice, 'DEMO', { ...web, branch: 'develop' });
    await save(alice, 'DEMO', { ...web, integrationId: 'two', branch: 'elsewhere' });
    const { branches } = await save(alice, 'DEMO', { ...web, repository: 'ACME/Web', branch: 'main' });
    expect(branches.map(({ integrationId, branch }) => [integrationId, branch])).toEqual([
      ['one', 'main'],
      ['two', 'elsewhere'],
    ]);
  });

  it('has branches in a hundred repositories; the oldest choice makes room', async () => {
    for (let n = 0; n <= 100; n += 1)
      await save(alice, 'DEMO', { integrationId: 'one', repository: `acme/r${n}`, branch: 'main' });
    const { branches } = await defaults.readDefaults(alice, 'DEMO');
    expect(branches).toHaveLength(100);
    expect(branches[0]?.repository).toBe('acme/r100');
    expect(branches.at(-1)?.repository).toBe('acme/r1');
  });

  it('is known by project', async () => {
    await save(alice, 'DEMO', web);
    await save(alice, 'OPS', { ...api, branch: 'next' });
    await save(bob, 'DEMO', api);
    expect(await defaults.listDefaults(alice)).toEqual([
      { projectKey: 'DEMO', repository: web, branches: [] },
      { projectKey: 'OPS', branches: [{ ...api, branch: 'next' }] },
    ]);
  });

  it('is stored with the account, so that it is reported to Atlassian', async () => {
    const before = Date.now();
    await save(alice, 'DEMO', web);
    const [account] = store.entries.list('', 'account:', undefined, 10);
    expect(account?.key).toBe(`account:${alice}`);
    expect(Date.parse(JSON.parse(account?.json ?? '{}').askedAt)).toBeGreaterThanOrEqual(before);
  });
});

describe('A person’s choice', () => {
  it('is undone for the project, and the branches remain', async () => {
    await save(alice, 'DEMO', web);
    await save(alice, 'DEMO', { ...web, branch: 'develop' });
    const left = { branches: [{ ...web, branch: 'develop' }] };
    expect(await clear(alice, 'DEMO', { of: 'project' })).toEqual(left);
    expect(await defaults.readDefaults(alice, 'DEMO')).toEqual(left);
  });

  it('is undone for a repository, and the others remain', async () => {
    await save(alice, 'DEMO', web);
    for (const at of [web, api]) await save(alice, 'DEMO', { ...at, branch: 'develop' });
    const left = { repository: web, branches: [{ ...api, branch: 'develop' }] };
    expect(await clear(alice, 'DEMO', { of: 'repository', ...web })).toEqual(left);
    expect(await defaults.readDefaults(alice, 'DEMO')).toEqual(left);
  });

  it('leaves nothing behind with its last part; to undo a missing one is no error', async () => {
    await save(alice, 'DEMO', web);
    await clear(alice, 'DEMO', { of: 'project' });
    await save(alice, 'DEMO', { ...web, branch: 'develop' });
    expect(await clear(alice, 'DEMO', { of: 'repository', ...web })).toEqual({ branches: [] });
    expect(await clear(alice, 'DEMO', { of: 'project' })).toEqual({ branches: [] });
    expect(storedKeys()).toEqual([`account:${alice}`]);
  });

  it('is deleted in all projects, and nobody else’s is', async () => {
    for (const project of ['DEMO', 'OPS']) await save(alice, project, web);
    await save(bob, 'DEMO', web);
    await defaults.forgetDefaults(alice);
    await defaults.forgetDefaults(alice);
    expect(storedKeys().filter((key) => key.startsWith('defaults:'))).toEqual([`defaults:${bob}:DEMO`]);
  });
});

describe('Work for an issue', () => {
  const branch: Card = {
    kind: 'branch',
    ...web,
    url: 'https://github.com/acme/web/tree/DEMO-1',
    title: 'DEMO-1',
    branch: 'DEMO-1',
    author: 'alice',
    actor: 'person',
    updatedAt: '2026-11-20T12:00:00.000Z',
  };
  const pull: Card = {
    ...branch,
    kind: 'pull-request',
    number: 7,
    target: 'main',
    state: 'draft',
    updatedAt: '2026-11-20T13:00:00.000Z',
  };

  it('is listed newest first; entries without a time come last', async () => {
    const { updatedAt: _, ...timeless } = { ...branch, branch: 'DEMO-1-old' };
    for (const card of [branch, timeless, pull]) await work.addWork('10001', card);
    expect(await work.listWork('10001')).toEqual([pull, branch, timeless]);
    expect(await work.listWork('10002')).toEqual([]);
  });

  it('is stored once, however often it is added', async () => {
    await work.addWork('10001', branch);
    await work.addWork('10001', { ...branch, title: 'renamed' });
    expect(await work.listWork('10001')).toEqual([{ ...branch, title: 'renamed' }]);
  });

  it('is another thing with another number, branch, repository, integration or kind', async () => {
    const others: Card[] = [
      { ...branch, branch: 'DEMO-1-b' },
      { ...branch, repository: 'acme/api' },
      { ...branch, integrationId: 'two' },
      { ...branch, integrationId: `one${'acme/'}`, repository: 'web' },
      { ...branch, kind: 'pull-request' },
      pull,
      { ...pull, number: 8 },
    ];
    for (const card of [branch, ...others]) await work.addWork('10001', card);
    expect(await work.listWork('10001')).toHaveLength(8);
    // A pull request is its number, whatever its branch.
    await work.addWork('10001', { ...pull, branch: 'renamed' });
    expect(await work.listWork('10001')).toHaveLength(8);
  });

  it('is known, and forgotten', async () => {
    expect(await work.readWork('10001', branch)).toBeUndefined();
    await work.addWork('10001', branch);
    expect(await work.readWork('10001', branch)).toEqual(branch);
    expect(await work.readWork('10002', branch)).toBeUndefined();
    await work.removeWork('10001', branch);
    await work.removeWork('10001', branch);
    expect(await work.readWork('10001', branch)).toBeUndefined();
    expect(storedKeys()).toEqual([]);
  });

  it('takes a state of the service unless it has a later one, and changes nothing where there is none', async () => {
    const now = (state: 'open' | 'merged', statedAt: number) =>
      work.changeWork('10001', pull, (stored) => ({ ...stored, state }), statedAt);
    await now('open', 1);
    expect(await work.listWork('10001')).toEqual([]);
    await work.addWork('10001', pull);
    await now('merged', 3);
    await now('open', 2);
    expect(await work.readWork('10001', pull)).toEqual({ ...pull, state: 'merged' });
    await now('open', 4);
    expect(await work.readWork('10001', pull)).toEqual({ ...pull, state: 'open' });
  });

  it('is stored under a key of the same length, whatever its name', async () => {
    await work.addWork('10001', { ...branch, branch: 'ü/'.repeat(200) });
    expect(storedKeys()).toEqual([expect.stringMatching(/^work:10001:[0-9a-f]{32}$/)]);
  });
});

describe('Where a project worked last', () => {
  const recentIn = async (project: string) => (await read.readTogether(work.recentAt(project)))[0];
  const remember = async (at: { integrationId: string; repository: string }) =>
    work.rememberRepository('DEMO', await recentIn('DEMO'), at);

  it('is remembered, the latest first and each place once', async () => {
    expect(await recentIn('DEMO')).toEqual([]);
    for (const at of [web, api, { ...web, integrationId: 'two' }, web]) await remember(at);
    expect(await recentIn('DEMO')).toEqual([web, { ...web, integrationId: 'two' }, api]);
    expect(await recentIn('OPS')).toEqual([]);
  });

  it('is not written again when it is in front already', async () => {
    await remember(web);
    store.requests.length = 0;
    await work.rememberRepository('DEMO', [web], web);
    expect(store.requests).toEqual([]);
    await work.rememberRepository('DEMO', [web], api);
    expect(store.requests).toHaveLength(1);
  });

  it('is at most ten repositories', async () => {
    for (let n = 0; n < 12; n += 1) await remember({ integrationId: 'one', repository: `acme/r${n}` });
    const names = (await recentIn('DEMO')).map(({ repository }) => repository);
    expect(names).toEqual(Array.from({ length: 10 }, (_, n) => `acme/r${11 - n}`));
  });
});
