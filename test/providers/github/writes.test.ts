import { github } from '../../../src/providers/github';
import { tokens } from '../../../rig/github-world';
import { places, useInstallation } from './connected';

const web = 'acme/web';

describe.each(places)('On $edition', (place) => {
  const at = useInstallation(place);

  describe('GitHub: creating a branch', () => {
    const branch = { repository: web, name: 'DEMO-1-new', source: 'develop' };

    it('takes two requests and puts it at the head of its source', async () => {
      const created = await github.createBranch(at.as(tokens.alice), branch);

      expect(created).toMatchObject({ ok: true, value: { name: 'DEMO-1-new' } });
      expect(at.door.requests.map((request) => request.method)).toEqual(['GET', 'POST']);
      const found = await github.listBranches(at.as(tokens.alice), { repository: web, search: 'develop' });
      expect(created.ok && found.ok && found.value.items[0]?.commit).toBe(created.ok && created.value.commit);
    });

    it('works with a fine-grained token', async () => {
      expect(await github.createBranch(at.as(tokens.aliceFine), branch)).toMatchObject({ ok: true });
    });

    it.each([
      [
        'is behind single sign-on',
        { repository: 'acme-secure/vault', source: 'main' },
        {
          code: 'SSO_REQUIRED',
          organization: 'acme-secure',
          url: expect.stringContaining(`${place.webUrl}/orgs/acme-secure/sso?`) as string,
        },
      ],
      [
        'is where classic tokens are forbidden',
        { repository: 'acme-modern/app', source: 'main' },
        { code: 'TOKEN_KIND_REFUSED', refused: 'classic', organization: 'acme-modern' },
      ],
      [
        'is behind an IP allow list',
        { repository: 'acme-fort/keep', source: 'main' },
        { code: 'IP_BLOCKED', organization: 'acme-fort' },
      ],
    ])('that %s is refused with the reason', async (_, change, error) => {
      expect(await github.createBranch(at.as(tokens.alice), { ...branch, ...change })).toEqual({ ok: false, error });
    });

    it.each([
      ['may only read the repository', tokens.bob, { code: 'PERMISSION_DENIED' }],
      ['cannot see the repository', tokens.carol, { code: 'REPOSITORY_NOT_FOUND' }],
      ['has a token without scopes', tokens.aliceNoScope, { code: 'SCOPE_MISSING', missing: ['repo'] }],
      [
        'has a fine-grained token that may only read',
        tokens.aliceFineRead,
        { code: 'SCOPE_MISSING', missing: ['contents: write'] },
      ],
      ['has an expired token', tokens.aliceExpired, { code: 'AUTH_INVALID' }],
      ['has a revoked token', tokens.aliceRevoked, { code: 'AUTH_INVALID' }],
    ])('by somebody who %s is refused with the reason', async (_, token, error) => {
      expect(await github.createBranch(at.as(token), branch)).toEqual({ ok: false, error });
    });

    const post = { method: 'POST', path: '/repos/acme/web/git/refs' };

    it.each(['primary', 'secondary'] as const)(
      'when the %s limit strikes says when to come back',
      async (rateLimit) => {
        await at.fault({ ...post, rateLimit, retryAfter: 90, times: 'always' });
        expect(await github.createBranch(at.as(tokens.alice), branch)).toEqual({
          ok: false,
          error: { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-/) as string },
        });
      },
    );
  });

  describe('GitHub: deleting a branch', () => {
    it('takes one request', async () => {
      expect(await github.deleteBranch(at.as(tokens.alice), { repository: web, name: 'feature/DEMO-1-login' })).toEqual(
        {
          ok: true,
          value: undefined,
        },
      );
      expect(at.door.requests.map((request) => request.method)).toEqual(['DELETE']);
    });

    it.each([
      ['that is not there', 'gone', 'BRANCH_MISSING'],
      ['that is the default branch', 'main', 'BRANCH_PROTECTED'],
      ['that is protected', 'release/1.0', 'BRANCH_PROTECTED'],
    ])('%s is refused with the reason', async (_, name, code) => {
      expect(await github.deleteBranch(at.as(tokens.alice), { repository: web, name })).toEqual({
        ok: false,
        error: { code },
      });
    });
  });

  describe('GitHub: opening a pull request', () => {
    const request = {
      repository: web,
      source: 'feature/DEMO-1-login',
      target: 'main',
      title: 'DEMO-1: Merge it',
      description: 'Why',
      draft: false,
    };

    it('takes one request and is in the name of the token’s account', async () => {
      const created = await github.createPullRequest(at.as(tokens.alice), request);

      expect(created).toMatchObject({
        ok: true,
        value: {
          repository: web,
          number: 1,
          title: 'DEMO-1: Merge it',
          state: 'open',
          source: request.source,
          target: 'main',
          author: 'alice',
          url: `${place.webUrl}/acme/web/pull/1`,
        },
      });
      expect(at.door.requests).toHaveLength(1);
    });

    it.each([
      ['has no commits', { source: 'main', target: 'develop' }, { code: 'PULL_REQUEST_WITHOUT_COMMITS' }],
      ['has a target that is gone', { target: 'gone' }, { code: 'TARGET_BRANCH_MISSING' }],
      ['has a source that is gone', { source: 'gone' }, { code: 'SOURCE_BRANCH_MISSING' }],
      ['is in an archived repository', { repository: 'acme/attic' }, { code: 'REPOSITORY_ARCHIVED' }],
    ])('that %s is refused with the reason', async (_, change, error) => {
      expect(await github.createPullRequest(at.as(tokens.alice), { ...request, ...change })).toEqual({
        ok: false,
        error,
      });
    });

    it('with a token that may not is refused with what it lacks', async () => {
      expect(await github.createPullRequest(at.as(tokens.aliceFineRead), request)).toEqual({
        ok: false,
        error: { code: 'SCOPE_MISSING', missing: ['pull_requests: write'] },
      });
    });
  });
});
