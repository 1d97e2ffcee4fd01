import { TOKEN, at, openSimulatedGitHub } from '../support/simulated-github';
import type { SimulatedGitHub } from '../support/simulated-github';

let github: SimulatedGitHub;
beforeAll(async () => (github = await openSimulatedGitHub()));
afterAll(() => github.close());
beforeEach(async () => {
  github.clock.now = new Date('2026-01-20T12:00:00Z');
  await github.service.reset();
});

const get = (path: string, token: string | null = TOKEN.alice, headers = {}) =>
  github.api('GET', path, { token, headers });
const create = (repository: string, token: string) =>
  github.api('POST', `/repos/${repository}/git/refs`, { token, body: { ref: 'refs/heads/x', sha: 'a'.repeat(40) } });
const names = async (token: string, query = '') =>
  ((await get(`/user/repos?${query}`, token)).body as { full_name: string }[]).map(({ full_name }) => full_name);
const search = (q: string, token: string = TOKEN.alice) =>
  github.graphql(
    'query ($q: String!) { search(type: REPOSITORY, query: $q, first: 9) { repositoryCount nodes { ... on Repository { nameWithOwner } } } }',
    token,
    { q },
  );
const found = ({ body }: Awaited<ReturnType<typeof search>>) =>
  (at(body, 'data.search.nodes') as ({ nameWithOwner: string } | null)[]).flatMap((node) => node?.nameWithOwner ?? []);
/** The answer of a write that passed all checks of the token: the commit does not exist. */
const LET_IN = { status: 422, body: { message: 'Object does not exist' } };

describe('a token', () => {
  it('names its owner, its scopes and its expiry', async () => {
    const classic = await get('/user', TOKEN.expiring);
    expect(classic).toMatchObject({ status: 200, body: { login: 'alice', name: 'ALICE', type: 'User' } });
    expect(classic.headers.get('x-oauth-scopes')).toBe('repo');
    expect(classic.headers.get('x-accepted-oauth-scopes')).toBe('');
    expect(classic.headers.get('github-authentication-token-expiration')).toBe('2026-01-31 12:00:00 UTC');
    const fine = await get('/user', TOKEN.fine);
    expect(fine).toMatchObject({ status: 200, body: { login: 'alice' } });
    expect(fine.headers.get('x-oauth-scopes')).toBeNull();
    expect(fine.headers.get('github-authentication-token-expiration')).toBe('2026-02-06 07:42:23 +0100');
    const endless = await get('/user');
    expect(endless.headers.get('github-authentication-token-expiration')).toBeNull();
    expect((await get('/user', TOKEN.noScope)).headers.get('x-oauth-scopes')).toBe('');
  });

  it.each([
    ['unknown', 'ghp_nobody'],
    ['revoked', TOKEN.revoked],
    ['empty', ''],
  ])('that is %s is answered with 401', async (_what, token) => {
    expect(await get('/user', token)).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
    expect(await get('/repos/alice/dotfiles', token)).toMatchObject({ status: 401 });
  });

  it('stops working when it expires', async () => {
    github.clock.now = new Date('2026-01-31T11:59:59Z');
    expect(await get('/user', TOKEN.expiring)).toMatchObject({ status: 200 });
    github.clock.now = new Date('2026-01-31T12:00:00Z');
    expect(await get('/user', TOKEN.expiring)).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
  });

  it('is accepted as "token" and as a Basic password, too', async () => {
    const basic = Buffer.from(`anything:${TOKEN.bob}`).toString('base64');
    expect(await get('/user', null, { authorization: `token ${TOKEN.bob}` })).toMatchObject({ body: { login: 'bob' } });
    expect(await get('/user', null, { authorization: `Basic ${basic}` })).toMatchObject({ body: { login: 'bob' } });
    expect(await get('/user', null)).toMatchObject({ status: 401, body: { message: 'Requires authentication' } });
  });

  it('names its account to the log of requests, never itself', async () => {
    const request = (token: string) =>
      new Request('https://api.github.com/user', { headers: { authorization: `Bearer ${token}` } });
    expect(await github.service.accountOf(request(TOKEN.bob))).toBe('bob');
    expect(await github.service.accountOf(request(TOKEN.revoked))).toBe('alice');
    expect(await github.service.accountOf(request('ghp_nobody'))).toBeUndefined();
    expect(await github.service.accountOf(new Request('https://github.com/'))).toBeUndefined();
  });
});

