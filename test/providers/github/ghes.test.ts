import { serviceAt } from '../../../src/domain/service';
import { github } from '../../../src/providers/github';
import { newToken, otherToken } from '../../../src/providers/github/links';
import { tokens } from '../../../rig/github-world';
import { useInstallation } from './connected';

const host = 'git.acme.example';
const webUrl = `https://${host}`;

const at = useInstallation({ edition: 'ghes', version: '3.9.4', webUrl, webHost: host, apiHost: host });

describe('A server older than fine-grained tokens', () => {
  it('says its version', async () => {
    expect(await github.detect(at.as(tokens.alice))).toEqual({
      ok: true,
      value: { edition: 'ghes', version: '3.9.4' },
    });
  });

  it('refuses a fine-grained token and takes a classic one', async () => {
    expect(await github.checkToken(at.as(tokens.aliceFine))).toEqual({ ok: false, error: { code: 'AUTH_INVALID' } });
    expect(await github.checkToken(at.as(tokens.alice))).toMatchObject({ ok: true, value: { login: 'alice' } });
  });

  it('sends no token to any host but its own, and asks under /api', async () => {
    await github.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: '' });
    await github.checkToken(at.as(tokens.alice));
    expect(at.door.requests.length).toBeGreaterThan(0);
    for (const { url } of at.door.requests) expect(url).toMatch(/^https:\/\/git\.acme\.example\/api\/(v3|graphql)/);
  });
});

describe('An address that is checked for a GitHub Enterprise Server', () => {
  it.each([
    ['has no such page', { status: 404, body: { message: 'Not Found' } }, 'NOT_THIS_SERVICE'],
    ['names no version', { status: 200, body: { verifiable_password_authentication: true } }, 'NOT_THIS_SERVICE'],
    ['names something else', { status: 200, body: { installed_version: 'latest' } }, 'NOT_THIS_SERVICE'],
    ['answers with a list', { status: 200, body: [] }, 'NOT_THIS_SERVICE'],
    ['answers with a sign-in page', { status: 200, html: true }, 'NOT_AN_API_ANSWER'],
    ['leads elsewhere', { status: 302, headers: { location: 'https://evil.example/' } }, 'NOT_AN_API_ANSWER'],
    ['does not know the token', { status: 401, body: { message: 'Bad credentials' } }, 'AUTH_INVALID'],
    ['is being repaired', { status: 500 }, 'UNEXPECTED_ANSWER'],
  ])('and %s is not taken for one', async (_, fault, code) => {
    await at.fault({ path: '/meta', ...fault });
    expect(await github.detect(at.as(tokens.alice))).toMatchObject({ ok: false, error: { code } });
  });
});

describe('The pages of a service on which tokens are made', () => {
  it.each([
    ['github.com', 'https://github.com', undefined, 'https://github.com/settings/personal-access-tokens/new'],
    ['ghe.com', 'https://acme.ghe.com', undefined, 'https://acme.ghe.com/settings/personal-access-tokens/new'],
    ['ghes', webUrl, '3.10.0', `${webUrl}/settings/personal-access-tokens/new`],
    ['ghes', webUrl, '3.19.2', `${webUrl}/settings/personal-access-tokens/new`],
    ['ghes', webUrl, '4.0.0', `${webUrl}/settings/personal-access-tokens/new`],
    ['ghes', webUrl, '3.9.4', undefined],
    ['ghes', webUrl, '2.22.0', undefined],
    ['ghes', webUrl, undefined, undefined],
  ] as const)('%s %s, version %s: %s', (edition, address, version, fineGrained) => {
    const service = serviceAt(edition, address, version);
    expect(newToken(service, 'Undersigned')).toBe(`${address}/settings/tokens/new?description=Undersigned&scopes=repo`);
    expect(otherToken(service)).toBe(fineGrained);
  });
});
