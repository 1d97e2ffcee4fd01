import { inspect } from 'node:util';
import { ownsRepository } from '../../../src/domain/integration';
import { serviceAt } from '../../../src/domain/service';
import { gitlab as provider } from '../../../src/providers/gitlab';
import { resource } from '../../../src/providers/gitlab/client';
import { linksOf } from '../../../src/providers/links';
import { expiryOf } from '../../../src/providers/gitlab/token';
import { loadProvider } from '../../../src/providers/registry';
import { leaks } from '../../support/canary';
import { shutOut, tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

const web = 'acme/web';
const ownAccess = ['acme/many', 'acme/platform/deploy', 'acme/ruled', 'acme/web'];

describe.each(kinds)('%s: which version it is', (_, kind) => {
  const at = useInstallation(kind);

  it('is told by one request', async () => {
    expect(await provider.detect(at.as(tokens.alice))).toEqual({
      ok: true,
      value: { edition: kind.edition, version: kind.said },
    });
    expect(at.door.requests).toHaveLength(1);
  });

  it('stays open where a fine-grained token may not ask', async () => {
    expect(await provider.detect(at.as(tokens.aliceFineRead))).toEqual({ ok: true, value: { edition: kind.edition } });
  });

  it.each([
    ['the token is none', {}, 'glpat-none', { code: 'AUTH_INVALID' }],
    ['a web page answers', { html: true, status: 200 }, tokens.alice, { code: 'NOT_AN_API_ANSWER' }],
    ['another service answers', { status: 200, body: { hello: 1 } }, tokens.alice, { code: 'NOT_AN_API_ANSWER' }],
    ['a page is not there', { html: true, status: 404 }, tokens.alice, { code: 'NOT_AN_API_ANSWER' }],
    ['GitHub answers', { status: 404, body: { message: 'Not Found' } }, tokens.alice, { code: 'NOT_AN_API_ANSWER' }],
    ['nobody answers', { reset: true, times: 'always' }, tokens.alice, { code: 'UNREACHABLE' }],
  ])('is not told when %s', async (__, fault, token, error) => {
    if (Object.keys(fault).length > 0) await at.gitlab.fault({ path: 'version', ...fault });
    expect(await provider.detect(at.as(token))).toEqual({ ok: false, error });
  });
});

describe.each(kinds)('%s: whose token it is', (_, kind) => {
  const at = useInstallation(kind);
  const tells = kind.version !== '15.4';

  it('is told with what the version knows of tokens', async () => {
    expect(await provider.checkToken(at.as(tokens.alice))).toEqual({
      ok: true,
      value: {
        login: 'alice',
        accountId: expect.stringMatching(/^\d+$/) as string,
        expiresAt: tells ? '2099-03-12T00:00:00.000Z' : 'unknown',
        missingScopes: [],
        bot: false,
        ...(tells ? { scopes: ['api', 'read_user'] } : {}),
      },
    });
    expect(at.door.requests).toHaveLength(tells ? 2 : 1);
  });

  it('is told without a known version, too', async () => {
    const { service, ...connection } = at.as(tokens.aliceEndless);
    const { edition, webUrl, apiUrl, place } = service;
    expect(await provider.checkToken({ ...connection, service: { edition, webUrl, apiUrl, place } })).toMatchObject({
      ok: true,
      value: { login: 'alice', expiresAt: tells ? 'never' : 'unknown' },
    });
  });

  it.each([
    ['may only read', tokens.aliceRead, { missingScopes: tells ? ['api'] : [], login: 'alice' }],
    ['belongs to a project', tokens.projectBot, { bot: true }],
    ['belongs to a group, by its name', tokens.groupBot, { bot: true }],
    ['has a prefix of the company’s own', tokens.alicePrefixed, { bot: false, missingScopes: [] }],
  ])('is told of one that %s', async (__, token, expected) => {
    expect(await provider.checkToken(at.as(token))).toMatchObject({ ok: true, value: expected });
  });

  it('is told of a fine-grained one, whose scopes say nothing', async () => {
    const checked = await provider.checkToken(at.as(tokens.aliceFine));
    expect(checked).toMatchObject({ ok: true, value: { login: 'alice', missingScopes: [] } });
    expect(checked.ok && 'scopes' in checked.value).toBe(false);
  });

  it.each([
    ['unknown', 'glpat-xxxxxxxxxxxxxxxxxxxx', { code: 'AUTH_INVALID' }],
    ['expired', tokens.aliceExpired, { code: 'AUTH_EXPIRED' }],
    ['revoked', tokens.aliceRevoked, { code: 'AUTH_INVALID' }],
    ['no token at all but a sentence', 'my token is „secret“', { code: 'AUTH_INVALID' }],
    ['for git only', tokens.aliceGitOnly, { code: 'SCOPE_MISSING', missing: ['api'] }],
    [
      'fine-grained and may not know its person',
      tokens.aliceFineBlind,
      { code: 'SCOPE_MISSING', missing: ['User: Read'] },
    ],
  ])('is refused for one that is %s', async (__, token, error) => {
    expect(await provider.checkToken(at.as(token))).toEqual({ ok: false, error });
  });

  it.each(shutOut)('is refused while its account is shut out (%s)', async (state) => {
    const error = { code: 'ACCOUNT_BLOCKED' };
    expect(await provider.checkToken(at.as(tokens.shutOut[state]))).toEqual({ ok: false, error });
  });

  it.each([
    ['the service fails', { status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
    ['the limit is used up', { rateLimit: 'primary' }, { code: 'RATE_LIMITED' }],
    ['a proxy wants its own password', { html: true, status: 401 }, { code: 'NOT_AN_API_ANSWER' }],
    ['a proxy asks to sign in', { html: true, status: 200 }, { code: 'NOT_AN_API_ANSWER' }],
    ['nobody answers', { reset: true }, { code: 'UNREACHABLE' }],
  ])('is no "no" when %s', async (__, fault, error) => {
    await at.gitlab.fault({ path: 'user', ...fault, times: 'always' });
    expect(await provider.checkToken(at.as(tokens.alice))).toMatchObject({ ok: false, error });
  });

  it('asks again where an answer is lost in between, for it is a read', async () => {
    await at.gitlab.fault({ path: 'user', html: true, status: 502 });
    expect(await provider.checkToken(at.as(tokens.alice))).toMatchObject({ ok: true });
  });

  it('comes with the groups and people whose projects it works in, outermost first to last', async () => {
    const found = await provider.findOwners(at.as(tokens.alice));
    expect(found.ok && [...found.value].sort()).toEqual(['acme', 'acme2', 'alice', 'guarded']);
    expect(await provider.findOwners(at.as(tokens.bob))).toEqual({ ok: true, value: [] });
    expect(at.door.requests).toHaveLength(2);
  });
});

describe('GitLab: when a token ends', () => {
  it('is at midnight UTC of a day, never, or unknown', () => {
    expect(expiryOf('2026-02-06')).toBe('2026-02-06T00:00:00.000Z');
    expect(expiryOf(null)).toBe('never');
    expect(expiryOf('2026-13-45')).toBe('unknown');
    expect(expiryOf('soon')).toBe('unknown');
  });

  const at = useInstallation(kinds[0]![1]);

  it.each([
    [
      'an OAuth token',
      {
        status: 400,
        body: { message: '400 Bad request - This endpoint requires token type to be a personal access token' },
      },
    ],
    ['a version that has no such question', { status: 404, body: { error: '404 Not Found' } }],
  ])('is unknown for %s', async (_, fault) => {
    await at.gitlab.fault({ path: 'personal_access_tokens/self', ...fault });
    expect(await provider.checkToken(at.as(tokens.alice))).toMatchObject({
      ok: true,
      value: { expiresAt: 'unknown', missingScopes: [] },
    });
  });
});

describe.each(kinds)('%s: finding projects', (_, kind) => {
  const at = useInstallation(kind);
  const list = async (owners: string[], search = '', token: string = tokens.alice) => {
    const found = await provider.listRepositories(at.as(token), { owners, search });
    if (!found.ok) throw new Error(inspect(found.error));
    return found.value.items.map((item) => item.name).sort();
  };

  it('lists those one may push to, of the owners asked for and their subgroups, in one request', async () => {
    const found = await provider.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: '' });
    expect(found.ok && found.value.items.map((item) => item.name).sort()).toEqual(
      expect.arrayContaining(ownAccess) as string[],
    );
    expect(found.ok && found.value.items.find((item) => item.name === web)).toEqual({
      name: web,
      url: `${at.gitlab.webUrl}/acme/web`,
      defaultBranch: 'main',
    });
    expect(found.ok && 'next' in found.value).toBe(false);
    expect(at.door.requests).toHaveLength(1);
  });

  it('has no default branch for an empty project, and no archived ones', async () => {
    const found = await provider.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: 'empty' });
    expect(found.ok && found.value.items).toEqual([{ name: 'acme/empty', url: `${at.gitlab.webUrl}/acme/empty` }]);
    expect(await list(['acme'], 'attic')).toEqual([]);
  });

  it.each([
    ['a subgroup', ['acme/platform'], ['acme/platform/deploy']],
    ['a group in other letters', ['ACME2'], ['acme2/other']],
    ['a person', ['alice'], ['alice/dotfiles']],
    ['two of them', ['acme2', 'alice'], ['acme2/other', 'alice/dotfiles']],
    ['the beginning of a name, which is no group', ['acm'], []],
  ])('keeps to %s', async (__, owners, expected) => {
    expect(await list(owners)).toEqual(expected);
  });

  it('leaves out what one may only read', async () => {
    expect(await list(['acme'], '', tokens.bob)).toEqual([]);
  });

  it.each(['web', 'WEB', 'acme/web', 'we', 'e', 'big shop', 'The Big', '"web"', 'shop acme'])(
    'finds one by %s',
    async (search) => {
      expect(await list(['acme'], search)).toContain(web);
      expect(await list(['acme', 'alice'], search)).toContain(web);
    },
  );

  it.each(['zzz', '%', '_', "x'y", 'web zzz', '\\', '*', 'a&owned=true'])('finds none by %s', async (search) => {
    expect(await list(['acme'], search)).toEqual([]);
  });

  it('gives pages, each with one request', async () => {
    const project = (name: string) => ({
      path_with_namespace: name,
      name_with_namespace: name,
      web_url: `${at.gitlab.webUrl}/${name}`,
      default_branch: null,
    });
    const page = { path: 'projects', status: 200, headers: { 'x-next-page': '2' } };
    await at.gitlab.fault({ ...page, body: [project('other/x'), project('acme/x')] });
    const query = { owners: ['acme', 'acme2'], search: '' };
    const first = await provider.listRepositories(at.as(tokens.alice), query);
    expect(first).toMatchObject({ ok: true, value: { items: [{ name: 'acme/x' }], next: '2' } });
    await provider.listRepositories(at.as(tokens.alice), { ...query, cursor: first.ok ? first.value.next : '' });
    expect(at.door.requests.map(({ url }) => new URL(url).searchParams.get('page'))).toEqual(['1', '2']);
  });

  it.each(['0', '-1', 'x', '1e9', '2&membership=false', ''])(
    'takes the cursor %j for the first page',
    async (cursor) => {
      await provider.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: '', cursor });
      expect(new URL(at.door.requests[0]!.url).searchParams.get('page')).toBe('1');
    },
  );

  it.each([
    ['has an expired token', tokens.aliceExpired, { code: 'AUTH_EXPIRED' }],
    ['has a token for git only', tokens.aliceGitOnly, { code: 'SCOPE_MISSING', missing: ['api'] }],
    ['is shut out', tokens.shutOut.blocked, { code: 'ACCOUNT_BLOCKED' }],
  ])('says why to somebody who %s', async (__, token, error) => {
    expect(await provider.listRepositories(at.as(token), { owners: ['acme'], search: '' })).toEqual({
      ok: false,
      error,
    });
    expect(at.door.requests).toHaveLength(1);
  });
});