describe('a classic token', () => {
  it('sees private repositories with the scope repo only', async () => {
    expect(await names(TOKEN.alice)).toEqual(['acme/fresh', 'acme/web', 'acme/web-attic', 'alice/dotfiles']);
    expect(await names(TOKEN.publicOnly)).toEqual(['alice/dotfiles']);
    expect(await names(TOKEN.noScope)).toEqual(['alice/dotfiles']);
    expect(await get('/repos/acme/web', TOKEN.noScope)).toMatchObject({ status: 404, body: { message: 'Not Found' } });
  });

  it('writes to public repositories with public_repo, and to none without a scope', async () => {
    expect(await create('alice/dotfiles', TOKEN.publicOnly)).toMatchObject(LET_IN);
    const refused = await create('alice/dotfiles', TOKEN.noScope);
    expect(refused.status).toBe(404);
    expect(refused.headers.get('x-accepted-oauth-scopes')).toBe('repo');
  });

  it('cannot do more than its account', async () => {
    expect(await create('acme/web', TOKEN.bob)).toMatchObject({ status: 404 });
    expect(await get('/repos/acme/web', TOKEN.bob)).toMatchObject({
      body: { permissions: { pull: true, push: false } },
    });
    expect(await get('/repos/acme/web', TOKEN.stranger)).toMatchObject({ status: 404 });
    expect(await create('alice/dotfiles', TOKEN.stranger)).toMatchObject({ status: 404 });
    expect(await get('/repos/alice/dotfiles', null)).toMatchObject({ status: 200 });
    expect(await get('/repos/acme/web', null)).toMatchObject({ status: 404 });
  });

  it('is refused by an organization that forbids classic tokens', async () => {
    const message =
      '`modern` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.';
    expect(await get('/repos/modern/app')).toMatchObject({ status: 403, body: { message } });
  });

  it('is refused by an IP allow list', async () => {
    const answer = await get('/repos/fenced/safe');
    expect(answer.status).toBe(403);
    expect(at(answer.body, 'message')).toContain('the `fenced` organization has an IP allow list enabled');
  });
});

describe('single sign-on', () => {
  it('refuses a classic token until it is authorized at the given address', async () => {
    const refused = await get('/repos/acme-secure/vault');
    expect(refused.status).toBe(403);
    expect(at(refused.body, 'message')).toContain('organization SAML enforcement');
    const header = refused.headers.get('x-github-sso') ?? '';
    expect(header).toMatch(
      /^required; url=https:\/\/github\.com\/orgs\/acme-secure\/sso\?authorization_request=.{20,}$/,
    );
    const path = header.replace('required; url=https://github.com', '');
    expect(await (await github.web(path)).text()).toContain('Authorize</button>');
    expect((await github.web(path, { method: 'POST' })).status).toBe(200);
    expect(await get('/repos/acme-secure/vault')).toMatchObject({ status: 200 });
  });

  it('forgets the address after an hour', async () => {
    const header = (await get('/repos/acme-secure/vault')).headers.get('x-github-sso') ?? '';
    const path = header.replace('required; url=https://github.com', '');
    github.clock.now = new Date('2026-01-20T13:00:01Z');
    expect((await github.web(path, { method: 'POST' })).status).toBe(404);
    expect(await get('/repos/acme-secure/vault')).toMatchObject({ status: 403 });
  });

  it('leaves the organization out of lists and names it', async () => {
    const answer = await get('/user/repos');
    expect(answer.headers.get('x-github-sso')).toBe('partial-results; organizations=21955856');
    const authorized = await get('/user/repos', TOKEN.authorized);
    expect(authorized.headers.get('x-github-sso')).toBeNull();
    expect(await names(TOKEN.authorized)).toContain('acme-secure/vault');
    const searched = await search('vault user:acme-secure');
    expect(at(searched.body, 'data.search.repositoryCount')).toBe(0);
    expect(searched.headers.get('x-github-sso')).toContain('partial-results');
  });

  it('does not show a stranger that the repository exists', async () => {
    expect(await get('/repos/acme-secure/vault', TOKEN.stranger)).toMatchObject({ status: 404 });
  });
});

describe('a fine-grained token', () => {
  it('reaches its resource owner and what is public', async () => {
    expect(await names(TOKEN.fine)).toEqual(['acme/fresh', 'acme/web', 'acme/web-attic', 'alice/dotfiles']);
    expect(await names(TOKEN.fineSecure)).toEqual(['acme-secure/vault', 'alice/dotfiles']);
    expect(await get('/repos/acme/web', TOKEN.fineSecure)).toMatchObject({ status: 404 });
    expect(await create('acme/web', TOKEN.fine)).toMatchObject(LET_IN);
    expect(await create('acme-secure/vault', TOKEN.fineSecure)).toMatchObject(LET_IN);
  });

  it('reads which permission it lacks', async () => {
    const write = await create('acme/web', TOKEN.fineReadOnly);
    expect(write).toMatchObject({ status: 403, body: { message: 'Resource not accessible by personal access token' } });
    expect(write.headers.get('x-accepted-github-permissions')).toBe('contents=write');
    const pulls = await get('/repos/acme/web/pulls', TOKEN.fineReadOnly);
    expect(pulls.status).toBe(403);
    expect(pulls.headers.get('x-accepted-github-permissions')).toBe('pull_requests=read');
    expect(await get('/repos/acme/web/git/ref/heads/main', TOKEN.fineReadOnly)).toMatchObject({ status: 200 });
    expect(await create('alice/dotfiles', TOKEN.fine)).toMatchObject({ status: 403 });
  });
});

