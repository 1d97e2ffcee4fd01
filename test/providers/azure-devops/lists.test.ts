import { azureDevOps } from '../../../src/providers/azure-devops';
import { azure, door, refsPath, request, serving, web } from '../../support/serving-azure-devops';

describe('Azure DevOps in lists', () => {
  serving('azure-devops');
  const names = (count: number) => Array.from({ length: count }, (_, at) => `many/${String(at).padStart(3, '0')}`);

  async function makeBranches(count: number): Promise<void> {
    const head = (await (await azure.ask('GET', `${refsPath}?filter=heads/main`)).json()) as {
      value: { objectId: string }[];
    };
    const body = names(count).map((name) => ({
      name: `refs/heads/${name}`,
      oldObjectId: '0'.repeat(40),
      newObjectId: head.value[0]?.objectId,
    }));
    const headers = { accept: 'application/json;api-version=7.1' };
    expect((await azure.ask('POST', refsPath, { body, headers })).status).toBe(200);
  }

  it('pages branches with what the service gives to go on', async () => {
    await makeBranches(60);
    const first = await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: 'many' });
    const cursor = first.ok ? first.value.next : undefined;
    const second = await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: 'many', cursor });

    const all = [first, second].flatMap((page) => (page.ok ? page.value.items.map(({ name }) => name) : []));
    expect(all).toEqual(names(60));
    expect(second.ok && second.value.next).toBe(undefined);
    expect(door.requests).toHaveLength(2);
  });

  it('searches titles on the service, in the version that can', async () => {
    await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [] });
    const asked = new URL(door.requests[0]?.url ?? '');
    expect(asked.searchParams.get('searchCriteria.title')).toBe('DEMO-1');
    expect(asked.pathname).toBe('/acme/Shop/_apis/git/pullrequests');
  });

  it('requests the pull requests of several projects once', async () => {
    await azureDevOps.createPullRequest(azure.as('alice'), request);
    door.requests.length = 0;
    const work = await azureDevOps.findWork(azure.as('alice'), {
      issueKey: 'DEMO-1',
      owners: ['Shop', 'Back Office'],
      repositories: [],
    });
    expect(work.ok && work.value.pullRequests.map(({ number }) => number)).toEqual([1]);
    expect(door.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/acme/_apis/git/pullrequests']);
  });

  it('shows merged, closed and draft pull requests as what they are', async () => {
    const pull = (pullRequestId: number, status: string, more = {}) => ({
      pullRequestId,
      title: 'DEMO-1',
      status,
      sourceRefName: 'refs/heads/a',
      targetRefName: 'refs/heads/main',
      creationDate: '2026-01-05T09:00:00Z',
      repository: { name: 'web', project: { name: 'Shop' } },
      ...more,
    });
    const value = [
      pull(1, 'completed', { closedDate: '2026-01-06T09:00:00Z' }),
      pull(2, 'abandoned'),
      pull(3, 'active', { isDraft: true }),
      pull(4, 'active'),
    ];
    await azure.arm({ path: '/Shop/_apis/git/pullrequests', status: 200, body: { value, count: 4 } });
    const work = await azureDevOps.findWork(azure.as('alice'), {
      issueKey: 'DEMO-1',
      owners: ['Shop'],
      repositories: [],
    });
    expect(work.ok && work.value.pullRequests.map(({ state, updatedAt }) => [state, updatedAt])).toEqual([
      ['merged', '2026-01-06T09:00:00.000Z'],
      ['closed', '2026-01-05T09:00:00.000Z'],
      ['draft', '2026-01-05T09:00:00.000Z'],
      ['open', '2026-01-05T09:00:00.000Z'],
    ]);
  });

  it('does not stay silent about branches it could not read', async () => {
    await azure.arm({ path: refsPath, status: 500, times: 'always' });
    expect(
      await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [web] }),
    ).toEqual({ ok: false, error: { code: 'UNEXPECTED_ANSWER', status: 500, reading: true } });
  });

  it('reads the branches of ten repositories at most', async () => {
    const repositories = Array.from({ length: 14 }, (_, at) => `Shop/r${at}`);
    const work = await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories });
    const unseen = repositories.slice(0, 10);
    expect(work).toEqual({ ok: true, value: { branches: [], pullRequests: [], unseen } });
    expect(door.requests).toHaveLength(11);
  });

  it('pages repositories that come all at once', async () => {
    const repository = (at: number) => ({ id: `r${at}`, name: `r${100 + at}`, project: { name: 'Shop' } });
    const value = Array.from({ length: 70 }, (_, at) => repository(at));
    await azure.arm({ path: '/Shop/_apis/git/repositories', status: 200, body: { value, count: 70 }, times: 'always' });
    const first = await azureDevOps.listRepositories(azure.as('alice'), { owners: ['Shop'], search: 'r' });
    const second = await azureDevOps.listRepositories(azure.as('alice'), {
      owners: ['Shop'],
      search: 'r',
      cursor: '50',
    });
    expect(first.ok && [first.value.items.length, first.value.next]).toEqual([50, '50']);
    expect(second.ok && [second.value.items.length, second.value.next]).toEqual([20, undefined]);
  });
});
