import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { openGitHub } from '../../../sandbox/services/github/open-github';
import type { Service } from '../../../sandbox/services/service';
import { serviceAt } from '../../../src/domain/service';
import { secret } from '../../../src/domain/secret';
import { github } from '../../../src/providers/github';
import { expiryOf } from '../../../src/providers/github/token';
import type { Connection } from '../../../src/providers/provider';
import { openEgressDoor, type EgressDoor } from '../../support/egress-door';
import { gitHubDefinition, tokens } from '../../support/github-world';
import { serveService, type ServedService } from '../../support/serve-service';

/** The same contract holds wherever GitHub runs. */
const places = [
  { edition: 'github.com', webUrl: 'https://github.com', webHost: 'github.com', apiHost: 'api.github.com' },
  { edition: 'ghe.com', webUrl: 'https://acme.ghe.com', webHost: 'acme.ghe.com', apiHost: 'api.acme.ghe.com' },
  {
    edition: 'ghes',
    webUrl: 'https://git.acme.example/ghe',
    webHost: 'git.acme.example',
    apiHost: 'git.acme.example',
    path: '/ghe',
    version: '3.19.2',
  },
] as const;

describe.each(places)('On $edition', (place) => {
  const { edition, webUrl, webHost, apiHost } = place;
  const prefix = 'path' in place ? place.path : '';
  let directory: string;
  let service: Service;
  let served: ServedService;
  let door: EgressDoor;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'undersigned-github-'));
    service = await openGitHub({ ...gitHubDefinition, ...place }, { directory });
    served = await serveService(service);
  });

  afterAll(async () => {
    await served.close();
    await service.close();
    await rm(directory, { recursive: true });
  });

  beforeEach(async () => {
    await service.reset();
    door = openEgressDoor({ [apiHost]: served.url(apiHost, '') });
  });

  afterEach(() => door.close());

  function as(token: string, ms = 10_000): Connection {
    const credential = { kind: 'token' as const, token: secret(token) };
    return { service: serviceAt(edition, webUrl), credential, deadline: Date.now() + ms };
  }

  /** Makes the simulated service misbehave; see `sandbox/services/github/faults.ts`. */
  async function arm(fault: Record<string, unknown>): Promise<void> {
    const response = await fetchDirectly(served.url(webHost, `${prefix}/sandbox/faults`), fault);
    expect(response.status).toBeLessThan(300);
  }

  function fetchDirectly(url: string, body: unknown): Promise<Response> {
    return service.handle(
      new Request(url.replace(/^http:\/\/[^/]+\//, 'https://'), {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    );
  }

  const web = 'acme/web';

  describe('GitHub: whose token it is', () => {
    it('is told by one request, with scopes and end', async () => {
      expect(await github.checkToken(as(tokens.alice))).toEqual({
        ok: true,
        value: {
          login: 'alice',
          accountId: expect.stringMatching(/^\d+$/) as string,
          expiresAt: '2099-03-12T10:00:00.000Z',
          scopes: ['repo', 'workflow'],
          missingScopes: [],
          bot: false,
        },
      });
      expect(door.requests).toHaveLength(1);
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
    ])('is told of one that %s', async (_, token, expected) => {
      expect(await github.checkToken(as(token))).toMatchObject({ ok: true, value: expected });
    });

    it.each([
      ['unknown', `ghp_${'x'.repeat(36)}`],
      ['expired', tokens.aliceExpired],
      ['revoked', tokens.aliceRevoked],
      ['no token at all but a sentence', 'my token is „secret“'],
    ])('is refused for one that is %s', async (_, token) => {
      expect(await github.checkToken(as(token))).toEqual({ ok: false, error: { code: 'AUTH_INVALID' } });
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
      const found = await github.findOwners(as(tokens.alice));
      expect(found.ok && found.value).toEqual(expect.arrayContaining(['acme', 'alice']));
    });
  });

  describe('GitHub: finding repositories and branches', () => {
    it('lists those one may write to, of the owners asked for, in one request', async () => {
      const found = await github.listRepositories(as(tokens.alice), { owners: ['acme'], search: '' });

      expect(found.ok && found.value.items.map((item) => item.name).sort()).toEqual([
        'acme/api',
        'acme/fresh',
        'acme/web',
      ]);
      expect(found.ok && found.value.items.find((item) => item.name === web)).toEqual({
        name: web,
        url: `${webUrl}/acme/web`,
        defaultBranch: 'main',
      });
      expect(door.requests).toHaveLength(1);
    });

    it('says where to approve a token when an organization withholds its repositories for single sign-on', async () => {
      const found = await github.listRepositories(as(tokens.alice), { owners: ['acme', 'acme-secure'], search: '' });

      expect(found).toMatchObject({ ok: true, value: { approveUrl: `${webUrl}/settings/tokens` } });
      expect(found.ok && found.value.items.map((item) => item.name)).not.toContain('acme-secure/vault');
    });

    it('leaves out what one may only read', async () => {
      const found = await github.listRepositories(as(tokens.bob), { owners: ['acme'], search: '' });
      expect(found.ok && found.value.items.map((item) => item.name)).toEqual([]);
    });

    it('searches by name, and by owner before a slash', async () => {
      for (const search of ['web', 'WEB', 'acme/web', 'ac/we', 'w"e:b org:evil'.replace('"e:b org:evil', 'eb')]) {
        const found = await github.listRepositories(as(tokens.alice), { owners: ['acme', 'alice'], search });
        expect([search, found.ok && found.value.items.map((item) => item.name)]).toEqual([search, [web]]);
      }
    });

    it('does not let a search term leave the owners', async () => {
      const found = await github.listRepositories(as(tokens.alice), { owners: ['acme'], search: 'x user:alice' });
      expect(found.ok && found.value.items).toEqual([]);
    });

    it('finds branches by any part of their name, in one request', async () => {
      const found = await github.listBranches(as(tokens.alice), { repository: web, search: 'login' });

      expect(found).toMatchObject({
        ok: true,
        value: { items: [{ name: 'feature/DEMO-1-login', commit: expect.stringMatching(/^[0-9a-f]{40}$/) as string }] },
      });
      expect(door.requests).toHaveLength(1);
    });

    it('says so when a repository is not there or hidden', async () => {
      for (const repository of ['acme/nothing', 'acme/web']) {
        expect(await github.listBranches(as(tokens.carol), { repository, search: '' })).toEqual({
          ok: false,
          error: { code: 'REPOSITORY_NOT_FOUND' },
        });
      }
    });
  });

  describe('GitHub: creating a branch', () => {
    const branch = { repository: web, name: 'DEMO-1-new', source: 'develop' };

    it('takes two requests and puts it at the head of its source', async () => {
      const created = await github.createBranch(as(tokens.alice), branch);

      expect(created).toMatchObject({ ok: true, value: { name: 'DEMO-1-new' } });
      expect(door.requests.map((request) => request.method)).toEqual(['GET', 'POST']);
      const found = await github.listBranches(as(tokens.alice), { repository: web, search: 'develop' });
      expect(created.ok && found.ok && found.value.items[0]?.commit).toBe(created.ok && created.value.commit);
    });

    it('works with a fine-grained token', async () => {
      expect(await github.createBranch(as(tokens.aliceFine), branch)).toMatchObject({ ok: true });
    });

    it.each([
      ['exists already', { name: 'develop' }, { code: 'BRANCH_EXISTS' }],
      [
        'needs a folder where a branch is',
        { name: 'develop/sub' },
        { code: 'BRANCH_NAME_CONFLICT', conflict: 'develop' },
      ],
      [
        'is a folder of branches',
        { name: 'feature' },
        { code: 'BRANCH_NAME_CONFLICT', conflict: 'feature/DEMO-1-login' },
      ],
      ['a rule forbids', { name: 'locked/x' }, { code: 'BRANCH_PROTECTED' }],
      ['git does not take', { name: 'a..b' }, { code: 'BRANCH_NAME_REFUSED' }],
      ['has a source that is gone', { source: 'gone' }, { code: 'SOURCE_BRANCH_MISSING' }],
      ['is in a repository that is gone', { repository: 'acme/gone' }, { code: 'REPOSITORY_NOT_FOUND' }],
      ['is in a repository without commits', { repository: 'acme/fresh' }, { code: 'REPOSITORY_EMPTY' }],
      ['is in an archived repository', { repository: 'acme/attic', source: 'main' }, { code: 'REPOSITORY_ARCHIVED' }],
      [
        'is behind single sign-on',
        { repository: 'acme-secure/vault', source: 'main' },
        {
          code: 'SSO_REQUIRED',
          organization: 'acme-secure',
          url: expect.stringContaining(`${webUrl}/orgs/acme-secure/sso?`) as string,
        },
      ],
      [
        'is where classic tokens are forbidden',
        { repository: 'acme-modern/app', source: 'main' },
        { code: 'TOKEN_KIND_REFUSED', organization: 'acme-modern' },
      ],
      [
        'is behind an IP allow list',
        { repository: 'acme-fort/keep', source: 'main' },
        { code: 'IP_BLOCKED', organization: 'acme-fort' },
      ],
    ])('that %s is refused with the reason', async (_, change, error) => {
      expect(await github.createBranch(as(tokens.alice), { ...branch, ...change })).toEqual({ ok: false, error });
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
      expect(await github.createBranch(as(token), branch)).toEqual({ ok: false, error });
    });

    const post = { method: 'POST', path: '/repos/acme/web/git/refs' };

    it.each(['primary', 'secondary'] as const)(
      'when the %s limit strikes says when to come back',
      async (rateLimit) => {
        await arm({ ...post, rateLimit, retryAfter: 90, times: 'always' });
        expect(await github.createBranch(as(tokens.alice), branch)).toEqual({
          ok: false,
          error: { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-/) as string },
        });
      },
    );
  });

  describe('GitHub: deleting a branch', () => {
    it('takes one request', async () => {
      expect(await github.deleteBranch(as(tokens.alice), { repository: web, name: 'feature/DEMO-1-login' })).toEqual({
        ok: true,
        value: undefined,
      });
      expect(door.requests.map((request) => request.method)).toEqual(['DELETE']);
    });

    it.each([
      ['that is not there', 'gone', 'BRANCH_MISSING'],
      ['that is the default branch', 'main', 'BRANCH_PROTECTED'],
      ['that is protected', 'release/1.0', 'BRANCH_PROTECTED'],
    ])('%s is refused with the reason', async (_, name, code) => {
      expect(await github.deleteBranch(as(tokens.alice), { repository: web, name })).toEqual({
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
      const created = await github.createPullRequest(as(tokens.alice), request);

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
          url: `${webUrl}/acme/web/pull/1`,
        },
      });
      expect(door.requests).toHaveLength(1);
    });

    it.each([
      ['has no commits', { source: 'main', target: 'develop' }, { code: 'PULL_REQUEST_WITHOUT_COMMITS' }],
      ['has a target that is gone', { target: 'gone' }, { code: 'TARGET_BRANCH_MISSING' }],
      ['has a source that is gone', { source: 'gone' }, { code: 'SOURCE_BRANCH_MISSING' }],
      ['is in an archived repository', { repository: 'acme/attic' }, { code: 'REPOSITORY_ARCHIVED' }],
    ])('that %s is refused with the reason', async (_, change, error) => {
      expect(await github.createPullRequest(as(tokens.alice), { ...request, ...change })).toEqual({ ok: false, error });
    });

    it('with a token that may not is refused with what it lacks', async () => {
      expect(await github.createPullRequest(as(tokens.aliceFineRead), request)).toEqual({
        ok: false,
        error: { code: 'SCOPE_MISSING', missing: ['pull_requests: write'] },
      });
    });
  });

  describe('GitHub: what an issue has', () => {
    it('is found by the key as a whole word, in one request', async () => {
      await github.createPullRequest(as(tokens.alice), {
        repository: web,
        source: 'develop',
        target: 'main',
        title: 'Fixes DEMO-1',
        description: '',
        draft: true,
      });
      door.requests.length = 0;

      const work = await github.findWork(as(tokens.alice), {
        issueKey: 'DEMO-1',
        owners: ['acme'],
        repositories: [web, 'acme/api'],
      });

      expect(work.ok && work.value.branches.map((branch) => branch.name).sort()).toEqual([
        'demo-1-lower-case',
        'feature/DEMO-1-login',
      ]);
      expect(work.ok && work.value.pullRequests).toMatchObject([
        { title: 'Fixes DEMO-1', state: 'draft', author: 'alice', source: 'develop', repository: web },
      ]);
      expect(door.requests).toHaveLength(1);
    });

    it('is found although one of the repositories is hidden', async () => {
      const work = await github.findWork(as(tokens.alice), {
        issueKey: 'DEMO-1',
        owners: ['acme'],
        repositories: ['acme/gone', web],
      });
      expect(work.ok && work.value.branches).toHaveLength(2);
    });
  });

  describe('GitHub’s published GraphQL schema', () => {
    it('takes every question the adapter asks', async () => {
      const documents: string[] = [];
      const inner = globalThis.fetch;
      globalThis.fetch = async (input, init) => {
        if (
          String(input instanceof Request ? input.url : input).endsWith('/graphql') &&
          typeof init?.body === 'string'
        ) {
          documents.push((JSON.parse(init.body) as { query: string }).query);
        }
        return inner(input, init);
      };
      await github.listRepositories(as(tokens.alice), { owners: ['acme'], search: 'web' });
      await github.listBranches(as(tokens.alice), { repository: web, search: 'x' });
      await github.findWork(as(tokens.alice), { issueKey: 'DEMO-1', owners: ['acme'], repositories: [web] });
      await github.findWork(as(tokens.alice), { issueKey: 'DEMO-1', owners: ['acme'], repositories: [] });

      const schema = buildSchema(
        await readFile(join(process.cwd(), 'node_modules/@octokit/graphql-schema/schema.graphql'), 'utf8'),
        { assumeValidSDL: true },
      );

      expect(documents).toHaveLength(4);
      expect(documents.flatMap((document) => validate(schema, parse(document)).map((error) => error.message))).toEqual(
        [],
      );
    }, 60_000);
  });

  describe('A connection to GitHub', () => {
    it('shows its token in no request line and in no error', async () => {
      await github.createBranch(as(tokens.aliceRevoked), { repository: web, name: 'x', source: 'main' });
      expect(door.requests.map((request) => request.url).join()).not.toContain(tokens.aliceRevoked);
      expect(door.requests.every((request) => request.authorization === `token ${tokens.aliceRevoked}`)).toBe(true);
    });

    it('tells which edition answers, and a server its version', async () => {
      const found = await github.detect(as(tokens.alice));
      expect(found).toEqual({
        ok: true,
        value: edition === 'ghes' ? { edition, version: '3.19.2' } : { edition },
      });
    });

    it('asks no other host, and a server under its own path', () => {
      expect(serviceAt(edition, webUrl).apiUrl).toBe(edition === 'ghes' ? `${webUrl}/api/v3` : `https://${apiHost}`);
    });
  });
});
