import { inspect } from 'node:util';
import { secret } from '../../../src/domain/secret';
import { serviceAt } from '../../../src/domain/service';
import { azureDevOps } from '../../../src/providers/azure-devops';
import { linksOf } from '../../../src/providers/links';
import { places, tokens } from '../../support/azure-devops-world';
import { leaks } from '../../support/canary';
import { openEgressDoor, type EgressDoor } from '../../support/egress-door';
import {
  EDITIONS,
  openSimulatedAzureDevOps,
  type Edition,
  type SimulatedAzureDevOps,
} from '../../support/simulated-azure-devops';

const web = 'Shop/web';
const branch = { repository: web, name: 'DEMO-1-new', source: 'develop' };
const refsPath = '/Shop/_apis/git/repositories/web/refs';
const pullsPath = '/Shop/_apis/git/repositories/web/pullrequests';
const request = {
  repository: web,
  source: 'feature/DEMO-1-login',
  target: 'main',
  title: 'DEMO-1: Merge it',
  description: 'Why',
  draft: false,
};

let azure: SimulatedAzureDevOps;
let door: EgressDoor;

function serving(edition: Edition, more: { iisBasic?: boolean } = {}): void {
  beforeAll(async () => {
    azure = await openSimulatedAzureDevOps(edition, more);
  });
  afterAll(() => azure.close());
  beforeEach(async () => {
    await azure.service.reset();
    door = azure.openDoor();
  });
  afterEach(() => door.close());
}

const writes = () => door.requests.filter(({ method }) => method === 'POST');

/** Loses every answer to a write after the service has done it. */
function loseAnswers(): void {
  const through = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await through(input, init);
    if (init?.method !== 'POST') return response;
    await response.arrayBuffer();
    throw new TypeError('fetch failed');
  };
}

