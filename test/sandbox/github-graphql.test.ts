import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { SCHEMA_SDL } from '../../sandbox/services/github/graphql/schema-sdl';
import { TOKEN, at, openSimulatedGitHub } from '../support/simulated-github';
import type { SimulatedGitHub } from '../support/simulated-github';

let github: SimulatedGitHub;
beforeAll(async () => (github = await openSimulatedGitHub()));
afterAll(() => github.close());
beforeEach(() => github.service.reset());

const ask = async (query: string, token: string = TOKEN.alice, variables = {}) =>
  (await github.graphql(query, token, variables)).body;
const openPull = (changes: object = {}) =>
  github.api('POST', '/repos/acme/web/pulls', {
    body: { title: 'DEMO-12: Currency', head: 'feature/DEMO-12-currency', base: 'main', ...changes },
  });

describe('the modelled GraphQL schema', () => {
  const published = buildSchema(
    readFileSync(join(process.cwd(), 'node_modules/@octokit/graphql-schema/schema.graphql'), 'utf8'),
    { assumeValid: true },
  );
  const ours = buildSchema(SCHEMA_SDL);

  /** Everything a schema says about a type, one line each, so that a subset of lines is a subset of schema. */
  const lines = (schema: GraphQLSchema, name: string): string[] => {
    const type = schema.getType(name);
    const field = (one: GraphQLField<unknown, unknown>): string[] => [
      `${name}.${one.name}: ${String(one.type)}`,
      ...one.args.map(
        (arg) => `${name}.${one.name}(${arg.name}: ${String(arg.type)} = ${JSON.stringify(arg.defaultValue)})`,
      ),
    ];
    if (isObjectType(type) || isInterfaceType(type)) {
      const interfaces = type.getInterfaces().map((one) => `${name} implements ${one.name}`);
      return [...interfaces, ...Object.values(type.getFields()).flatMap(field)];
    }
    if (isEnumType(type)) return type.getValues().map((value) => `${name}.${value.name}`);
    if (isUnionType(type)) return type.getTypes().map((member) => `${name} may be ${member.name}`);
    if (isInputObjectType(type))
      return Object.values(type.getFields()).map((one) => `${name}.${one.name}: ${String(one.type)}`);
    return type ? [`scalar ${name}`] : [];
  };
  const types = Object.keys(ours.getTypeMap()).filter((name) => !name.startsWith('__'));

  it.each(types)('has no member of %s that GitHub’s published schema lacks', (name) => {
    expect(lines(ours, name).length).toBeGreaterThan(0);
    expect(lines(published, name)).toEqual(expect.arrayContaining(lines(ours, name)));
  });

  it('knows each argument the published schema requires', () => {
    const missing = types.flatMap((name) => {
      const [own, theirs] = [ours.getType(name), published.getType(name)];
      if (!isObjectType(own) || !isObjectType(theirs)) return [];
      return Object.values(own.getFields()).flatMap((field) =>
        (theirs.getFields()[field.name]?.args ?? [])
          .filter((arg) => isRequiredArgument(arg) && !field.args.some((one) => one.name === arg.name))
          .map((arg) => `${name}.${field.name}(${arg.name})`),
      );
    });
    expect(missing).toEqual([]);
  });
});

