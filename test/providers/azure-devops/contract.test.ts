import { editions } from '../../../src/domain/editions';
import { azureDevOps } from '../../../src/providers/azure-devops';
import { ODD_REPOSITORY, places } from '../../support/azure-devops-world';
import type { EgressDoor } from '../../support/egress-door';
import { EDITIONS, openSimulatedAzureDevOps, type SimulatedAzureDevOps } from '../../support/simulated-azure-devops';

const web = 'Shop/web';

/** The service gives the same answer for a name outside the folders for branches, and for a person who can create none. */
const notCreated = {
  code: 'BRANCH_FOLDERS_ONLY',
  said: "TF401027: You need the Git 'CreateBranch' permission to perform this action.",
};

/** The same table for every edition, from the hosted service to TFS 2013. */
describe.each(EDITIONS)('%s', (edition) => {
  let azure: SimulatedAzureDevOps;
  let door: EgressDoor;
  const { capabilities } = editions[edition];

  beforeAll(async () => {
    azure = await openSimulatedAzureDevOps(edition);
  });
  afterAll(() => azure.close());
  beforeEach(async () => {
    await azure.service.reset();
    door = azure.openDoor();
  });
  afterEach(() => door.close());

  const branchNames = async (repository: string, search = ''): Promise<string[]> => {
    const found = await azureDevOps.listBranches(azure.as('alice'), { repository, search });
    if (!found.ok) throw new Error(found.error.code);
    return found.value.items.map(({ name }) => name);
  };

  it('names its edition, the person, their repositories and a branch’s commit', async () => {
    const alice = azure.as('alice');
    expect(await azureDevOps.detect(alice)).toMatchObject({ ok: true, value: { edition } });
    expect(await azureDevOps.checkToken(alice)).toMatchObject({ ok: true, value: { login: expect.any(String) } });
    expect(await azureDevOps.findOwners(alice)).toMatchObject({ ok: true, value: expect.arrayContaining(['Shop']) });
    const head = await azureDevOps.readHead(alice, { repository: web, name: 'main' });
    expect(head).toMatchObject({ ok: true, value: expect.stringMatching(/^[0-9a-f]{40}$/) });
    const found = await azureDevOps.findReviewers?.(alice, { repository: web, search: '' });
    expect(found?.ok).toBe(true);
  });

  it('lists the repositories of the owners, in one request', async () => {
    const found = await azureDevOps.listRepositories(azure.as('alice'), { owners: ['Shop'], search: '' });

    const names = ['Shop/api', 'Shop/folders', 'Shop/fresh', 'Shop/web'];
    // Servers before Azure DevOps Server 2019 do not report disabled ones.
    const shown = edition.startsWith('tfs-') ? [...names, 'Shop/attic'].sort() : names;
    expect(found.ok && found.value.items.map(({ name }) => name)).toEqual(shown);
    expect(found.ok && found.value.items.find(({ name }) => name === web)).toEqual({
      name: web,
      url: `${places[edition].address}/Shop/_git/web`,
      defaultBranch: 'main',
    });
    expect(door.requests).toHaveLength(1);
  });

  it.each([
    ['has a source that only begins like a branch', { source: 'dev' }, { code: 'SOURCE_BRANCH_MISSING' }],
    ['is in a disabled repository', { repository: 'Shop/attic' }, { code: 'REPOSITORY_DISABLED' }],
    ['is in a project that is gone', { repository: 'Gone/web' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['leaves its folder', { repository: 'Shop/..' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['must be in another folder', { repository: 'Shop/folders', name: 'elsewhere/x' }, notCreated],
    ['differs in case only where that counts', { repository: 'Shop/api', name: 'topic' }, { code: 'BRANCH_EXISTS' }],
  ])('refuses a branch that %s with the reason', async (_, change, error) => {
    const wanted = { repository: web, name: 'DEMO-1-new', source: 'main', ...change };
    expect(await azureDevOps.createBranch(azure.as('alice'), wanted)).toEqual({ ok: false, error });
    expect(door.requests.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['may only read', 'bob', { code: 'PERMISSION_DENIED' }],
    ['may not create branches', 'dora', notCreated],
    ['does not see the repository', 'carol', { code: 'REPOSITORY_NOT_FOUND' }],
  ] as const)('refuses a branch by somebody who %s', async (_, who, error) => {
    expect(
      await azureDevOps.createBranch(azure.as(who), { repository: web, name: 'DEMO-1-new', source: 'main' }),
    ).toEqual({ ok: false, error });
    expect(await branchNames(web)).not.toContain('DEMO-1-new');
  });

  it.each([
    ['that is not there', 'eve', 'gone', 'BRANCH_MISSING'],
    ['with a policy', 'eve', 'release/1.0', 'BRANCH_PROTECTED'],
    ['locked by somebody else', 'eve', 'frozen', 'BRANCH_PROTECTED'],
    ['of somebody else', 'alice', 'develop', 'PERMISSION_DENIED'],
    ['without any right to write', 'bob', 'develop', 'PERMISSION_DENIED'],
  ] as const)('refuses to delete a branch %s', async (_, who, name, code) => {
    expect(await azureDevOps.deleteBranch(azure.as(who), { repository: web, name })).toEqual({
      ok: false,
      error: { code },
    });
  });

  const request = {
    repository: web,
    source: 'feature/DEMO-1-login',
    target: 'main',
    title: 'DEMO-1: Merge it',
    description: 'Why',
    draft: false,
  };

  it('opens a pull request with one request, in the name of the account, at an address people can open', async () => {
    expect(await azureDevOps.createPullRequest(azure.as('alice'), request)).toEqual({
      ok: true,
      value: {
        repository: web,
        number: 1,
        title: request.title,
        url: `${places[edition].address}/Shop/_git/web/pullrequest/1`,
        state: 'open',
        source: request.source,
        target: 'main',
        author: 'Alice Example',
        updatedAt: '2026-01-20T12:00:00.000Z',
      },
    });
    expect(door.requests).toHaveLength(1);
  });

  it.each([
    ['whose target is gone', 'alice', { target: 'gone' }, 'TARGET_BRANCH_MISSING'],
    ['whose source is gone', 'alice', { source: 'gone' }, 'SOURCE_BRANCH_MISSING'],
    ['in a repository that is gone', 'alice', { repository: 'Shop/gone' }, 'REPOSITORY_NOT_FOUND'],
    ['in a disabled repository', 'alice', { repository: 'Shop/attic' }, 'REPOSITORY_DISABLED'],
    ['by somebody who may only read', 'bob', {}, 'PERMISSION_DENIED'],
  ] as const)('refuses a pull request %s', async (_, who, change, code) => {
    expect(await azureDevOps.createPullRequest(azure.as(who), { ...request, ...change })).toEqual({
      ok: false,
      error: { code },
    });
  });

  it('finds what an issue has by its key as a whole word, and hides no repository behind another', async () => {
    await azureDevOps.createPullRequest(azure.as('alice'), {
      ...request,
      source: 'develop',
      title: 'Fixes demo-1',
      draft: true,
    });
    await azureDevOps.createPullRequest(azure.as('alice'), { ...request, source: 'DEMO-12-other', title: 'DEMO-12' });
    await azureDevOps.createPullRequest(azure.as('alice'), {
      ...request,
      repository: ODD_REPOSITORY,
      source: 'main',
      title: 'DEMO-1 elsewhere',
    });
    door.requests.length = 0;

    const work = await azureDevOps.findWork(azure.as('alice'), {
      issueKey: 'DEMO-1',
      owners: ['Shop'],
      repositories: ['Shop/gone', web, 'Shop/attic', ODD_REPOSITORY],
    });

    expect(work.ok && work.value.branches.map(({ repository, name }) => `${repository}: ${name}`).sort()).toEqual([
      'Shop/web: demo-1-lower-case',
      'Shop/web: feature/DEMO-1-login',
    ]);
    expect(work.ok && work.value.pullRequests).toMatchObject([
      {
        title: 'Fixes demo-1',
        state: capabilities.draftPullRequests ? 'draft' : 'open',
        author: 'Alice Example',
        source: 'develop',
        repository: web,
      },
    ]);
    // One for the pull requests, one a repository, and one for each of the two branches without a pull request.
    expect(door.requests).toHaveLength(7);
  });
});