describe('Azure DevOps answers 200 to a change it did not make', () => {
  serving('azure-devops');
  const result = (updateStatus: unknown, success = false) => ({
    value: [{ name: 'refs/heads/DEMO-1-new', success, updateStatus }],
    count: 1,
  });

  it.each([
    ['forcePushRequired', { code: 'PERMISSION_DENIED' }],
    ['staleOldObjectId', { code: 'BRANCH_EXISTS' }],
    ['invalidRefName', { code: 'BRANCH_NAME_REFUSED' }],
    ['unprocessed', { code: 'UNEXPECTED_ANSWER', status: 200 }],
    ['unresolvableToCommit', { code: 'SOURCE_BRANCH_MISSING' }],
    ['writePermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['manageNotePermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['createBranchPermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['createTagPermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['rejectedByPlugin', { code: 'BRANCH_PROTECTED' }],
    ['locked', { code: 'BRANCH_PROTECTED' }],
    ['refNameConflict', { code: 'BRANCH_NAME_REFUSED' }],
    ['rejectedByPolicy', { code: 'BRANCH_PROTECTED' }],
    ['somethingNew', { code: 'UNEXPECTED_ANSWER', status: 200 }],
    ['succeeded', { code: 'UNEXPECTED_ANSWER', status: 200 }],
  ])('with success false and %s: that is no success', async (updateStatus, error) => {
    await azure.arm({ path: refsPath, method: 'POST', status: 200, body: result(updateStatus) });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toEqual({ ok: false, error });
    expect(writes()).toHaveLength(1);
  });

  it.each([
    ['no result at all', { value: [], count: 0 }],
    ['another shape', { hello: 'world' }],
    ['a result without a verdict', { value: [{ name: 'refs/heads/x' }], count: 1 }],
    ['nothing', undefined],
    ['null', null],
  ])('with %s: that is no success', async (_, body) => {
    await azure.arm({ path: refsPath, method: 'POST', status: 200, ...(body === undefined ? {} : { body }) });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toEqual({
      ok: false,
      error: { code: 'NOT_AN_API_ANSWER' },
    });
    expect(writes()).toHaveLength(1);
  });

  it.each(['succeeded', 'succeededNonExistentRef', 'succeededCorruptRef'])(
    'unless it says success and %s',
    async (status) => {
      await azure.arm({ path: refsPath, method: 'POST', status: 200, body: result(status, true) });
      expect(await azureDevOps.deleteBranch(azure.as('eve'), { repository: web, name: 'develop' })).toEqual({
        ok: true,
        value: undefined,
      });
    },
  );

  it('when a branch moved since it was looked at: it is not deleted', async () => {
    const old = 'a'.repeat(40);
    const head = { value: [{ name: 'refs/heads/develop', objectId: old }], count: 1 };
    await azure.arm({ path: refsPath, method: 'GET', status: 200, body: head });
    expect(await azureDevOps.deleteBranch(azure.as('eve'), { repository: web, name: 'develop' })).toEqual({
      ok: false,
      error: { code: 'BRANCH_MOVED' },
    });
    expect(writes()).toHaveLength(1);
  });

  it('and takes a creation only from forty zeros to a commit', async () => {
    const bodies: unknown[] = [];
    const through = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (typeof init?.body === 'string') bodies.push(JSON.parse(init.body));
      return through(input, init);
    };
    await azureDevOps.createBranch(azure.as('alice'), branch);
    expect(bodies).toEqual([
      [
        {
          name: 'refs/heads/DEMO-1-new',
          oldObjectId: '0'.repeat(40),
          newObjectId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
        },
      ],
    ]);
  });
});

describe('Azure DevOps and tokens', () => {
  serving('azure-devops');

  it.each([
    ['unknown', 'z'.repeat(84), 'AUTH_INVALID'],
    ['revoked', tokens.aliceRevoked, 'AUTH_INVALID'],
    ['expired', tokens.aliceExpired, 'AUTH_EXPIRED'],
    ['of another organization', tokens.aliceElsewhere, 'AUTH_INVALID'],
    ['a sentence', 'my token is „secret“', 'AUTH_INVALID'],
    ['empty', '', 'AUTH_INVALID'],
  ])('one that is %s is a definite no, asked once', async (_, token, code) => {
    expect(await azureDevOps.checkToken(azure.withToken(token))).toEqual({ ok: false, error: { code } });
    expect(await azureDevOps.createBranch(azure.withToken(token), branch)).toEqual({ ok: false, error: { code } });
    expect(door.requests).toHaveLength(2);
  });

  it('one limited to this organization is known without any other host', async () => {
    expect(await azureDevOps.checkToken(azure.as('alice'))).toMatchObject({ ok: true });
    expect(door.requests.map(({ url }) => new URL(url).host)).toEqual([
      'dev.azure.com',
      'dev.azure.com',
      'dev.azure.com',
    ]);
  });

  it.each([
    ['read only', tokens.aliceReadOnly],
    ['without code', tokens.aliceNoCode],
  ])('one that is %s lacks what writing needs, and finding that out changes nothing', async (_, token) => {
    expect(await azureDevOps.checkToken(azure.withToken(token))).toMatchObject({
      ok: true,
      value: { login: 'Alice Example', missingScopes: ['Code (Read & write)'] },
    });
    const branches = await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: '' });
    expect(branches.ok && branches.value.items).toHaveLength(8);
  });

  it('one of somebody without repositories is good all the same', async () => {
    expect(await azureDevOps.checkToken(azure.as('carol'))).toMatchObject({ ok: true, value: { missingScopes: [] } });
    expect(await azureDevOps.findOwners(azure.as('carol'))).toEqual({ ok: true, value: [] });
  });

  it.each(['createBranch', 'deleteBranch', 'createPullRequest'] as const)(
    'one that may only read is refused %s with what it lacks',
    async (action) => {
      const reader = azure.withToken(tokens.aliceReadOnly);
      const asked = {
        createBranch: () => azureDevOps.createBranch(reader, branch),
        deleteBranch: () => azureDevOps.deleteBranch(reader, { repository: web, name: 'develop' }),
        createPullRequest: () => azureDevOps.createPullRequest(reader, request),
      };
      expect(await asked[action]()).toEqual({
        ok: false,
        error: { code: 'SCOPE_MISSING', missing: ['Code (Read & write)'] },
      });
    },
  );

  it('nobody in particular is nobody', async () => {
    const id = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';
    const body = { authenticatedUser: { id, providerDisplayName: 'Anonymous' } };
    await azure.arm({ path: '/_apis/connectionData', status: 200, body });
    expect(await azureDevOps.checkToken(azure.as('alice'))).toEqual({ ok: false, error: { code: 'AUTH_INVALID' } });
  });

  it('whose owner has no display name is known by the account name', async () => {
    const properties = { Account: { $type: 'System.String', $value: 'alice@acme.example' } };
    await azure.arm({
      path: '/_apis/connectionData',
      status: 200,
      body: { authenticatedUser: { id: 'x', properties } },
    });
    expect(await azureDevOps.checkToken(azure.as('alice'))).toMatchObject({
      ok: true,
      value: { login: 'alice@acme.example' },
    });
  });

  it.each([
    ['a sign-in page with 203', { status: 203, html: true }, { code: 'AUTH_INVALID' }],
    [
      'a redirect to the sign-in page',
      { status: 302, headers: { location: 'https://elsewhere.example/_signin' } },
      { code: 'AUTH_INVALID' },
    ],
    ['a page of HTML with 200', { status: 200, html: true }, { code: 'NOT_AN_API_ANSWER' }],
    [
      'a page of HTML with 502',
      { status: 502, html: true, times: 'always' },
      { code: 'UNEXPECTED_ANSWER', status: 502 },
    ],
    ['a page of HTML with 401', { status: 401, html: true }, { code: 'AUTH_INVALID' }],
  ])('answers %s, and the token goes nowhere else', async (_, fault, error) => {
    await azure.arm({ path: refsPath, ...fault });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toEqual({ ok: false, error });
    expect(writes()).toHaveLength(0);
    expect(new Set(door.requests.map(({ url }) => new URL(url).host))).toEqual(new Set(['dev.azure.com']));
  });

  it('every request asks for no sign-in page', async () => {
    const asked: (string | null)[] = [];
    const through = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      asked.push(new Request(input, init).headers.get('x-tfs-fedauthredirect'));
      return through(input, init);
    };
    await azureDevOps.createBranch(azure.as('alice'), branch);
    await azureDevOps.checkToken(azure.as('alice'));
    expect(asked).toEqual(['Suppress', 'Suppress', 'Suppress', 'Suppress', 'Suppress']);
  });

  it('shows in no address and in no error, whatever happens', async () => {
    const { alice } = tokens;
    const seen: unknown[] = [];
    for (const fault of [
      { status: 401, body: { message: `TF400813: ${alice}` } },
      { status: 500, body: { message: alice } },
      { status: 409, body: { message: alice } },
      { status: 203, html: true },
      { reset: true },
    ]) {
      await azure.arm({ path: refsPath, ...fault });
      seen.push(await azureDevOps.createBranch(azure.as('alice'), branch));
    }
    seen.push(door.requests.map(({ url, method }) => `${method} ${url}`));
    expect(leaks(inspect(seen, { depth: 20 }), [alice])).toEqual([]);
    expect(leaks(JSON.stringify(azure.as('alice')), [alice])).toEqual([]);
  });
});