describe('asking GraphQL for repositories', () => {
  const SEARCH = `query ($q: String!, $after: String) { search(type: REPOSITORY, query: $q, first: 1, after: $after) {
    repositoryCount pageInfo { hasNextPage endCursor }
    nodes { ... on Repository { nameWithOwner url isArchived isPrivate viewerPermission defaultBranchRef { name target { oid } } } } } }`;

  it('finds them page by page, with the viewer’s right and the tip of the default branch', async () => {
    const q = 'web in:name user:acme fork:true sort:updated-desc';
    const first = await ask(SEARCH, TOKEN.alice, { q });
    expect(first).toEqual({
      data: {
        search: {
          repositoryCount: 2,
          pageInfo: { hasNextPage: true, endCursor: expect.any(String) as string },
          nodes: [
            {
              nameWithOwner: 'acme/web',
              url: 'https://github.com/acme/web',
              isArchived: false,
              isPrivate: true,
              viewerPermission: 'WRITE',
              defaultBranchRef: { name: 'main', target: { oid: await github.shaOf('main') } },
            },
          ],
        },
      },
    });
    const second = await ask(SEARCH, TOKEN.alice, { q, after: at(first, 'data.search.pageInfo.endCursor') });
    expect(second).toMatchObject({
      data: {
        search: { pageInfo: { hasNextPage: false }, nodes: [{ nameWithOwner: 'acme/web-attic', isArchived: true }] },
      },
    });
    expect(await ask(SEARCH, TOKEN.bob, { q })).toMatchObject({
      data: { search: { repositoryCount: 1, nodes: [{ viewerPermission: 'READ' }] } },
    });
  });

  it('has no default branch where there is no commit', async () => {
    const answer = await ask(
      '{ repository(owner: "acme", name: "fresh") { isEmpty defaultBranchRef { name } refs(refPrefix: "refs/heads/", first: 1) { totalCount } } }',
    );
    expect(answer).toEqual({
      data: { repository: { isEmpty: true, defaultBranchRef: null, refs: { totalCount: 0 } } },
    });
  });

  it('names the organizations that were left out because of single sign-on', async () => {
    const q = 'user:acme user:acme-secure';
    const answer = await github.graphql(SEARCH, TOKEN.alice, { q });
    expect(answer.headers.get('x-github-sso')).toBe('partial-results; organizations=21955856');
    expect(at(answer.body, 'data.search.repositoryCount')).toBe(3);
  });
});

describe('asking GraphQL for branches', () => {
  const REFS = `query ($q: String, $after: String) { repository(owner: "acme", name: "web") { refs(refPrefix: "refs/heads/", query: $q, first: 2, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { name target { oid } } } } }`;

  it('finds a key in the middle of a name, in any case', async () => {
    expect(await ask(REFS, TOKEN.alice, { q: 'demo-12' })).toMatchObject({
      data: { repository: { refs: { totalCount: 1, nodes: [{ name: 'feature/DEMO-12-currency' }] } } },
    });
  });

  it('pages in the order of names', async () => {
    const first = await ask(REFS);
    expect(at(first, 'data.repository.refs')).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
    const after = at(first, 'data.repository.refs.pageInfo.endCursor');
    expect(at(await ask(REFS, TOKEN.alice, { after }), 'data.repository.refs.nodes.0.name')).toBe('main');
  });

  it('finds one branch by its full name, or none', async () => {
    const ref = (name: string) => `ref(qualifiedName: "${name}") { name prefix target { oid } }`;
    const answer = await ask(
      `{ repository(owner: "acme", name: "web") { a: ${ref('refs/heads/feature/DEMO-12-currency')} b: ${ref('refs/heads/none')} } }`,
    );
    expect(answer).toMatchObject({
      data: { repository: { a: { name: 'feature/DEMO-12-currency', prefix: 'refs/heads/' }, b: null } },
    });
  });
});

describe('asking GraphQL for the work of an issue', () => {
  it('answers branches and pull requests of several repositories at once', async () => {
    await openPull();
    await openPull({ head: 'develop', title: 'Something else' });
    const answer = await ask(`{
      r0: repository(owner: "acme", name: "web") {
        refs(refPrefix: "refs/heads/", query: "DEMO-12", first: 5) { nodes { name } }
        pullRequests(first: 5, headRefName: "feature/DEMO-12-currency", states: [OPEN], orderBy: {field: UPDATED_AT, direction: DESC}) { totalCount nodes { number } }
      }
      r1: repository(owner: "alice", name: "dotfiles") { refs(refPrefix: "refs/heads/", query: "DEMO-12", first: 5) { nodes { name } } }
      search(type: ISSUE, query: "DEMO-12 is:pr repo:acme/web repo:alice/dotfiles", first: 5) { issueCount nodes { ... on PullRequest {
        number title url state isDraft createdAt updatedAt mergedAt author { login } headRefName baseRefName repository { nameWithOwner } } } }
    }`);
    expect(answer).toEqual({
      data: {
        r0: {
          refs: { nodes: [{ name: 'feature/DEMO-12-currency' }] },
          pullRequests: { totalCount: 1, nodes: [{ number: 1 }] },
        },
        r1: { refs: { nodes: [] } },
        search: {
          issueCount: 1,
          nodes: [
            {
              number: 1,
              title: 'DEMO-12: Currency',
              url: 'https://github.com/acme/web/pull/1',
              state: 'OPEN',
              isDraft: false,
              createdAt: '2026-01-20T12:00:00Z',
              updatedAt: '2026-01-20T12:00:00Z',
              mergedAt: null,
              author: { login: 'alice' },
              headRefName: 'feature/DEMO-12-currency',
              baseRefName: 'main',
              repository: { nameWithOwner: 'acme/web' },
            },
          ],
        },
      },
    });
  });

  it('answers the possible part, with a reason for each missing one', async () => {
    const answer = await github.graphql(`{
      web: repository(owner: "acme", name: "web") { name }
      gone: repository(owner: "acme", name: "gone") { name }
      vault: repository(owner: "acme-secure", name: "vault") { name }
    }`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      data: { web: { name: 'web' }, gone: null, vault: null },
      errors: [
        { type: 'NOT_FOUND', path: ['gone'], message: "Could not resolve to a Repository with the name 'acme/gone'." },
        { type: 'FORBIDDEN', path: ['vault'], extensions: { saml_failure: true } },
      ],
    });
    expect(answer.headers.get('x-github-sso')).toContain('required; url=https://github.com/orgs/acme-secure/sso?');
  });

  it('names everything out of reach of a fine-grained token', async () => {
    const answer = await ask(
      '{ repository(owner: "acme", name: "web") { name pullRequest(number: 1) { title } } }',
      TOKEN.fineReadOnly,
    );
    expect(answer).toMatchObject({
      data: { repository: { name: 'web', pullRequest: null } },
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by personal access token' }],
    });
  });
});