describe.each(kinds)('%s: finding branches', (_, kind) => {
  const at = useInstallation(kind);
  const find = async (search: string, repository = web) => {
    const found = await provider.listBranches(at.as(tokens.alice), { repository, search });
    if (!found.ok) throw new Error(inspect(found.error));
    return found.value.items.map((item) => item.name);
  };

  it('finds them by any part of their name, in one request', async () => {
    expect(await provider.listBranches(at.as(tokens.alice), { repository: web, search: 'LOGIN' })).toEqual({
      ok: true,
      value: {
        items: [
          { name: 'feature/DEMO-1-login', commit: await at.gitlab.git(web, 'rev-parse', 'feature/DEMO-1-login') },
        ],
      },
    });
    expect(at.door.requests).toHaveLength(1);
  });

  it.each(['100%', '#1', '+ü', 'odd/', '%-#', 'ü'])('finds the odd one by %s', async (search) => {
    expect(await find(search)).toEqual(['odd/100%-#1+ü']);
  });

  it.each(['^main', 'main$', '^', '$', 'ma.n', 'zzz'])('takes %s as it is, and finds none', async (search) => {
    expect(await find(search)).toEqual([]);
  });

  it('gives them in pages', async () => {
    const first = await provider.listBranches(at.as(tokens.alice), { repository: 'acme/many', search: 'many/' });
    expect(first.ok && [first.value.items.length, first.value.next]).toEqual([50, '2']);
    const second = await provider.listBranches(at.as(tokens.alice), {
      repository: 'acme/many',
      search: 'many/',
      cursor: '2',
    });
    expect(second.ok && second.value.items.map((item) => item.name)).toEqual(
      Array.from({ length: 10 }, (__, at_) => `many/${50 + at_}`),
    );
    expect(second.ok && 'next' in second.value).toBe(false);
  });

  it('has none in an empty project', async () => {
    expect(await find('', 'acme/empty')).toEqual([]);
  });

  it.each([
    ['a project that is gone', tokens.alice, 'acme/gone', { code: 'REPOSITORY_NOT_FOUND' }],
    ['a hidden project', tokens.carol, web, { code: 'REPOSITORY_NOT_FOUND' }],
    ['a project called ..', tokens.alice, '..', { code: 'REPOSITORY_NOT_FOUND' }],
    ['a project one is a guest of', tokens.gina, web, { code: 'PERMISSION_DENIED' }],
    ['a project behind proof of possession', tokens.alice, 'guarded/vault', { code: 'TOKEN_KIND_REFUSED' }],
  ])('says why there are none of %s', async (__, token, repository, error) => {
    expect(await provider.listBranches(at.as(token), { repository, search: '' })).toEqual({ ok: false, error });
  });

  it('says so when the deadline has passed, and asks nobody', async () => {
    const late = await provider.listBranches(at.as(tokens.alice, -1), { repository: web, search: '' });
    expect(late).toEqual({ ok: false, error: { code: 'TIMEOUT' } });
    expect(at.door.requests).toEqual([]);
  });
});