describe('a repository', () => {
  it('that is archived is read-only', async () => {
    const message = 'Repository was archived so is read-only.';
    expect(await create('acme/web-attic', TOKEN.alice)).toMatchObject({ status: 403, body: { message } });
    const pull = { title: 't', head: 'x', base: 'main' };
    const opened = await github.api('POST', '/repos/acme/web-attic/pulls', { body: pull });
    expect(opened).toMatchObject({ status: 403, body: { message } });
    expect(await get('/repos/acme/web-attic')).toMatchObject({ status: 200, body: { archived: true } });
  });

  it('is found under its name in any case', async () => {
    expect(await get('/repos/ACME/Web')).toMatchObject({ status: 200, body: { full_name: 'acme/web' } });
  });
});

describe('listing and searching repositories', () => {
  it('pages', async () => {
    expect(await names(TOKEN.alice, 'per_page=1&page=2')).toEqual(['acme/web']);
    expect((await get('/user/repos?per_page=3')).headers.get('link')).toBe(
      '<https://api.github.com/user/repos?per_page=3&page=2>; rel="next", <https://api.github.com/user/repos?per_page=3&page=2>; rel="last"',
    );
    expect(await get('/user/repos?sort=odd')).toMatchObject({ status: 422 });
  });

  it('puts the last changed first', async () => {
    const sha = await github.shaOf('main');
    await github.api('POST', '/repos/acme/web/git/refs', { body: { ref: 'refs/heads/x', sha } });
    expect((await names(TOKEN.alice, 'sort=pushed'))[0]).toBe('acme/web');
  });

  it.each([
    ['web in:name user:acme', ['acme/web', 'acme/web-attic']],
    ['WEB in:name user:acme archived:false', ['acme/web']],
    ['attic in:name', ['acme/web-attic']],
    ['tic in:name', []],
    ['shop', ['acme/web']],
    ['shop in:name', []],
    ['user:alice user:acme fork:true web', ['acme/web', 'acme/web-attic']],
    ['repo:acme/web', ['acme/web']],
    ['user:alice', ['alice/dotfiles']],
  ])('finds by %j', async (q, expected) => {
    expect(found(await search(q)).sort()).toEqual(expected);
  });

  it('never shows what the token may not see', async () => {
    expect(found(await search('user:acme user:alice', TOKEN.stranger))).toEqual(['alice/dotfiles']);
  });
});

describe('the rate limit', () => {
  it('counts down for the account, all its tokens together', async () => {
    const left = async (token: string) => (await get('/user', token)).headers.get('x-ratelimit-remaining');
    expect(await left(TOKEN.alice)).toBe('4999');
    expect(await left(TOKEN.fine)).toBe('4998');
    expect(await left(TOKEN.bob)).toBe('4999');
  });
});

describe('a request that GitHub refuses or this simulation does not model', () => {
  it('is refused without a User-Agent', async () => {
    const answer = await github.service.handle(new Request('https://api.github.com/meta'));
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('User-Agent');
  });

  it('is refused at an unknown address', async () => {
    for (const path of ['/nothing', '/user/', '/repos/acme/web/', '/repos/acme/web/git/ref/%E0%A4%A']) {
      expect(await get(path)).toMatchObject({ status: 404, body: { message: 'Not Found' } });
    }
    expect(await github.api('PATCH', '/repos/acme/web')).toMatchObject({ status: 404 });
  });

  it('is refused with an API version that does not exist or is not modelled', async () => {
    const version = (value: string) =>
      github.api('GET', '/user', { headers: { 'x-github-api-version': value }, unjudged: true });
    expect(await version('2022-11-28')).toMatchObject({ status: 200 });
    expect(await version('2020-01-01')).toMatchObject({ status: 400 });
    expect(await version('2026-03-10')).toMatchObject({ status: 501 });
  });

  it('is refused by name when it exists but is not modelled', async () => {
    const refused = async (path: string) => at((await github.api('GET', path, { unjudged: true })).body, 'message');
    expect(await refused('/user/repos?since=2020-01-01')).toContain(
      "Not modelled by the simulated GitHub: the parameter 'since'",
    );
    expect(at((await search('stars:>3')).body, 'errors.0.message')).toContain("the search qualifier 'stars:'");
  });

  it('is answered for /meta without a token', async () => {
    expect(await get('/meta', null)).toMatchObject({
      status: 200,
      body: { verifiable_password_authentication: false },
    });
  });
});
