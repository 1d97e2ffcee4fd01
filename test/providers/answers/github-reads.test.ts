// cspell:ignore jasperapp dlvhdr
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

  // jasperapp/jasper#187, dlvhdr/gh-dash#140: null among the nodes, and an error with its path.
  it('that GitHub gives are shown beside withheld ones, with the way to an approval if there is one', async () => {
    const saml = {
      type: 'FORBIDDEN',
      path: ['search', 'nodes', 1],
      extensions: { saml_failure: true },
      message: 'SAML',
    };
    const search = { search: { pageInfo: lastPage, nodes: [node('acme/web'), null] } };
    service.play({ [GRAPHQL]: data(search, { errors: [saml] }) });
    expect(await list()).toMatchObject({
      ok: true,
      value: { items: [{ name: 'acme/web' }], approveUrl: expect.any(String) },
    });
    const message = 'the `acme` organization has an IP allow list enabled, and your IP address is not permitted';
    const allowList = { type: 'FORBIDDEN', path: ['search', 'nodes', 1], message };
    service.play({ [GRAPHQL]: data(search, { errors: [allowList] }) });
    const answer = await list();
    expect(answer).toMatchObject({ ok: true, value: { items: [{ name: 'acme/web' }] } });
    expect(answer.ok && answer.value).not.toHaveProperty('approveUrl');
    expect(answer).toMatchObject({ value: { withheld: { code: 'IP_BLOCKED', organization: 'acme' } } });
    // An error about a field hides no repository.
    const field = {
      type: 'FORBIDDEN',
      path: ['search', 'nodes', 0, 'defaultBranchRef'],
      message: 'Resource not accessible',
    };
    service.play({ [GRAPHQL]: data(search, { errors: [field] }) });
    expect(Object.keys(((await list()) as { value: object }).value)).toEqual(['items']);
    service.play({ [GRAPHQL]: data(search) });
    expect(await list()).toMatchObject({ ok: true, value: { items: [{ name: 'acme/web' }] } });
    // Without any repository, the reason is shown.
    service.play({ [GRAPHQL]: data({ search: { pageInfo: lastPage, nodes: [null] } }, { errors: [allowList] }) });
    expect(await list()).toEqual(failure('IP_BLOCKED', { organization: 'acme' }));
  });

  // googleapis/release-please#2905
  it('are requested once more after a failure of GitHub, and only once', async () => {
    const trouble = data({}, { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] });
    service.play({ [GRAPHQL]: [trouble, found([node('acme/web')])] });
    expect(await list()).toMatchObject({ ok: true, value: { items: [{ name: 'acme/web' }] } });
    service.play({ [GRAPHQL]: trouble });
    expect(await list()).toMatchObject(failure('UNEXPECTED_ANSWER', { reading: true }));
    expect(service.asked).toHaveLength(2);
  });

  it('are not searched without GraphQL: that is no GitHub', async () => {
    service.play({ [GRAPHQL]: { status: 404, body: { message: 'Not Found' } } });
    expect(await list()).toEqual(failure('NOT_THIS_SERVICE'));
    const branches = await github.listBranches(connection(), { repository, search: '' });
    expect(branches).toEqual(failure('REPOSITORY_NOT_FOUND'));
  });
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

  it('that are withheld until a token is approved name the place of the approval', async () => {
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

  it('come with their commits, page by page', async () => {
    const more = { hasNextPage: true, endCursor: 'next' };
    service.play({ [GRAPHQL]: found([{ name: 'main', target: { oid: commit } }], more) });
    expect(await list()).toEqual({ ok: true, value: { items: [{ name: 'main', commit }], next: 'next' } });
    expect(service.asked[0]?.body.variables).toEqual({ owner: 'acme', repo: 'web', text: null, after: null });
    await list({ search: 'ma', cursor: 'next' });
    expect(service.asked[1]?.body.variables).toEqual({ owner: 'acme', repo: 'web', text: 'ma', after: 'next' });
  });

  it('are given without those whose object is not, and never as none for want of a right', async () => {
    const lost = { name: 'lost', target: null };
    service.play({ [GRAPHQL]: found([lost, { name: 'main', target: { oid: commit } }]) });
    expect(await list()).toEqual({ ok: true, value: { items: [{ name: 'main', commit }] } });
    const message = 'Resource not accessible by personal access token';
    const errors = [{ type: 'FORBIDDEN', path: ['repository', 'refs', 'nodes', 0, 'target'], message }];
    service.play({ [GRAPHQL]: data({ repository: { refs: { pageInfo: lastPage, nodes: [lost] } } }, { errors }) });
    expect(await list()).toMatchObject(failure('SCOPE_MISSING'));
  });

  it('of a hidden repository are not given', async () => {
    service.play({ [GRAPHQL]: data({ repository: null }, { errors: [{ type: 'NOT_FOUND', message: 'Could not' }] }) });
    expect(await list()).toEqual(failure('REPOSITORY_NOT_FOUND'));
  });
});

describe('The owner of a GitHub token', () => {
  const USER = 'GET /user';
  const user = (more: object = {}, headers: Record<string, string> = {}): Reply => ({
    body: { login: 'alice', id: 7, type: 'User', ...more },
    headers,
  });
  const check = (token?: string) => github.checkToken(connection('github.com', token));

  it('comes with its scopes and its expiry', async () => {
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
        kind: 'classic',
        scopes: ['repo', 'workflow'],
      },
    });
    expect(service.asked[0]?.headers).toMatchObject({
      authorization: 'token ghp_alice',
      'x-github-api-version': '2022-11-28',
      'user-agent': expect.stringContaining('undersigned-for-jira'),
    });
  });

  it('can be a machine, and can come without scopes', async () => {
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
  ])('comes with the expiry “%s”: %s', async (header, expiresAt) => {
    service.play({ [USER]: user({}, { 'github-authentication-token-expiration': header }) });
    expect(await check()).toMatchObject({ value: { expiresAt } });
  });

  it('is nobody for a text that no header can hold, without a request', async () => {
    service.play({ [USER]: user() });
    for (const token of ['my token is „secret“', 'a b', 'a\nb', ' ghp_x', 'ghp_x ', ''])
      expect(await check(token)).toEqual(failure('AUTH_INVALID'));
    expect(service.asked).toEqual([]);
  });

  it('is not taken from an answer of somebody else', async () => {
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

  it('has a page to be approved on where something is withheld', async () => {
    const headers = { 'x-github-sso': 'partial-results; organizations=21955855' };
    service.play({ 'GET /user/repos': { body: [], headers } });
    expect(await github.approvalPage?.(connection())).toEqual({
      ok: true,
      value: 'https://github.com/settings/tokens',
    });
    service.play({ 'GET /user/repos': { body: [] } });
    expect(await github.approvalPage?.(connection())).toEqual({ ok: true, value: undefined });
  });
});

describe('The service at an address', () => {
  const META = 'GET /api/v3/meta';

  it('is github.com itself, without a request', async () => {
    service.play({});
    expect(await github.detect(connection())).toEqual({ ok: true, value: { edition: 'github.com' } });
    expect(service.asked).toEqual([]);
  });

  it('is a server that names its version', async () => {
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
