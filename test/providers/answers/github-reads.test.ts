import { linksOf } from '../../../src/providers/links';
import type { Provider } from '../../../src/providers/provider';
import { openScriptedService, type Reply, type ScriptedService } from '../../support/scripted-service';
import { connection, failure, hosts, repository } from './github';

let service: ScriptedService;
let github: Provider;

beforeAll(async () => {
  ({ github } = await import('../../../src/providers/github'));
  service = await openScriptedService(hosts);
});
afterAll(() => service.close());

const GRAPHQL = 'POST /graphql';
const commit = 'a'.repeat(40);
const data = (value: object, more: object = {}): Reply => ({ body: { data: value, ...more } });
const lastPage = { hasNextPage: false, endCursor: null };

/** What is asked about an issue, as GitHub's schema has it (docs "GraphQL: objects"). */
const schema = `
  enum SearchType { REPOSITORY ISSUE }
  type Target { oid: ID! }
  type Ref { name: String! target: Target }
  type Refs { nodes: [Ref] }
  type User { login: String! }
  type Repository {
    nameWithOwner: String!
    refs(refPrefix: String!, query: String, first: Int): Refs
  }
  type PullRequest {
    number: Int! title: String! url: String! state: String! isDraft: Boolean! updatedAt: String! headRefName: String!
    baseRefName: String! author: User repository: Repository!
  }
  union Found = Repository | PullRequest
  type Search { nodes: [Found] }
  type Query {
    repository(owner: String!, name: String!): Repository
    search(type: SearchType!, query: String!, first: Int): Search!
  }
`;
async function complaints(query: string): Promise<readonly unknown[]> {
  const { buildSchema, parse, validate } = await import('graphql');
  return validate(buildSchema(schema), parse(query));
}

describe('Repositories at GitHub', () => {
  const node = (nameWithOwner: string, more: object = {}) => ({
    nameWithOwner,
    url: `https://github.com/${nameWithOwner}`,
    isArchived: false,
    viewerPermission: 'WRITE',
    defaultBranchRef: { name: 'main' },
    ...more,
  });
  const found = (nodes: object[], pageInfo: object = lastPage): Reply => data({ search: { pageInfo, nodes } });
  const list = (more: object = {}) => github.listRepositories(connection(), { owners: ['acme'], search: '', ...more });
  const text = () => service.asked[0]?.body.variables.text;

  it('are those that can be written to and are not archived', async () => {
    service.play({
      [GRAPHQL]: found([
        node('acme/web'),
        node('acme/maintained', { viewerPermission: 'MAINTAIN' }),
        node('acme/own', { viewerPermission: 'ADMIN', defaultBranchRef: null }),
        node('acme/read', { viewerPermission: 'READ' }),
        node('acme/triage', { viewerPermission: 'TRIAGE' }),
        node('acme/none', { viewerPermission: null }),
        node('acme/attic', { isArchived: true }),
      ]),
    });
    expect(await list()).toEqual({
      ok: true,
      value: {
        items: [
          { name: 'acme/web', url: 'https://github.com/acme/web', defaultBranch: 'main' },
          { name: 'acme/maintained', url: 'https://github.com/acme/maintained', defaultBranch: 'main' },
          { name: 'acme/own', url: 'https://github.com/acme/own' },
        ],
      },
    });
  });

  it.each([
    ['', ['acme'], 'user:acme fork:true archived:false sort:updated-desc'],
    ['we', ['acme', 'x'], 'we in:name user:acme user:x fork:true archived:false sort:updated-desc'],
    ['we', [], 'we in:name user:@me fork:true archived:false sort:updated-desc'],
    ['AC/we', ['acme', 'x'], 'we in:name user:acme fork:true archived:false sort:updated-desc'],
    ['y/we', ['acme', 'x'], 'we in:name user:acme user:x fork:true archived:false sort:updated-desc'],
    ['acme/', ['acme', 'x'], 'user:acme fork:true archived:false sort:updated-desc'],
    ['a/b/c', ['acme'], 'b c in:name user:acme fork:true archived:false sort:updated-desc'],
    ['  user:evil "x"  ', ['acme'], 'user evil x in:name user:acme fork:true archived:false sort:updated-desc'],
    ['my-app_1.0ü', ['acme'], 'my-app_1.0ü in:name user:acme fork:true archived:false sort:updated-desc'],
  ])('are searched for “%s” among %j alone', async (search, owners, asked) => {
    service.play({ [GRAPHQL]: found([]) });
    await list({ search, owners });
    expect(text()).toBe(asked);
  });

  it('come page by page', async () => {
    service.play({ [GRAPHQL]: found([], { hasNextPage: true, endCursor: 'next' }) });
    expect(await list()).toEqual({ ok: true, value: { items: [], next: 'next' } });
    expect(service.asked[0]?.body.variables.after).toBeNull();
    await list({ cursor: 'next' });
    expect(service.asked[1]?.body.variables.after).toBe('next');
    service.play({ [GRAPHQL]: found([], { hasNextPage: true, endCursor: null }) });
    expect(await list()).toEqual({ ok: true, value: { items: [] } });
    service.play({ [GRAPHQL]: found([], { hasNextPage: false, endCursor: 'last' }) });
    expect(await list()).toEqual({ ok: true, value: { items: [] } });
  });

  it('that are withheld until a token is approved say where that is done', async () => {
    const header = (value: string) => ({ ...(found([]) as object), headers: { 'x-github-sso': value } }) as Reply;
    service.play({ [GRAPHQL]: header('partial-results; organizations=21955855') });
    expect(await list()).toEqual({ ok: true, value: { items: [], approveUrl: 'https://github.com/settings/tokens' } });
    service.play({ [GRAPHQL]: header('other') });
    expect(await list()).toEqual({ ok: true, value: { items: [] } });
  });

  it.each<[Reply, object]>([
    [{ status: 401, body: { message: 'Bad credentials' } }, failure('AUTH_INVALID')],
    [{ body: { data: { search: null } } }, failure('NOT_AN_API_ANSWER')],
    [{ body: 'null' }, failure('NOT_AN_API_ANSWER')],
  ])('are not listed from %j', async (reply, refused) => {
    service.play({ [GRAPHQL]: reply });
    expect(await list()).toEqual(refused);
  });
});