describe('GitLab: a connection', () => {
  const at = useInstallation(kinds[2]![1]);
  const everything = Object.values(tokens).filter((value) => typeof value === 'string');

  it('sends the token as Bearer, to its own address only', async () => {
    const sent: string[] = [];
    const inner = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      sent.push(...new Headers(init?.headers).keys());
      return inner(input, init);
    };
    await provider.checkToken(at.as(tokens.alice));
    await provider.createBranch(at.as(tokens.alice), { repository: web, name: 'x-bearer', source: 'gone' });
    expect([...new Set(sent)].sort()).toEqual(['accept', 'authorization', 'content-type', 'user-agent']);
    expect(at.door.requests.every(({ authorization }) => authorization === `Bearer ${tokens.alice}`)).toBe(true);
    expect(at.door.requests.every(({ url }) => url.startsWith('https://acme.example/dev/gitlab/api/v4/'))).toBe(true);
  });

  it('does not follow a redirect', async () => {
    await at.gitlab.fault({ path: 'user', status: 307, headers: { location: 'https://evil.example/' } });
    expect(await provider.checkToken(at.as(tokens.alice))).toEqual({ ok: false, error: { code: 'NOT_AN_API_ANSWER' } });
    expect(at.door.requests.map(({ url }) => new URL(url).host)).toEqual(['acme.example']);
  });

  it('shows its token in no address, no error and nothing that could be printed', async () => {
    const branch = { repository: web, name: 'x', source: 'main' };
    const outcomes: unknown[] = [];
    for (const fault of [
      { status: 401 },
      { status: 403 },
      { status: 500 },
      { html: true, status: 502 },
      { reset: true },
      { rateLimit: 'primary' },
    ]) {
      await at.gitlab.fault({ method: 'POST', path: 'projects/*', ...fault });
      outcomes.push(await provider.createBranch(at.as(tokens.alice), branch));
    }
    const thrown: unknown[] = [];
    const options = resource(at.as(tokens.alice), 'write');
    const requester = options.requesterFn?.({
      url: '',
      headers: {},
      authHeaders: { authorization: () => Promise.resolve(`Bearer ${tokens.alice}`) },
    });
    await at.gitlab.fault({ path: 'user', status: 500, body: { message: 'no' } });
    await requester?.get('user').catch((error: unknown) => thrown.push(error));
    expect(thrown).toHaveLength(1);
    const printed = inspect([outcomes, thrown, at.door.requests.map(({ url }) => url)], {
      depth: 20,
      showHidden: true,
    });
    expect(leaks(printed, everything)).toEqual([]);
  });

  it('is loaded when it is needed', async () => {
    expect(await loadProvider('gitlab')).toBe(provider);
  });
});

