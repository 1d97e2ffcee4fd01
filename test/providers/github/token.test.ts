import { serviceAt } from '../../../src/domain/service';
import { github } from '../../../src/providers/github';
import { expiryOf } from '../../../src/providers/github/token';
import { tokens } from '../../../rig/github-world';
import { places, useInstallation } from './connected';

describe.each(places)('On $edition', (place) => {
  const { edition, webUrl, apiHost } = place;
  const at = useInstallation(place);

  describe('GitHub: whose token it is', () => {
    it('takes one request, with scopes and expiry', async () => {
      expect(await github.checkToken(at.as(tokens.alice))).toEqual({
        ok: true,
        value: {
          login: 'alice',
          accountId: expect.stringMatching(/^\d+$/) as string,
          expiresAt: '2099-03-12T10:00:00.000Z',
          scopes: ['repo', 'workflow'],
          kind: 'classic',
          missingScopes: [],
          bot: false,
        },
      });
      expect(at.door.requests).toHaveLength(1);
    });

    it.each([
      ['has no end', tokens.aliceEndless, { expiresAt: 'never' }],
      ['reaches public repositories only', tokens.alicePublic, { missingScopes: ['repo'], scopes: ['public_repo'] }],
      ['reaches nothing', tokens.aliceNoScope, { missingScopes: ['repo'], scopes: ['read:user'] }],
      [
        'is fine-grained: its scopes are not listed',
        tokens.aliceFine,
        { missingScopes: [], expiresAt: '2099-06-01T10:00:00.000Z' },
      ],
    ])('is known for one that %s', async (_, token, expected) => {
      expect(await github.checkToken(at.as(token))).toMatchObject({ ok: true, value: expected });
    });

    it.each([
      ['unknown', `ghp_${'x'.repeat(36)}`],
      ['expired', tokens.aliceExpired],
      ['revoked', tokens.aliceRevoked],
      ['no token at all but a sentence', 'my token is „secret“'],
    ])('is refused for one that is %s', async (_, token) => {
      expect(await github.checkToken(at.as(token))).toEqual({ ok: false, error: { code: 'AUTH_INVALID' } });
    });

    it('reads both ways in which GitHub writes the end of a token, and nothing into others', () => {
      expect(expiryOf('2024-10-04 11:29:00 UTC')).toBe('2024-10-04T11:29:00.000Z');
      expect(expiryOf('2026-02-06 07:42:23 +0100')).toBe('2026-02-06T06:42:23.000Z');
      expect(expiryOf('2026-02-06 07:42:23 -0530')).toBe('2026-02-06T13:12:23.000Z');
      expect(expiryOf(undefined)).toBe('never');
      expect(expiryOf('tomorrow')).toBe('unknown');
      expect(expiryOf('2026-13-45 99:00:00 UTC')).toBe('unknown');
    });

    it('comes with the owners of the repositories it works in', async () => {
      const found = await github.findOwners(at.as(tokens.alice));
      expect(found.ok && found.value).toEqual(expect.arrayContaining(['acme', 'alice']));
    });
  });

  describe('A connection to GitHub', () => {
    it('shows its token in no request line and in no error', async () => {
      await github.createBranch(at.as(tokens.aliceRevoked), { repository: 'acme/web', name: 'x', source: 'main' });
      expect(at.door.requests.map((request) => request.url).join()).not.toContain(tokens.aliceRevoked);
      expect(at.door.requests.every((request) => request.authorization === `token ${tokens.aliceRevoked}`)).toBe(true);
    });

    it('tells which edition answers, and a server its version', async () => {
      const found = await github.detect(at.as(tokens.alice));
      expect(found).toEqual({
        ok: true,
        value: place.version === undefined ? { edition } : { edition, version: place.version },
      });
    });

    it('sends requests to no other host, and to a server under its own path', () => {
      expect(serviceAt(edition, webUrl).apiUrl).toBe(edition === 'ghes' ? `${webUrl}/api/v3` : `https://${apiHost}`);
    });
  });
});