describe('Branches at GitHub', () => {
  const list = (more: object = {}) => github.listBranches(connection(), { repository, search: '', ...more });
  const found = (nodes: object[], pageInfo: object = lastPage) => data({ repository: { refs: { pageInfo, nodes } } });

  it('are told with their commits, page by page', async () => {
    const more = { hasNextPage: true, endCursor: 'next' };
    service.play({ [GRAPHQL]: found([{ name: 'main', target: { oid: commit } }], more) });
    expect(await list()).toEqual({ ok: true, value: { items: [{ name: 'main', commit }], next: 'next' } });
    expect(service.asked[0]?.body.variables).toEqual({ owner: 'acme', repo: 'web', text: null, after: null });
    await list({ search: 'ma', cursor: 'next' });
    expect(service.asked[1]?.body.variables).toEqual({ owner: 'acme', repo: 'web', text: 'ma', after: 'next' });
  });

  it('of a repository that cannot be seen are not told', async () => {
    service.play({ [GRAPHQL]: data({ repository: null }, { errors: [{ type: 'NOT_FOUND', message: 'Could not' }] }) });
    expect(await list()).toEqual(failure('REPOSITORY_NOT_FOUND'));
  });
});

describe('What GitHub knows of an issue', () => {
  const pull = (more: object = {}) => ({
    number: 7,
    title: 'DEMO-1 Login',
    url: 'https://github.com/acme/web/pull/7',
    state: 'OPEN',
    isDraft: false,
    updatedAt: '2026-11-20T12:00:00Z',
    headRefName: 'fix',
    baseRefName: 'main',
    author: { login: 'alice' },
    repository: { nameWithOwner: repository },
    ...more,
  });
  const refs = (...names: string[]) => ({ refs: { nodes: names.map((name) => ({ name, target: { oid: commit } })) } });
  const find = (repositories: string[], owners: string[] = ['acme']) =>
    github.findWork(connection(), { issueKey: 'DEMO-1', owners, repositories });
  const nothing = { search: { nodes: [] } };

  it('is asked for with one request', async () => {
    service.play({ [GRAPHQL]: data({ ...nothing, r0: refs('DEMO-1-x', 'DEMO-12'), r1: refs('fix/demo-1') }) });
    expect(await find(['acme/web', 'acme/api'])).toEqual({
      ok: true,
      value: {
        branches: [
          { name: 'DEMO-1-x', commit, repository: 'acme/web' },
          { name: 'fix/demo-1', commit, repository: 'acme/api' },
        ],
        pullRequests: [],
      },
    });
    expect(service.asked).toHaveLength(1);
    const { query, variables } = service.asked[0]?.body ?? {};
    expect(query).toMatch(
      /r0: repository\(owner: "acme", name: "web"\)[^]*\n\s*r1: repository\(owner: "acme", name: "api"\)/,
    );
    expect(await complaints(query)).toEqual([]);
    expect(variables).toEqual({ key: 'DEMO-1', text: '"DEMO-1" in:title,body is:pr user:acme sort:updated-desc' });
  });

  it('is searched for without repositories too, among one’s own where there are no owners', async () => {
    service.play({ [GRAPHQL]: data(nothing) });
    expect(await find([], [])).toEqual({ ok: true, value: { branches: [], pullRequests: [] } });
    expect(await complaints(service.asked[0]?.body.query)).toEqual([]);
    expect(service.asked[0]?.body.variables.text).toBe('"DEMO-1" in:title,body is:pr user:@me sort:updated-desc');
  });

  it.each([
    [{}, 'open'],
    [{ isDraft: true }, 'draft'],
    [{ state: 'MERGED', isDraft: true }, 'merged'],
    [{ state: 'CLOSED', isDraft: true }, 'closed'],
  ])('has pull requests that name it: %j is %s', async (more, state) => {
    service.play({ [GRAPHQL]: data({ search: { nodes: [pull(more)] } }) });
    expect(await find([])).toEqual({
      ok: true,
      value: {
        branches: [],
        pullRequests: [
          {
            repository,
            number: 7,
            title: 'DEMO-1 Login',
            url: 'https://github.com/acme/web/pull/7',
            state,
            source: 'fix',
            target: 'main',
            updatedAt: '2026-11-20T12:00:00Z',
            author: 'alice',
          },
        ],
      },
    });
  });

  it('has those that name it in the branch, and none that only look alike', async () => {
    const nodes = [
      pull({ number: 1, title: 'Login', headRefName: 'demo-1' }),
      pull({ number: 2, title: 'DEMO-12', author: null }),
      pull({ number: 3, title: 'DEMO-', headRefName: '1' }),
      pull({ number: 4, author: null }),
    ];
    service.play({ [GRAPHQL]: data({ search: { nodes } }) });
    const answer = await find([]);
    expect(answer.ok && answer.value.pullRequests.map(({ number }) => number)).toEqual([1, 4]);
    expect(answer.ok && answer.value.pullRequests[1]).not.toHaveProperty('author');
  });

  it('leaves out a repository that is hidden, and nothing else', async () => {
    const errors = [{ type: 'NOT_FOUND', path: ['r0'], message: 'Could not resolve' }];
    service.play({ [GRAPHQL]: data({ search: { nodes: [pull()] }, r0: null, r1: refs('DEMO-1') }, { errors }) });
    const answer = await find(['acme/gone', 'acme/web']);
    expect(answer.ok && answer.value.branches.map((branch) => branch.repository)).toEqual(['acme/web']);
    expect(answer.ok && answer.value.pullRequests).toHaveLength(1);
  });

  it('is not told where the search itself failed', async () => {
    const errors = [{ type: 'RATE_LIMITED', message: 'slow down' }];
    service.play({ [GRAPHQL]: data({ search: null }, { errors }) });
    expect(await find([])).toMatchObject(failure('RATE_LIMITED'));
    service.play({ [GRAPHQL]: { status: 401, body: { message: 'Bad credentials' } } });
    expect(await find([])).toEqual(failure('AUTH_INVALID'));
    service.play({ [GRAPHQL]: data({ search: { nodes: [{}] } }) });
    expect(await find([])).toEqual(failure('NOT_AN_API_ANSWER'));
  });
});