describe('Azure DevOps in trouble', () => {
  serving('azure-devops');
  const post = { path: refsPath, method: 'POST' };
  const says = (status: number, typeKey: string, message: string) => ({ status, body: { typeKey, message } });

  it.each([
    ['fails', { status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
    ['is overloaded', { status: 503 }, { code: 'UNEXPECTED_ANSWER', status: 503 }],
    ['drops the connection', { reset: true }, { code: 'UNREACHABLE' }],
    [
      'blocks whoever asked too much',
      { rateLimit: 'primary', retryAfter: 90 },
      { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    ],
    [
      'names the time it lets one in again',
      { ...says(429, '', 'TF400733'), headers: { 'x-ratelimit-reset': '4102444800' } },
      { code: 'RATE_LIMITED', retryAt: '2100-01-01T00:00:00.000Z' },
    ],
    [
      'names a date',
      { ...says(429, '', 'TF400733'), headers: { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' } },
      { code: 'RATE_LIMITED', retryAt: '2100-01-01T00:00:00.000Z' },
    ],
    ['names no time', says(429, '', 'TF400733'), { code: 'RATE_LIMITED' }],
    [
      'is fenced in by conditional access',
      says(403, '', 'VS403463: The conditional access policy defined by your administrator has failed.'),
      { code: 'IP_BLOCKED' },
    ],
    ['does not say why it forbids', says(403, '', ''), { code: 'PERMISSION_DENIED' }],
    [
      'names the person it does not let in',
      says(
        401,
        'UnauthorizedRequestException',
        "TF400813: The user 'Alice' is not authorized to access this resource.",
      ),
      { code: 'SCOPE_MISSING', missing: ['Code (Read & write)'] },
    ],
    ['does not understand the request', says(400, 'Other', 'what?'), { code: 'UNEXPECTED_ANSWER', status: 400 }],
    [
      'is older than it should be',
      says(400, 'VssVersionOutOfRangeException', 'out of range'),
      { code: 'SERVICE_TOO_OLD' },
    ],
  ])('when it %s is written to once', async (_, fault, error) => {
    await azure.arm({ ...post, ...fault });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toEqual({ ok: false, error });
    expect(writes()).toHaveLength(1);
  });

  it('when it takes its time, and says so beside a good answer, is believed', async () => {
    const body = { value: [{ name: 'refs/heads/DEMO-1-new', success: true, updateStatus: 'succeeded' }], count: 1 };
    await azure.arm({
      ...post,
      delay: 300,
      status: 200,
      body,
      headers: { 'retry-after': '30', 'x-ratelimit-delay': '30' },
    });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toMatchObject({ ok: true });
    expect(door.requests).toHaveLength(2);
  });

  it('when it hangs, the deadline ends it', async () => {
    await azure.arm({ path: refsPath, hang: true });
    expect(await azureDevOps.createBranch(azure.as('alice', 700), branch)).toEqual({
      ok: false,
      error: { code: 'TIMEOUT' },
    });
  });

  it('when reading fails for a moment is asked again', async () => {
    await azure.arm({ path: refsPath, method: 'GET', status: 503 });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toMatchObject({ ok: true });
    expect(door.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  });

  it.each(['createBranch', 'deleteBranch', 'createPullRequest'] as const)(
    'when the answer to %s is lost, it is looked up and not sent again',
    async (action) => {
      loseAnswers();
      const asked = {
        createBranch: () => azureDevOps.createBranch(azure.as('alice'), branch),
        deleteBranch: () => azureDevOps.deleteBranch(azure.as('eve'), { repository: web, name: 'develop' }),
        createPullRequest: () => azureDevOps.createPullRequest(azure.as('alice'), request),
      };
      expect(await asked[action]()).toMatchObject({ ok: true });
      expect(writes()).toHaveLength(1);
    },
  );

  it('when a write never arrived, it is no success', async () => {
    await azure.arm({ path: pullsPath, method: 'POST', reset: true });
    expect(await azureDevOps.createPullRequest(azure.as('alice'), request)).toEqual({
      ok: false,
      error: { code: 'UNREACHABLE' },
    });
    await azure.arm({ ...post, reset: true });
    expect(await azureDevOps.deleteBranch(azure.as('eve'), { repository: web, name: 'develop' })).toEqual({
      ok: false,
      error: { code: 'UNREACHABLE' },
    });
  });

  it.each([
    ['repositories', '/Shop/_apis/git/repositories'],
    ['branches', refsPath],
    ['pull requests', '/Shop/_apis/git/pullrequests'],
  ])('when it answers a list of %s with 404, nothing is no success', async (_, path) => {
    await azure.arm({ path, status: 404, body: {}, times: 'always' });
    const answers = [
      await azureDevOps.listRepositories(azure.as('alice'), { owners: ['Shop'], search: '' }),
      await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: '' }),
      await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [] }),
    ];
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: { code: 'REPOSITORY_NOT_FOUND' } }]);
  });

  it.each([
    ['repositories', '/Shop/_apis/git/repositories'],
    ['branches', refsPath],
    ['pull requests', '/Shop/_apis/git/pullrequests'],
  ])('when it answers a list of %s with something else, that is no answer', async (_, path) => {
    await azure.arm({ path, status: 200, body: { value: [{ id: 7 }], count: 1 }, times: 'always' });
    const answers = [
      await azureDevOps.listRepositories(azure.as('alice'), { owners: ['Shop'], search: '' }),
      await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: '' }),
      await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [] }),
    ];
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: { code: 'NOT_AN_API_ANSWER' } }]);
  });
});

