import { serviceAt } from '../../../src/domain/service';
import { azureDevOps } from '../../../src/providers/azure-devops';
import { places, tokens } from '../../support/azure-devops-world';
import { azure, branch, door, request, serving, web } from '../../support/serving-azure-devops';

describe.each(['tfs-2018', 'tfs-2013'] as const)('%s', (edition) => {
  serving(edition);

  it('returns all branches, which are searched here, and gets no parameter that it does not know', async () => {
    const found = await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: 'LOWER' });
    expect(found.ok && found.value.items.map(({ name }) => name)).toEqual(['demo-1-lower-case']);
    const { searchParams } = new URL(door.requests[0]?.url ?? '');
    expect([...searchParams.keys()]).toEqual(['filter']);
  });

  it('gets no draft', async () => {
    const bodies: string[] = [];
    const through = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (typeof init?.body === 'string') bodies.push(init.body);
      return through(input, init);
    };
    await azureDevOps.createPullRequest(azure.as('alice'), { ...request, draft: true });
    expect(Object.keys(JSON.parse(bodies[0] ?? '') as object)).not.toContain('isDraft');
  });
});

describe('TFS 2015', () => {
  serving('tfs-2015');

  it('gets the bare names of its criteria, too', async () => {
    await azureDevOps.createPullRequest(azure.as('alice'), { ...request, source: 'develop' });
    await azureDevOps.createPullRequest(azure.as('alice'), request);
    door.requests.length = 0;
    expect(await azureDevOps.createPullRequest(azure.as('alice'), request)).toMatchObject({
      ok: false,
      error: { code: 'PULL_REQUEST_EXISTS', url: `${places['tfs-2015'].address}/Shop/_git/web/pullrequest/2` },
    });
    const { searchParams } = new URL(door.requests[1]?.url ?? '');
    expect(searchParams.get('sourceRefName')).toBe('refs/heads/feature/DEMO-1-login');
    expect(searchParams.get('searchCriteria.sourceRefName')).toBe('refs/heads/feature/DEMO-1-login');
  });

  it('has no personal access tokens', async () => {
    expect(await azureDevOps.checkToken(azure.withToken(tokens.alice))).toEqual({
      ok: false,
      error: { code: 'AUTH_INVALID' },
    });
  });

  it('accepts passwords with colons and letters of any script', async () => {
    expect(await azureDevOps.checkToken(azure.as('bob'))).toMatchObject({ ok: true, value: { login: 'Bob Example' } });
    expect(await azureDevOps.checkToken(azure.withPassword('bøb', 'pässword'))).toEqual({
      ok: false,
      error: { code: 'AUTH_INVALID' },
    });
  });
});

describe('A server that was connected as a newer one', () => {
  serving('tfs-2018');
  const asNewer = (id: 'azure-devops-server-2022') => ({
    ...azure.as('alice'),
    service: serviceAt(id, azure.as('alice').service.webUrl),
  });

  it('is found out at the next request, and says so until then', async () => {
    const connection = asNewer('azure-devops-server-2022');
    expect(await azureDevOps.createBranch(connection, branch)).toEqual({
      ok: false,
      error: { code: 'SERVICE_TOO_OLD' },
    });
    expect(await azureDevOps.checkToken(connection)).toMatchObject({ ok: true, value: { missingScopes: [] } });
    expect(await azureDevOps.findOwners(connection)).toMatchObject({ ok: true });
    expect(await azureDevOps.detect(connection)).toEqual({ ok: true, value: { edition: 'tfs-2018', version: '4.0' } });
  });

  it('without a version is no such server', async () => {
    await azure.arm({ path: '/_apis/git', method: 'OPTIONS', status: 200, body: { value: [], count: 0 } });
    expect(await azureDevOps.detect(azure.as('alice'))).toEqual({ ok: false, error: { code: 'NOT_AN_API_ANSWER' } });
  });
});