describe('GitLab: addresses', () => {
  const own = (version?: string) => serviceAt('gitlab-self-managed', 'https://git.acme.example/gitlab', version);

  it.each([
    ['19.6.1-ee', 'user_settings'],
    ['16.8.0', 'user_settings'],
    ['17.0.0-pre', 'user_settings'],
    [undefined, 'user_settings'],
    ['unknown', 'user_settings'],
    ['16.7.9', 'profile'],
    ['15.4.6-ee', 'profile'],
    ['9.5.0', 'profile'],
  ])('for version %s lead to the page where tokens are made', (version, place) => {
    expect(linksOf(own(version)).newToken(own(version), 'Undersigned for Jira')).toBe(
      `https://git.acme.example/gitlab/-/${place}/personal_access_tokens?name=Undersigned+for+Jira&scopes=api`,
    );
  });

  it('name branches and clones of any name', () => {
    const links = linksOf(own());
    expect(links.branch(own(), 'acme/platform/web', 'odd/100%-#1?ü')).toBe(
      'https://git.acme.example/gitlab/acme/platform/web/-/tree/odd/100%25-%231%3F%C3%BC',
    );
    expect(links.clone(own(), 'acme/platform/web')).toBe('https://git.acme.example/gitlab/acme/platform/web.git');
  });

  it('of the API are below the installation’s own path', () => {
    expect(own().apiUrl).toBe('https://git.acme.example/gitlab/api/v4');
    expect(own().place).toBe('git.acme.example/gitlab');
    expect(serviceAt('gitlab.com', '')).toMatchObject({
      webUrl: 'https://gitlab.com',
      apiUrl: 'https://gitlab.com/api/v4',
      place: 'gitlab.com',
    });
  });
});

describe('A repository belongs to an owner', () => {
  it.each([
    [['grp/sub'], 'grp/sub/x/prj', true],
    [['grp'], 'grp/sub/x/prj', true],
    [['GRP'], 'grp/prj', true],
    [['grp'], 'grp2/prj', false],
    [['grp/sub'], 'grp/sub2/prj', false],
    [['grp/sub'], 'grp/prj', false],
    [['grp/sub'], 'grp/sub', false],
    [['grp'], 'other/grp/prj', false],
    [[], 'grp/prj', false],
  ])('%j, %s: %s', (owners, repository, owned) => {
    expect(ownsRepository({ owners }, repository)).toBe(owned);
  });
});