describe('Azure DevOps in lists', () => {
  serving('azure-devops');
  const names = (count: number) => Array.from({ length: count }, (_, at) => `many/${String(at).padStart(3, '0')}`);

  async function makeBranches(count: number): Promise<void> {
    const head = (await (await azure.ask('GET', `${refsPath}?filter=heads/main`)).json()) as {
      value: { objectId: string }[];
    };
    const body = names(count).map((name) => ({
      name: `refs/heads/${name}`,
      oldObjectId: '0'.repeat(40),
      newObjectId: head.value[0]?.objectId,
    }));
    const headers = { accept: 'application/json;api-version=7.1' };
    expect((await azure.ask('POST', refsPath, { body, headers })).status).toBe(200);
  }

  it('pages branches with what the service gives to go on', async () => {
    await makeBranches(60);
    const first = await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: 'many' });
    const cursor = first.ok ? first.value.next : undefined;
    const second = await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: 'many', cursor });

    const all = [first, second].flatMap((page) => (page.ok ? page.value.items.map(({ name }) => name) : []));
    expect(all).toEqual(names(60));
    expect(second.ok && second.value.next).toBe(undefined);
    expect(door.requests).toHaveLength(2);
  });

  it('searches titles on the service, in the version that can', async () => {
    await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [] });
    const asked = new URL(door.requests[0]?.url ?? '');
    expect(asked.searchParams.get('searchCriteria.title')).toBe('DEMO-1');
    expect(asked.pathname).toBe('/acme/Shop/_apis/git/pullrequests');
  });

  it('asks once for the pull requests of several projects', async () => {
    await azureDevOps.createPullRequest(azure.as('alice'), request);
    door.requests.length = 0;
    const work = await azureDevOps.findWork(azure.as('alice'), {
      issueKey: 'DEMO-1',
      owners: ['Shop', 'Back Office'],
      repositories: [],
    });
    expect(work.ok && work.value.pullRequests.map(({ number }) => number)).toEqual([1]);
    expect(door.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/acme/_apis/git/pullrequests']);
  });

  it('shows merged, closed and draft pull requests as what they are', async () => {
    const pull = (pullRequestId: number, status: string, more = {}) => ({
      pullRequestId,
      title: 'DEMO-1',
      status,
      sourceRefName: 'refs/heads/a',
      targetRefName: 'refs/heads/main',
      creationDate: '2026-01-05T09:00:00Z',
      repository: { name: 'web', project: { name: 'Shop' } },
      ...more,
    });
    const value = [
      pull(1, 'completed', { closedDate: '2026-01-06T09:00:00Z' }),
      pull(2, 'abandoned'),
      pull(3, 'active', { isDraft: true }),
      pull(4, 'active'),
    ];
    await azure.arm({ path: '/Shop/_apis/git/pullrequests', status: 200, body: { value, count: 4 } });
    const work = await azureDevOps.findWork(azure.as('alice'), {
      issueKey: 'DEMO-1',
      owners: ['Shop'],
      repositories: [],
    });
    expect(work.ok && work.value.pullRequests.map(({ state, updatedAt }) => [state, updatedAt])).toEqual([
      ['merged', '2026-01-06T09:00:00.000Z'],
      ['closed', '2026-01-05T09:00:00.000Z'],
      ['draft', '2026-01-05T09:00:00.000Z'],
      ['open', '2026-01-05T09:00:00.000Z'],
    ]);
  });

  it('does not stay silent about branches it could not read', async () => {
    await azure.arm({ path: refsPath, status: 500, times: 'always' });
    expect(
      await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [web] }),
    ).toEqual({ ok: false, error: { code: 'UNEXPECTED_ANSWER', status: 500 } });
  });

  it('reads the branches of ten repositories at most', async () => {
    const repositories = Array.from({ length: 14 }, (_, at) => `Shop/r${at}`);
    const work = await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories });
    expect(work).toEqual({ ok: true, value: { branches: [], pullRequests: [] } });
    expect(door.requests).toHaveLength(11);
  });

  it('sends no description longer than the service takes, and never half a letter', async () => {
    const description = `${'x'.repeat(3999)}🚀 and more`;
    await azureDevOps.createPullRequest(azure.as('alice'), { ...request, description });
    const pull = (await (await azure.ask('GET', `${pullsPath}/1`)).json()) as { description: string };
    expect(pull.description).toBe('x'.repeat(3999));
  });

  it('pages repositories that come all at once', async () => {
    const repository = (at: number) => ({ id: `r${at}`, name: `r${100 + at}`, project: { name: 'Shop' } });
    const value = Array.from({ length: 70 }, (_, at) => repository(at));
    await azure.arm({ path: '/Shop/_apis/git/repositories', status: 200, body: { value, count: 70 }, times: 'always' });
    const first = await azureDevOps.listRepositories(azure.as('alice'), { owners: ['Shop'], search: 'r' });
    const second = await azureDevOps.listRepositories(azure.as('alice'), {
      owners: ['Shop'],
      search: 'r',
      cursor: '50',
    });
    expect(first.ok && [first.value.items.length, first.value.next]).toEqual([50, '50']);
    expect(second.ok && [second.value.items.length, second.value.next]).toEqual([20, undefined]);
  });
});