describe('asking GraphQL for the viewer', () => {
  it('answers the account', async () => {
    expect(await ask('{ viewer { login name } }', TOKEN.bob)).toMatchObject({
      data: { viewer: { login: 'bob', name: 'BOB' } },
    });
  });

  it('gives the organizations only to a classic token with read:org, and to a fine-grained one', async () => {
    const query = '{ viewer { login organizations(first: 9) { nodes { login } } } }';
    const refused = await ask(query);
    expect(at(refused, 'errors.0.type')).toBe('INSUFFICIENT_SCOPES');
    expect(at(refused, 'data.viewer')).toBeUndefined();
    const all = ['acme', 'acme-secure', 'modern', 'fenced'].map((login) => ({ login }));
    expect(at(await ask(query, TOKEN.readOrg), 'data.viewer.organizations.nodes')).toEqual(all);
    expect(at(await ask(query, TOKEN.fine), 'data.viewer.organizations.nodes')).toEqual(all);
  });
});

describe('a GraphQL request', () => {
  it('needs a token that works', async () => {
    expect(await github.graphql('{ viewer { login } }', TOKEN.revoked)).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    });
    const anonymous = await github.api('POST', '/graphql', {
      token: null,
      body: { query: '{ viewer { login } }' },
      unjudged: true,
    });
    expect(anonymous.status).toBe(401);
  });

  it.each([
    ['no page size', 'refs(refPrefix: "refs/heads/") { totalCount }', 'MISSING_PAGINATION_BOUNDARIES'],
    ['a page of more than 100', 'refs(refPrefix: "refs/heads/", first: 101) { totalCount }', 'EXCESSIVE_PAGINATION'],
    [
      'a cursor of its own making',
      'refs(refPrefix: "refs/heads/", first: 1, after: "x") { totalCount }',
      'INVALID_CURSOR_ARGUMENTS',
    ],
    ['a pull request that is not there', 'pullRequest(number: 77) { title }', 'NOT_FOUND'],
  ])('with %s is refused in its place', async (_what, field, type) => {
    expect(await ask(`{ repository(owner: "acme", name: "web") { name ${field} } }`)).toMatchObject({
      errors: [{ type }],
    });
  });

  it('with a field that is not modelled, or that is no GraphQL, answers errors and no data', async () => {
    const unknown = await ask('{ viewer { login bio } }');
    expect(at(unknown, 'errors.0.message')).toContain('Cannot query field "bio"');
    expect(at(unknown, 'data')).toBeUndefined();
    expect(at(await ask('{ viewer '), 'errors.0.message')).toContain('Syntax Error');
    const broken = await github.api('POST', '/graphql', { body: 'query', unjudged: true });
    expect(broken).toMatchObject({ status: 400, body: { message: 'Problems parsing JSON' } });
  });

  it('has a rate limit of its own, with status 200', async () => {
    await github.fault({ path: '/graphql', rateLimit: 'primary' });
    const refused = await github.graphql('{ viewer { login } }');
    expect(refused).toMatchObject({ status: 200, body: { errors: [{ type: 'RATE_LIMITED' }] } });
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(await github.api('GET', '/user')).toMatchObject({ status: 200 });
  });
});