describe('Who a token of GitHub belongs to', () => {
  const USER = 'GET /user';
  const user = (more: object = {}, headers: Record<string, string> = {}): Reply => ({
    body: { login: 'alice', id: 7, type: 'User', ...more },
    headers,
  });
  const check = (token?: string) => github.checkToken(connection('github.com', token));

  it('is told with its scopes and its end', async () => {
    const headers = {
      'x-oauth-scopes': 'repo, workflow, ',
      'github-authentication-token-expiration': '2026-02-06 07:42:23 +0100',
    };
    service.play({ [USER]: user({}, headers) });
    expect(await check()).toEqual({
      ok: true,
      value: {
        login: 'alice',
        accountId: '7',
        expiresAt: '2026-02-06T06:42:23.000Z',
        missingScopes: [],
        bot: false,
        scopes: ['repo', 'workflow'],
      },
    });
    expect(service.asked[0]?.headers).toMatchObject({
      authorization: 'token ghp_alice',
      'x-github-api-version': '2022-11-28',
      'user-agent': expect.stringContaining('undersigned-for-jira'),
    });
  });

  it('may be a machine, and may have no scopes to tell of', async () => {
    service.play({ [USER]: user({ type: 'Bot' }) });
    const answer = await check();
    expect(answer).toMatchObject({ ok: true, value: { bot: true, expiresAt: 'never', missingScopes: [] } });
    expect(answer.ok && answer.value).not.toHaveProperty('scopes');
    service.play({ [USER]: user({ type: undefined }, { 'x-oauth-scopes': 'public_repo' }) });
    expect(await check()).toMatchObject({
      value: { bot: false, scopes: ['public_repo'], missingScopes: ['repo'] },
    });
    service.play({ [USER]: user({}, { 'x-oauth-scopes': '' }) });
    expect(await check()).toMatchObject({ value: { scopes: [], missingScopes: ['repo'] } });
  });

  it.each([
    ['2024-10-04 11:29:00 UTC', '2024-10-04T11:29:00.000Z'],
    [' 2024-10-04 11:29:00 -0730 ', '2024-10-04T18:59:00.000Z'],
    ['2024-10-04 11:29:00 +07:30', '2024-10-04T03:59:00.000Z'],
    ['2024-99-04 11:29:00 UTC', 'unknown'],
    ['tomorrow', 'unknown'],
    ['x2024-10-04 11:29:00 UTC', 'unknown'],
    ['2024-10-04 11:29:00 UTCx', 'unknown'],
  ])('tells that a token ends “%s”: %s', async (header, expiresAt) => {
    service.play({ [USER]: user({}, { 'github-authentication-token-expiration': header }) });
    expect(await check()).toMatchObject({ value: { expiresAt } });
  });

  it('is nobody for what no header can hold, without a question', async () => {
    service.play({ [USER]: user() });
    for (const token of ['my token is „secret“', 'a b', 'a\nb', ' ghp_x', 'ghp_x ', ''])
      expect(await check(token)).toEqual(failure('AUTH_INVALID'));
    expect(service.asked).toEqual([]);
  });

  it('is not told by an answer that is none of GitHub’s', async () => {
    for (const body of [{ login: '', id: 7 }, { login: 'alice' }, {}]) {
      service.play({ [USER]: { body } });
      expect(await check()).toEqual(failure('NOT_AN_API_ANSWER'));
    }
    service.play({ [USER]: { status: 401, body: {} } });
    expect(await check()).toEqual(failure('AUTH_INVALID'));
  });

  it('has owners, each once', async () => {
    const owned = ['acme', 'alice', 'acme'].map((login) => ({ owner: { login } }));
    service.play({ 'GET /user/repos': { body: owned } });
    expect(await github.findOwners(connection())).toEqual({ ok: true, value: ['acme', 'alice'] });
    expect(service.asked[0]?.query).toEqual({ sort: 'pushed', per_page: '100' });
    service.play({ 'GET /user/repos': { status: 403, body: {} } });
    expect(await github.findOwners(connection())).toEqual(failure('REQUEST_REFUSED', { status: 403 }));
  });
});