describe.each(['tfs-2018', 'tfs-2013'] as const)('%s', (edition) => {
  serving(edition);

  it('is asked for all branches and searched here, never with what it does not know', async () => {
    const found = await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: 'LOWER' });
    expect(found.ok && found.value.items.map(({ name }) => name)).toEqual(['demo-1-lower-case']);
    const { searchParams } = new URL(door.requests[0]?.url ?? '');
    expect([...searchParams.keys()]).toEqual(['filter']);
  });

  it('is sent no draft', async () => {
    const bodies: string[] = [];
    const through = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (typeof init?.body === 'string') bodies.push(init.body);
      return through(input, init);
    };
    await azureDevOps.createPullRequest(azure.as('alice'), { ...request, draft: true });
    expect(Object.keys(JSON.parse(bodies[0] ?? '') as object)).not.toContain('isDraft');
  });
});

describe('TFS 2015', () => {
  serving('tfs-2015');

  it('is asked with the bare names of its criteria too', async () => {
    await azureDevOps.createPullRequest(azure.as('alice'), { ...request, source: 'develop' });
    await azureDevOps.createPullRequest(azure.as('alice'), request);
    door.requests.length = 0;
    expect(await azureDevOps.createPullRequest(azure.as('alice'), request)).toMatchObject({
      ok: false,
      error: { code: 'PULL_REQUEST_EXISTS', url: `${places['tfs-2015'].address}/Shop/_git/web/pullrequest/2` },
    });
    const { searchParams } = new URL(door.requests[1]?.url ?? '');
    expect(searchParams.get('sourceRefName')).toBe('refs/heads/feature/DEMO-1-login');
    expect(searchParams.get('searchCriteria.sourceRefName')).toBe('refs/heads/feature/DEMO-1-login');
  });

  it('has no personal access tokens', async () => {
    expect(await azureDevOps.checkToken(azure.withToken(tokens.alice))).toEqual({
      ok: false,
      error: { code: 'AUTH_INVALID' },
    });
  });

  it('lets passwords with colons and letters of any script in', async () => {
    expect(await azureDevOps.checkToken(azure.as('bob'))).toMatchObject({ ok: true, value: { login: 'Bob Example' } });
    expect(await azureDevOps.checkToken(azure.withPassword('bøb', 'pässword'))).toEqual({
      ok: false,
      error: { code: 'AUTH_INVALID' },
    });
  });
});

