import { openJira, type Jira, type RestCaller } from '../../packages/local-forge/src/jira/open-jira';
import { demoWorld } from '../../sandbox/world/demo';

const scopes = ['write:dev-info:jira', 'delete:dev-info:jira'];
const app: RestCaller = { siteId: 'acme', as: 'app', scopes };
const root = '/rest/devinfo/0.10';
let jira: Jira = openJira(demoWorld.sites);

beforeEach(() => {
  jira = openJira(demoWorld.sites);
});

async function tell(method: string, path: string, body?: unknown, caller = app) {
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await jira.rest(new Request(`https://acme.atlassian.net${root}${path}`, init), caller);
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}
const issue = () => jira.issue('acme', 'DEMO-1')?.id ?? '';
const linked = () => ({ associations: [{ associationType: 'issueIdOrKeys', values: [issue()] }] });
const at = (path: string) => `https://x.example/${path}`;
const branch = (id: string, updateSequenceId = 1) => ({
  ...{ id, name: id, url: at(id), updateSequenceId, ...linked() },
  lastCommit: {
    ...{ id: 'c0ffee', displayId: 'c0ffee', message: 'm', url: at('c'), author: { name: 'A' }, fileCount: 0 },
    ...{ authorTimestamp: '2026-11-30T12:00:00Z', issueKeys: ['DEMO-1'], updateSequenceId },
  },
});
const pull = (id: string, status = 'OPEN', updateSequenceId = 1) => ({
  ...{ id, displayId: `#${id}`, title: id, url: at(id), status, author: { name: 'A' }, commentCount: 0 },
  ...{ sourceBranch: 'b', lastUpdate: '2026-11-30T12:00:00Z', updateSequenceId, ...linked() },
});
const body = (branches: unknown[], pullRequests: unknown[] = [], more: object = {}) => ({
  repositories: [{ id: 'r', name: 'acme/web', url: at('r'), updateSequenceId: 1, branches, pullRequests }],
  properties: { integrationId: 'one' },
  ...more,
});
const shown = () => jira.development('acme', issue()).map(({ data }) => data.id);

describe('Development information of the stand-in Jira', () => {
  it('is accepted, and replaced only by newer information', async () => {
    expect(await tell('POST', '/bulk', body([branch('b', 5)], [pull('1', 'OPEN', 5)]))).toMatchObject({
      status: 202,
      body: { acceptedDevinfoEntities: { r: { branches: ['b'], pullRequests: ['1'] } }, unknownIssueKeys: [] },
    });
    for (const sequence of [4, 5]) await tell('POST', '/bulk', body([], [pull('1', 'MERGED', sequence)]));
    expect(jira.development('acme', issue())[1]?.data).toMatchObject({ status: 'OPEN' });
    await tell('POST', '/bulk', body([], [pull('1', 'MERGED', 6)]));
    expect(jira.development('acme', issue())[1]?.data).toMatchObject({ status: 'MERGED' });
  });

  const { lastCommit: _, ...withoutCommit } = branch('b');
  it.each<[string, () => unknown, number]>([
    ['one id with a slash', () => body([branch('good'), branch('a/b')]), 400],
    ['a branch without its last commit', () => body([branch('good'), { ...withoutCommit, ...linked() }]), 400],
    ['issue keys beside associations', () => body([{ ...branch('b'), issueKeys: ['DEMO-1'] }]), 400],
    ['the same id twice', () => body([branch('b'), branch('b')]), 400],
    ['no repository', () => ({ repositories: [] }), 400],
    ['a status Jira does not know', () => body([], [pull('1', 'DRAFT')]), 400],
    ['401 branches', () => body(Array.from({ length: 401 }, (_, n) => branch(`b${n}`))), 400],
    [
      'six properties',
      () => body([branch('b')], [], { properties: Object.fromEntries([...'abcdef'].map((c) => [c, c])) }),
      400,
    ],
    ['a property that begins with _', () => body([branch('b')], [], { properties: { _a: 'x' } }), 400],
    ['a property with a :', () => body([branch('b')], [], { properties: { 'a:b': 'x' } }), 400],
  ])('refuses the whole of %s', async (_, make, status) => {
    expect((await tell('POST', '/bulk', make())).status).toBe(status);
    expect(shown()).toEqual([]);
  });

  it('refuses more than a thousand at once as too large', async () => {
    const many = Array.from({ length: 3 }, (_, r) => ({
      ...{ id: `r${r}`, name: 'n', url: at('r'), updateSequenceId: 1 },
      branches: Array.from({ length: 334 }, (_, n) => branch(`b${n}`)),
    }));
    expect((await tell('POST', '/bulk', { repositories: many })).status).toBe(413);
  });

  it('names entries that belong to no issue of the site', async () => {
    const stray = { ...branch('b'), associations: [{ associationType: 'issueIdOrKeys', values: ['NO-1'] }] };
    expect((await tell('POST', '/bulk', body([stray]))).body).toMatchObject({ unknownIssueKeys: ['NO-1'] });
  });

  it('is removed one by one and by property, up to a time', async () => {
    await tell('POST', '/bulk', body([branch('b', 5)], [pull('1', 'OPEN', 5)]));
    expect((await tell('DELETE', '/repository/r/branch/b?_updateSequenceId=4')).status).toBe(202);
    expect(shown()).toEqual(['b', '1']);
    await tell('DELETE', '/repository/r/branch/b?_updateSequenceId=5');
    expect(shown()).toEqual(['1']);
    await tell('DELETE', '/bulkByProperties?integrationId=two');
    expect(shown()).toEqual(['1']);
    expect((await tell('DELETE', '/bulkByProperties')).status).toBe(400);
    await tell('DELETE', '/bulkByProperties?integrationId=one');
    expect(shown()).toEqual([]);
    expect((await tell('DELETE', '/repository/r/tag/b')).status).toBe(400);
  });

  it('is the app’s own, and needs its scopes', async () => {
    const person = { ...app, as: 'user' as const, accountId: demoWorld.sites[0]?.people[0]?.accountId };
    expect((await tell('POST', '/bulk', body([branch('b')]), person)).status).toBe(403);
    expect((await tell('POST', '/bulk', body([branch('b')]), { ...app, scopes: [] })).status).toBe(401);
    const writes = { ...app, scopes: ['write:dev-info:jira'] };
    expect((await tell('DELETE', '/bulkByProperties?integrationId=one', undefined, writes)).status).toBe(401);
  });

  it('answers searches for issues with pull requests', async () => {
    await tell('POST', '/bulk', body([branch('b')], [pull('1', 'OPEN', 1), pull('2', 'MERGED', 1)]));
    const found = (jql: string) => jira.searchDevelopment('acme', jql);
    expect(found('development[pullrequests].all > 1')).toEqual([issue()]);
    expect(found('development[pullrequests].open > 1')).toEqual([]);
    expect(found('development[pullrequests].open = 1')).toEqual([issue()]);
    expect(found('summary ~ x')).toBeUndefined();
  });
});
