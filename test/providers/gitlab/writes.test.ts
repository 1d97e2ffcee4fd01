import { gitlab as provider } from '../../../src/providers/gitlab';
import { shutOut, tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

const web = 'acme/web';

describe.each(kinds)('%s: creating a branch', (_, kind) => {
  const at = useInstallation(kind);
  const branch = { repository: web, name: 'DEMO-1-new', source: 'develop' };

  it('takes one request and puts it at the head of its source', async () => {
    const name = 'DEMO-1-one-request';
    const created = await provider.createBranch(at.as(tokens.alice), { ...branch, name });

    const head = await at.gitlab.git(web, 'rev-parse', 'refs/heads/develop');
    expect(created).toEqual({ ok: true, value: { name, commit: head } });
    expect(await at.gitlab.git(web, 'rev-parse', `refs/heads/${name}`)).toBe(head);
    expect(at.door.requests.map(({ method, url }) => [method, url])).toEqual([
      ['POST', `${at.gitlab.webUrl}/api/v4/projects/acme%2Fweb/repository/branches`],
    ]);
  });

  it('is done in the name of the token’s account', async () => {
    await provider.createBranch(at.as(tokens.maya), { ...branch, name: 'DEMO-1-by-maya' });
    const { body } = await at.gitlab.api('GET', 'projects/acme%2Fweb/events');
    expect(body).toContainEqual(
      expect.objectContaining({
        action_name: 'pushed new',
        author_username: 'maya',
        push_data: { ref_type: 'branch', ref: 'DEMO-1-by-maya' },
      }),
    );
  });

  it('works in a subgroup', async () => {
    expect(
      await provider.createBranch(at.as(tokens.alice), {
        repository: 'acme/platform/deploy',
        name: 'DEMO-1-sub',
        source: 'main',
      }),
    ).toMatchObject({ ok: true });
  });

  it.each(['a/b/c', '100%', 'no#1', 'a+b', 'a&b=c', '日本語', 'ü-é', '%2F', "it's", 'a"b', '(x)', 'x,y;z', 'a@b'])(
    'takes a source and a name like %s, and finds and deletes it again',
    async (part) => {
      const name = `made/${part}`;
      const made = await provider.createBranch(at.as(tokens.alice), {
        ...branch,
        source: 'odd/100%-#1+ü',
        name,
      });
      expect(made).toMatchObject({ ok: true, value: { name } });
      expect(await at.gitlab.git(web, 'rev-parse', `refs/heads/${name}`)).toBe(made.ok ? made.value.commit : '');
      const found = await provider.listBranches(at.as(tokens.alice), { repository: web, search: name });
      expect(found.ok && found.value.items.map((item) => item.name)).toEqual([name]);
      expect(await provider.deleteBranch(at.as(tokens.alice), { repository: web, name })).toEqual({
        ok: true,
        value: undefined,
      });
      expect(await at.gitlab.git(web, 'for-each-ref', `refs/heads/${name}`)).toBe('');
    },
  );

  it.each([
    ['a protection forbids', { name: 'locked/x' }, { code: 'BRANCH_PROTECTED' }],
    ['looks like a commit', { name: 'a'.repeat(40) }, { code: 'BRANCH_NAME_REFUSED' }],
    [
      'a push rule forbids',
      { repository: 'acme/ruled', name: 'fix', source: 'main' },
      { code: 'BRANCH_NAME_RULE', pattern: '^(main|DEMO-\\d+.*)$' },
    ],
    ['is in a project that is gone', { repository: 'acme/gone' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['is in a project called ..', { repository: '..' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['is in an archived project', { repository: 'acme/attic', source: 'main' }, { code: 'REPOSITORY_ARCHIVED' }],
    ['is where proof of possession is due', { repository: 'guarded/vault' }, { code: 'TOKEN_KIND_REFUSED' }],
  ])('that %s is refused with the reason', async (__, change, error) => {
    expect(await provider.createBranch(at.as(tokens.alice), { ...branch, ...change })).toMatchObject({
      ok: false,
      error,
    });
  });

  it('is let through by a push rule that it follows, and by a protection for who may', async () => {
    const ruled = { repository: 'acme/ruled', name: 'DEMO-1-ruled', source: 'main' };
    expect(await provider.createBranch(at.as(tokens.alice), ruled)).toMatchObject({ ok: true });
    const locked = { ...branch, name: 'locked/by-maya' };
    expect(await provider.createBranch(at.as(tokens.maya), locked)).toMatchObject({ ok: true });
  });

  it('in an empty project is possible: GitLab makes the first commit itself', async () => {
    const made = await provider.createBranch(at.as(tokens.alice), {
      repository: 'acme/fresh',
      name: 'DEMO-1-first',
      source: 'main',
    });
    expect(made).toMatchObject({ ok: true, value: { name: 'DEMO-1-first' } });
    expect(await at.gitlab.git('acme/fresh', 'log', '--format=%an %s', 'DEMO-1-first')).toBe('alice Add README.md');
  });

  it.each([
    ['may only read the code', tokens.bob, { code: 'PERMISSION_DENIED' }],
    ['is a guest', tokens.gina, { code: 'PERMISSION_DENIED' }],
    ['cannot see the project', tokens.carol, { code: 'REPOSITORY_NOT_FOUND' }],
    ['has a token that may only read', tokens.aliceRead, { code: 'SCOPE_MISSING', missing: ['api'] }],
    ['has a token for git only', tokens.aliceGitOnly, { code: 'SCOPE_MISSING', missing: ['api'] }],
    [
      'has a fine-grained token without the permission',
      tokens.aliceFineRead,
      { code: 'SCOPE_MISSING', missing: ['Branch: Create'] },
    ],
    ['has an expired token', tokens.aliceExpired, { code: 'AUTH_EXPIRED' }],
    ['has a revoked token', tokens.aliceRevoked, { code: 'AUTH_INVALID' }],
    ['has an unknown token', 'glpat-unknown-to-anybody', { code: 'AUTH_INVALID' }],
  ])('by somebody who %s is refused with the reason', async (__, token, error) => {
    expect(await provider.createBranch(at.as(token), branch)).toMatchObject({ ok: false, error });
    expect(at.door.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each(shutOut)('by somebody whose account is shut out (%s) is refused with the reason', async (state) => {
    const error = { code: 'ACCOUNT_BLOCKED' };
    expect(await provider.createBranch(at.as(tokens.shutOut[state]), branch)).toMatchObject({ ok: false, error });
    expect(at.door.requests).toHaveLength(1);
  });

  it.each([
    ['fine-grained', tokens.aliceFine],
    ['of a company’s own prefix', tokens.alicePrefixed],
  ])('works with a token that is %s', async (what, token) => {
    const name = `DEMO-1-${what.replaceAll(/[^a-z]/g, '-')}`;
    expect(await provider.createBranch(at.as(token), { ...branch, name })).toMatchObject({ ok: true });
  });
});

describe.each(kinds)('%s: trouble while creating a branch', (_, kind) => {
  const at = useInstallation(kind);
  const branch = { repository: web, name: 'DEMO-1-trouble', source: 'develop' };
  const post = { method: 'POST', path: 'projects/acme%2Fweb/repository/branches' };
  const soon = expect.stringMatching(/^\d{4}-.*Z$/) as string;

  it.each([
    ['the service fails', { status: 500, body: { message: '500 Internal Server Error' } }, 500],
    ['a proxy answers with HTML', { html: true, status: 502 }, 502],
    ['the service is in maintenance', { html: true, status: 503 }, 503],
  ])('when %s is one write and an error that says so', async (__, fault, status) => {
    await at.gitlab.fault({ ...post, ...fault, times: 'always' });
    const error =
      status === 500
        ? { code: 'UNEXPECTED_ANSWER', status, said: '500 Internal Server Error' }
        : { code: 'SERVICE_UNAVAILABLE', status };
    expect(await provider.createBranch(at.as(tokens.alice), branch)).toMatchObject({ ok: false, error });
    expect(at.door.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    ['a sign-in page answers', { html: true, status: 200 }, { code: 'NOT_AN_API_ANSWER' }],
    [
      'it is sent to a sign-in page',
      { status: 302, headers: { location: 'https://evil.example/' } },
      { code: 'NOT_AN_API_ANSWER' },
    ],
    ['the connection breaks', { reset: true }, { code: 'UNREACHABLE' }],
    ['the answer has another shape', { status: 201, body: { hello: 'world' } }, { code: 'NOT_AN_API_ANSWER' }],
    ['the answer is empty', { status: 201 }, { code: 'NOT_AN_API_ANSWER' }],
    ['the database gives up', { status: 408, body: { message: '408 Request Timeout' } }, { code: 'TIMEOUT' }],
    ['the limit is used up', { rateLimit: 'primary', retryAfter: 90 }, { code: 'RATE_LIMITED', retryAt: soon }],
    ['a limit without headers strikes', { rateLimit: 'secondary' }, { code: 'RATE_LIMITED', retryAt: soon }],
  ])('when %s is one write and an error that says so', async (__, fault, error) => {
    await at.gitlab.fault({ ...post, ...fault, times: 'always' });
    expect(await provider.createBranch(at.as(tokens.alice), branch)).toMatchObject({ ok: false, error });
    expect(at.door.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('when the service hangs ends with the deadline', async () => {
    await at.gitlab.fault({ ...post, hang: true });
    const error = { code: 'TIMEOUT' };
    expect(await provider.createBranch(at.as(tokens.alice, 1_000), branch)).toMatchObject({ ok: false, error });
  });

  it('whose answer was lost is read back: the branch is there, so it was created', async () => {
    const lossy = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await lossy(input, init);
      if (init?.method !== 'POST') return response;
      await response.arrayBuffer();
      throw new TypeError('fetch failed');
    };
    const lost = { ...branch, name: 'DEMO-1-lost/answer' };
    expect(await provider.createBranch(at.as(tokens.alice), lost)).toMatchObject({
      ok: true,
      value: { name: lost.name },
    });
    expect(at.door.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('whose answer was lost is no success when another branch of that name is there', async () => {
    await at.gitlab.fault({ ...post, reset: true });
    const other = { ...branch, name: 'DEMO-12-other' };
    expect(await provider.createBranch(at.as(tokens.alice), other)).toEqual({
      ok: false,
      error: { code: 'UNREACHABLE' },
    });
  });
});

describe.each(kinds)('%s: deleting a branch', (_, kind) => {
  const at = useInstallation(kind);

  it('takes one request, with the name in one part of the address', async () => {
    expect(await provider.deleteBranch(at.as(tokens.alice), { repository: web, name: 'feature/DEMO-1-login' })).toEqual(
      { ok: true, value: undefined },
    );
    expect(at.door.requests.map(({ method, url }) => [method, url])).toEqual([
      ['DELETE', `${at.gitlab.webUrl}/api/v4/projects/acme%2Fweb/repository/branches/feature%2FDEMO-1-login`],
    ]);
    expect(await at.gitlab.git(web, 'for-each-ref', 'refs/heads/feature')).toBe('');
  });

  it.each([
    ['that is not there', { name: 'gone' }, 'BRANCH_MISSING'],
    ['that is called ..', { name: '..' }, 'BRANCH_MISSING'],
    ['that is called .', { name: '.' }, 'BRANCH_MISSING'],
    ['that is the default branch', { name: 'main' }, 'BRANCH_PROTECTED'],
    ['that is protected', { name: 'release/1.0' }, 'BRANCH_PROTECTED'],
    ['whose name is none', { name: 'a..b' }, 'BRANCH_NAME_REFUSED'],
    ['with a question mark', { name: 'a?b=c' }, 'BRANCH_NAME_REFUSED'],
    ['of an archived project', { repository: 'acme/attic', name: 'main' }, 'REPOSITORY_ARCHIVED'],
    ['of a project that is gone', { repository: 'acme/gone' }, 'REPOSITORY_NOT_FOUND'],
  ])('%s is refused with the reason', async (__, change, code) => {
    const refused = await provider.deleteBranch(at.as(tokens.alice), { repository: web, name: 'develop', ...change });
    expect(refused).toEqual({ ok: false, error: { code } });
  });

  it.each([
    ['may only read the code', tokens.bob, { code: 'PERMISSION_DENIED' }],
    ['cannot see the project', tokens.carol, { code: 'REPOSITORY_NOT_FOUND' }],
    ['has a token that may only read', tokens.aliceRead, { code: 'SCOPE_MISSING', missing: ['api'] }],
    ['has a fine-grained one', tokens.aliceFineRead, { code: 'SCOPE_MISSING', missing: ['Branch: Delete'] }],
    ['has an expired token', tokens.aliceExpired, { code: 'AUTH_EXPIRED' }],
  ])('by somebody who %s is refused with the reason', async (__, token, error) => {
    const branch = { repository: web, name: 'develop' };
    expect(await provider.deleteBranch(at.as(token), branch)).toMatchObject({ ok: false, error });
  });

  it('by a maintainer goes through although it is protected', async () => {
    await provider.createBranch(at.as(tokens.maya), { repository: web, name: 'locked/gone', source: 'main' });
    const deleted = await provider.deleteBranch(at.as(tokens.maya), { repository: web, name: 'locked/gone' });
    expect(deleted).toEqual({ ok: true, value: undefined });
  });

  it('whose answer was lost is read back: it is gone, so it was deleted', async () => {
    const path = 'projects/acme%2Fweb/repository/branches/never-was';
    await at.gitlab.fault({ method: 'DELETE', path, reset: true });
    const deleted = await provider.deleteBranch(at.as(tokens.alice), { repository: web, name: 'never-was' });
    expect(deleted).toEqual({ ok: true, value: undefined });
    expect(at.door.requests.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
  });

  it('that failed and is still there says so', async () => {
    await at.gitlab.fault({ method: 'DELETE', path: 'projects/*', status: 500 });
    expect(await provider.deleteBranch(at.as(tokens.alice), { repository: web, name: 'develop' })).toEqual({
      ok: false,
      error: { code: 'UNEXPECTED_ANSWER', status: 500 },
    });
  });
});