describe('A server with IIS Basic authentication on', () => {
  serving('azure-devops-server-2022', { iisBasic: true });

  it('refuses the best of tokens, and takes a password', async () => {
    expect(await azureDevOps.checkToken(azure.withToken(tokens.alice))).toEqual({
      ok: false,
      error: { code: 'AUTH_INVALID' },
    });
    expect(await azureDevOps.checkToken(azure.withPassword('alice', 'correct horse: battery of alice'))).toMatchObject({
      ok: true,
      value: { missingScopes: [] },
    });
  });
});

describe('A server that was connected as a newer one', () => {
  serving('tfs-2018');
  const asNewer = (id: 'azure-devops' | 'azure-devops-server-2022') => ({
    ...azure.as('alice'),
    service: { ...serviceAt(id, 'https://dev.azure.com/x'), ...pick() },
  });
  const pick = () => {
    const { webUrl, apiUrl, place } = azure.as('alice').service;
    return { webUrl, apiUrl, place };
  };

  it('is found out when it is asked, and says so until then', async () => {
    const connection = asNewer('azure-devops-server-2022');
    expect(await azureDevOps.createBranch(connection, branch)).toEqual({
      ok: false,
      error: { code: 'SERVICE_TOO_OLD' },
    });
    expect(await azureDevOps.checkToken(connection)).toMatchObject({ ok: true, value: { missingScopes: [] } });
    expect(await azureDevOps.findOwners(connection)).toMatchObject({ ok: true });
    expect(await azureDevOps.detect(connection)).toEqual({ ok: true, value: { edition: 'tfs-2018', version: '4.0' } });
  });

  it('that tells no version is no such server', async () => {
    await azure.arm({ path: '/_apis/git', method: 'OPTIONS', status: 200, body: { value: [], count: 0 } });
    expect(await azureDevOps.detect(azure.as('alice'))).toEqual({ ok: false, error: { code: 'NOT_AN_API_ANSWER' } });
  });
});

