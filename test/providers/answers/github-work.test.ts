// cspell:ignore octo
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

/** The fields of a query about an issue, as in GitHub's schema (docs "GraphQL: objects"). */
const schema = `
  enum SearchType { REPOSITORY ISSUE }
  type Target { oid: ID! }
  type Pulls { nodes: [PullRequest] }
  type Ref { name: String! target: Target associatedPullRequests(first: Int): Pulls! }
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

describe('GitHub’s work of an issue', () => {
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
  /** The part beside a repository's branches: the pull requests from them. */
  const from = (...nodes: object[]) => ({ refs: { nodes: [{ associatedPullRequests: { nodes } }] } });

  it('has no instant that is none, and no status by a name that every object has', async () => {
    service.play({ [GRAPHQL]: data({ search: { nodes: [pull({ updatedAt: 'soon' })] } }) });
    const found = await find([]);
    expect(found).toMatchObject({ value: { pullRequests: [{ number: 7 }] } });
    expect(JSON.stringify(found)).not.toContain('soon');
    for (const type of ['constructor', '__proto__', 'toString']) {
      service.play({ [GRAPHQL]: data({ repository: null }, { errors: [{ type, message: 'No' }] }) });
      const read = { ...connection(), deadline: Date.now() + 10_000 };
      expect(await github.readHead(read, { repository, name: 'main' })).not.toMatchObject({ ok: true });
      const listed = await github.listBranches(read, { repository, search: '' });
      expect(listed).toEqual(failure('UNEXPECTED_ANSWER', { status: 200, reading: true, said: 'No' }));
    }
  });

  it('is named as withheld in part, with the way to an approval if there is one', async () => {
    const errors = (message: string, more: object = {}) => [
      { type: 'FORBIDDEN', path: ['s1', 'nodes', 0], message, ...more },
    ];
    const given = { search: { nodes: [pull()] }, s1: { nodes: [null] } };
    const saml = 'Resource protected by organization SAML enforcement.';
    service.play({ [GRAPHQL]: data(given, { errors: errors(saml, { extensions: { saml_failure: true } }) }) });
    expect(await find([], ['acme', 'closed'])).toMatchObject({
      value: {
        pullRequests: [{ number: 7 }],
        withheld: { code: 'SSO_REQUIRED', url: 'https://github.com/settings/tokens' },
      },
    });
    const listed = 'the `closed` organization has an IP allow list enabled, and your IP address is not permitted';
    service.play({ [GRAPHQL]: data(given, { errors: errors(listed) }) });
    expect(await find([], ['acme', 'closed'])).toMatchObject({
      value: { pullRequests: [{ number: 7 }], withheld: { code: 'IP_BLOCKED', organization: 'closed' } },
    });
    service.play({
      [GRAPHQL]: data({ ...given, r0: null }, { errors: [{ type: 'NOT_FOUND', path: ['r0'], message: 'gone' }] }),
    });
    expect(await find(['acme/gone'])).toEqual({
      ok: true,
      value: { branches: [], pullRequests: [expect.anything()], unseen: ['acme/gone'] },
    });
  });

  it('says what failed beside a repository that is gone, and takes neither for another server', async () => {
    const gone = { type: 'NOT_FOUND', path: ['r0'], message: 'gone' };
    const trouble = { message: 'Something went wrong while executing your query.', path: ['search'] };
    service.play({ [GRAPHQL]: data({ search: null, r0: null }, { errors: [gone, trouble] }) });
    expect(await find(['acme/gone'])).toMatchObject(failure('UNEXPECTED_ANSWER', { reading: true }));
    service.play({ [GRAPHQL]: data({ search: null, r0: null }, { errors: [gone] }) });
    expect(await find(['acme/gone'])).toMatchObject(failure('REPOSITORY_NOT_FOUND'));
  });

  it('takes one request', async () => {
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
    expect(query).toContain('search: search(type: ISSUE, query: $t0');
    expect(await complaints(query)).toEqual([]);
    expect(variables).toEqual({ key: 'DEMO-1', t0: '"DEMO-1" in:title,body is:pr user:acme sort:updated-desc' });
  });

  it('is searched for without repositories too, among one’s own where there are no owners', async () => {
    service.play({ [GRAPHQL]: data(nothing) });
    expect(await find([], [])).toEqual({ ok: true, value: { branches: [], pullRequests: [] } });
    expect(await complaints(service.asked[0]?.body.query)).toEqual([]);
    expect(service.asked[0]?.body.variables).toEqual({
      t0: '"DEMO-1" in:title,body is:pr user:@me sort:updated-desc',
    });
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
      { number: 1, title: 'Login', headRefName: 'demo-1' },
      { number: 2, title: 'DEMO-12', author: null },
      { number: 3, title: 'DEMO-', headRefName: '1' },
      { number: 4, author: null },
    ].map((more) => pull({ ...more, url: `https://github.com/acme/web/pull/${more.number}` }));
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

  it('has pull requests from its branches, whatever their title says, each once and the latest first', async () => {
    const fix = pull({
      number: 1,
      title: 'Fix the login',
      headRefName: 'feature/DEMO-1-by-hand',
      url: 'https://github.com/acme/web/pull/1',
    });
    const other = pull({
      number: 2,
      title: 'Other',
      headRefName: 'DEMO-12',
      url: 'https://github.com/acme/web/pull/2',
    });
    const late = pull({ updatedAt: '2026-11-29T12:00:00Z' });
    service.play({
      [GRAPHQL]: data({ search: { nodes: [late] }, r0: refs('feature/DEMO-1-by-hand'), p0: from(fix, other, late) }),
    });
    const answer = await find(['acme/web']);
    expect(answer.ok && answer.value.pullRequests.map(({ number }) => number)).toEqual([7, 1]);
    expect(service.asked).toHaveLength(1);
  });

  it('has its branches where the token may not see pull requests', async () => {
    const errors = [{ type: 'FORBIDDEN', path: ['p0'], message: 'Resource not accessible by personal access token' }];
    service.play({ [GRAPHQL]: data({ search: { nodes: [] }, r0: refs('DEMO-1'), p0: null }, { errors }) });
    const answer = await find(['acme/web']);
    expect(answer.ok && answer.value.branches).toHaveLength(1);
  });

  it('is searched for at each owner by itself: two side by side would be both at once', async () => {
    service.play({
      [GRAPHQL]: data(
        { search: { nodes: [pull()] }, s1: null },
        { errors: [{ type: 'FORBIDDEN', path: ['s1'], message: 'SAML' }] },
      ),
    });
    const answer = await find([], ['acme', 'octo']);
    expect(answer.ok && answer.value.pullRequests).toHaveLength(1);
    const { query, variables } = service.asked[0]?.body ?? {};
    expect(await complaints(query)).toEqual([]);
    expect(Object.values(variables)).toEqual(
      ['acme', 'octo'].map((owner) => `"DEMO-1" in:title,body is:pr user:${owner} sort:updated-desc`),
    );
  });

  it('is missing where the search itself failed', async () => {
    const errors = [{ type: 'RATE_LIMITED', message: 'slow down' }];
    service.play({ [GRAPHQL]: data({ search: null }, { errors }) });
    expect(await find([])).toMatchObject(failure('RATE_LIMITED'));
    service.play({ [GRAPHQL]: { status: 401, body: { message: 'Bad credentials' } } });
    expect(await find([])).toEqual(failure('AUTH_INVALID'));
    service.play({ [GRAPHQL]: data({ search: { nodes: [{}] } }) });
    expect(await find([])).toEqual(failure('NOT_AN_API_ANSWER'));
  });
});
