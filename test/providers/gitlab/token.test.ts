import { gitlab as provider } from '../../../src/providers/gitlab';
import { shutOut, tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

describe.each(kinds)('%s: which version it is', (_, kind) => {
  const at = useInstallation(kind);

  it('takes one request', async () => {
    expect(await provider.detect(at.as(tokens.alice))).toEqual({
      ok: true,
      value: { edition: kind.edition, version: kind.said },
    });
    expect(at.door.requests).toHaveLength(1);
  });

  it('is unknown where a fine-grained token may not request it', async () => {
    expect(await provider.detect(at.as(tokens.aliceFineRead))).toEqual({ ok: true, value: { edition: kind.edition } });
  });

  // Only for a typed address: at GitLab.com there is GitLab, also behind a page.
  const page = { code: kind.edition === 'gitlab.com' ? 'NOT_AN_API_ANSWER' : 'NOT_THIS_SERVICE' };
  it.each([
    ['the token is none', {}, 'glpat-none', { code: 'AUTH_INVALID' }],
    ['a web page answers', { html: true, status: 200 }, tokens.alice, page],
    ['another service answers', { status: 200, body: { hello: 1 } }, tokens.alice, page],
    ['a page is not there', { html: true, status: 404 }, tokens.alice, page],
    ['GitHub answers', { status: 404, body: { message: 'Not Found' } }, tokens.alice, { code: 'NOT_THIS_SERVICE' }],
    ['nobody answers', { reset: true, times: 'always' }, tokens.alice, { code: 'UNREACHABLE' }],
  ])('is unknown when %s', async (__, fault, token, error) => {
    if (Object.keys(fault).length > 0) await at.gitlab.fault({ path: 'version', ...fault });
    expect(await provider.detect(at.as(token))).toMatchObject({ ok: false, error });
  });
});

describe.each(kinds)('%s: whose token it is', (_, kind) => {
  const at = useInstallation(kind);
  const tells = kind.version !== '15.4';

  it('comes with the facts that the version has about tokens', async () => {
    expect(await provider.checkToken(at.as(tokens.alice))).toEqual({
      ok: true,
      value: {
        login: 'alice',
        accountId: expect.stringMatching(/^\d+$/) as string,
        expiresAt: tells ? '2099-03-12T00:00:00.000Z' : 'unknown',
        missingScopes: [],
        bot: false,
        ...(tells ? { scopes: ['api', 'read_user'], kind: 'classic' } : {}),
      },
    });
    expect(at.door.requests).toHaveLength(tells ? 2 : 1);
  });

  it('is known without a known version, too', async () => {
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
  ])('is known for one that %s', async (__, token, expected) => {
    expect(await provider.checkToken(at.as(token))).toMatchObject({ ok: true, value: expected });
  });

  it('is known for a fine-grained one, whose scopes say nothing', async () => {
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
    expect(await provider.checkToken(at.as(token))).toMatchObject({ ok: false, error });
  });

  it.each(shutOut)('is refused while its account is shut out (%s)', async (state) => {
    const error = { code: 'ACCOUNT_BLOCKED' };
    expect(await provider.checkToken(at.as(tokens.shutOut[state]))).toMatchObject({ ok: false, error });
  });

  it.each([
    ['the service fails', { status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
    ['the limit is used up', { rateLimit: 'primary' }, { code: 'RATE_LIMITED' }],
    ['a proxy wants its own password', { html: true, status: 401 }, { code: 'NOT_AN_API_ANSWER' }],
    ['a proxy asks to sign in', { html: true, status: 200 }, { code: 'NOT_AN_API_ANSWER' }],
    ['nobody answers', { reset: true }, { code: 'UNREACHABLE' }],
  ])('is no refusal when %s', async (__, fault, error) => {
    await at.gitlab.fault({ path: 'user', ...fault, times: 'always' });
    expect(await provider.checkToken(at.as(tokens.alice))).toMatchObject({ ok: false, error });
  });

  it('repeats a lost read', async () => {
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