describe('Addresses of Azure DevOps', () => {
  it.each([
    'https://dev.azure.com/acme',
    'https://dev.azure.com/acme/',
    'https://dev.azure.com/acme/Shop/_git/web',
    'https://acme.visualstudio.com',
    'https://ACME.visualstudio.com/DefaultCollection',
    'https://acme.visualstudio.com/Shop',
  ])('%s is the organization acme', (address) => {
    const service = serviceAt('azure-devops', address);
    expect(service).toMatchObject({ webUrl: 'https://dev.azure.com/acme', apiUrl: 'https://dev.azure.com/acme' });
    expect(service.place).toBe('dev.azure.com/acme');
  });

  it.each([
    [
      'https://ado.acme.example/My Collection',
      'https://ado.acme.example/My%20Collection',
      'ado.acme.example/My Collection',
    ],
    [
      'https://ado.acme.example/My%20Collection/',
      'https://ado.acme.example/My%20Collection',
      'ado.acme.example/My Collection',
    ],
    [
      'https://tfs.acme.example:8443/tfs/Größe',
      'https://tfs.acme.example:8443/tfs/Gr%C3%B6%C3%9Fe',
      'tfs.acme.example:8443/tfs/Größe',
    ],
  ])('%s is encoded once', (address, url, place) => {
    expect(serviceAt('tfs-2018', address)).toMatchObject({ webUrl: url, apiUrl: url, place });
  });

  it.each(EDITIONS)('%s links a branch, a clone and the token page', (edition) => {
    const { address } = places[edition];
    const service = serviceAt(edition, address);
    const links = linksOf(service);
    expect(links.branch(service, 'Back Office/a b', 'x/1#ü')).toBe(
      `${address}/Back%20Office/_git/a%20b?version=GBx%2F1%23%C3%BC`,
    );
    expect(links.clone(service, 'Shop/web')).toBe(`${address}/Shop/_git/web`);
    const page = ['tfs-2018', 'tfs-2017'].includes(edition) ? '/_details/security/tokens' : '/_usersSettings/tokens';
    expect(links.newToken(service, 'note')).toBe(
      service.edition.capabilities.userTokens ? `${address}${page}` : address,
    );
  });

  it('lead to no other host', async () => {
    const other = openEgressDoor({});
    const service = serviceAt('azure-devops', 'https://dev.azure.com/acme');
    const connection = {
      service: { ...service, apiUrl: 'http://dev.azure.com/acme' },
      credential: { kind: 'token' as const, token: secret(tokens.alice) },
      deadline: Date.now() + 1000,
    };
    await expect(azureDevOps.checkToken(connection)).rejects.toThrow('was refused');
    expect(other.requests).toEqual([]);
    other.close();
  });
});