describe('What answers at an address', () => {
  const META = 'GET /api/v3/meta';

  it('is github.com itself, which nobody has to ask', async () => {
    service.play({});
    expect(await github.detect(connection())).toEqual({ ok: true, value: { edition: 'github.com' } });
    expect(service.asked).toEqual([]);
  });

  it('is a server that says its version', async () => {
    service.play({ [META]: { body: { installed_version: '3.19.2' } } });
    expect(await github.detect(connection('ghes'))).toEqual({
      ok: true,
      value: { edition: 'ghes', version: '3.19.2' },
    });
  });

  it.each<[Reply, object]>([
    [{ status: 404, body: {} }, failure('NOT_THIS_SERVICE')],
    [{ body: {} }, failure('NOT_THIS_SERVICE')],
    [{ body: { installed_version: 'x3.19' } }, failure('NOT_THIS_SERVICE')],
    [{ body: { installed_version: '3' } }, failure('NOT_THIS_SERVICE')],
    [{ status: 401, body: {} }, failure('AUTH_INVALID')],
  ])('is no server when it says %j', async (reply, refused) => {
    service.play({ [META]: reply });
    expect(await github.detect(connection('ghes'))).toEqual(refused);
  });
});

describe('Pages of GitHub', () => {
  const links = () => linksOf(connection().service);
  const server = (version: string) => ({ ...connection('ghes').service, version });

  it('are those of repositories, branches and tokens', () => {
    const { service: at } = connection();
    expect(links().branch(at, 'acme/web', 'fix/ü #1')).toBe('https://github.com/acme/web/tree/fix/%C3%BC%20%231');
    expect(links().clone(at, 'acme/web')).toBe('https://github.com/acme/web.git');
    expect(links().newToken(at, 'For Jira')).toBe(
      'https://github.com/settings/tokens/new?description=For+Jira&scopes=repo',
    );
    expect(links().otherToken?.(at)).toBe('https://github.com/settings/personal-access-tokens/new');
  });

  it.each([
    ['3.9.4', false],
    ['3.10.0', true],
    ['4.0', true],
    ['2.22.1', false],
    ['', false],
  ])('of a server %s make fine-grained tokens: %s', (version, has) => {
    expect(links().otherToken?.(server(version)) !== undefined).toBe(has);
  });
});
