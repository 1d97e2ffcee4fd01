import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { idOf } from '../../sandbox/services/azure-devops/context';
import { openAzureDevOps } from '../../sandbox/services/azure-devops/open-azure-devops';
import { demoWorld } from '../../sandbox/world/demo';
import { azureDevOpsJudge, type AzureDevOpsJudge } from '../oracles/azure-devops-judge';
import { azureDevOpsWorld, places, tokens } from '../support/azure-devops-world';
import {
  EDITIONS,
  openSimulatedAzureDevOps,
  type Edition,
  type SimulatedAzureDevOps,
} from '../support/simulated-azure-devops';

const NO_OBJECT = '0'.repeat(40);
const refs = '/Shop/_apis/git/repositories/web/refs';
const pulls = '/Shop/_apis/git/repositories/web/pullrequests';
const suppress = { 'x-tfs-fedauthredirect': 'Suppress' };
const basic = (secret: string) => ({ authorization: `Basic ${Buffer.from(`:${secret}`).toString('base64')}` });

type Json = { value: Record<string, unknown>[]; count: number } & Record<string, unknown>;

/** Opens an edition for the tests of one group. */
function opened(edition: Edition): () => SimulatedAzureDevOps {
  let azure: SimulatedAzureDevOps;
  beforeAll(async () => {
    azure = await openSimulatedAzureDevOps(edition);
  });
  afterAll(() => azure.close());
  beforeEach(() => azure.service.reset());
  return () => azure;
}

async function json(answer: Promise<Response>): Promise<Json> {
  return (await (await answer).json()) as Json;
}

describe.each([
  ['tfs-2018', 'git-tfs-4.1.json', '4.0'],
  ['azure-devops-server-2019', 'git-server-5.0.json', '5.0'],
  ['azure-devops', 'git-services-7.2.json', '7.2-preview.2'],
] as const)('What the simulated %s answers', (edition, file, version) => {
  const azure = opened(edition);
  const headers = { accept: `application/json;api-version=${version}` };
  let judge: AzureDevOpsJudge;
  beforeAll(() => {
    judge = azureDevOpsJudge(file);
  });

  /** Sends a request, and judges the answer by Microsoft's own description. */
  const judged = async (method: string, path: string, status: number, body?: unknown): Promise<Json> => {
    const answer = await azure().ask(method, path, { body, headers });
    const said = (await answer.json()) as Json;
    expect([path, answer.status]).toEqual([path, status]);
    expect([path, judge(method, path.split('?')[0] ?? '', said)]).toEqual([path, []]);
    return said;
  };

  it('is what Microsoft describes, for every call', async () => {
    await judged('GET', '/_apis/git/repositories', 200);
    await judged('GET', '/Shop/_apis/git/repositories', 200);
    await judged('GET', '/Shop/_apis/git/repositories/web', 200);
    const { value } = await judged('GET', `${refs}?filter=heads/`, 200);
    const head = value.find(({ name }) => name === 'refs/heads/develop');
    const change = { name: 'refs/heads/new', oldObjectId: NO_OBJECT, newObjectId: head?.['objectId'] };
    expect((await judged('POST', refs, 200, [change])).value).toMatchObject([{ success: true }]);
    expect((await judged('POST', refs, 200, [change])).value).toMatchObject([
      { success: false, updateStatus: 'staleOldObjectId' },
    ]);
    const pull = { sourceRefName: 'refs/heads/new', targetRefName: 'refs/heads/main', title: 'T' };
    expect(await judged('POST', pulls, 201, pull)).toMatchObject({ pullRequestId: 1, status: 'active' });
    await judged('GET', `${pulls}?searchCriteria.status=all`, 200);
    await judged('GET', `${pulls}/1`, 200);
    await judged('GET', '/Shop/_apis/git/pullrequests?searchCriteria.status=active', 200);
    const bob = idOf('account', 'bob');
    expect(await judged('PUT', `${pulls}/1/reviewers/${bob}`, 200, { vote: 0 })).toMatchObject({ id: bob, vote: 0 });
    expect(await judged('GET', `${pulls}/1`, 200)).toMatchObject({
      reviewers: [{ id: bob, uniqueName: 'bob@acme.example' }],
    });
    expect((await judged('GET', '/Shop/_apis/git/repositories/web/pushes?$top=1', 200)).value).toMatchObject([
      { pushedBy: { uniqueName: 'alice@acme.example' } },
    ]);
  });

  it('is what Microsoft describes, for files', async () => {
    const folder = '/Shop/_apis/git/repositories/folders/items?scopePath=/.azuredevops&recursionLevel=oneLevel';
    expect((await judged('GET', folder, 200)).value.map(({ path }) => path)).toEqual([
      ...['/.azuredevops', '/.azuredevops/PULL_REQUEST_TEMPLATE.md', '/.azuredevops/pull_request_template'],
    ]);
    expect((await azure().ask('GET', folder.replace('azuredevops', 'none'), { headers })).status).toBe(404);
  });

  it('is checked: a wrong answer is found', () => {
    expect(judge('GET', '/Shop/_apis/git/repositories/web/items', { value: [{ isFolder: 'yes' }] })).not.toEqual([]);
    expect(judge('GET', refs, { value: [{ name: 7 }] })).not.toEqual([]);
    expect(judge('POST', refs, { value: [{ updateStatus: 'fine' }] })).not.toEqual([]);
    expect(judge('POST', pulls, { pullRequestId: 'one' })).not.toEqual([]);
    expect(judge('PUT', `${pulls}/1/reviewers/x`, { vote: 'yes' })).not.toEqual([]);
    expect(judge('GET', '/Shop/_apis/git/repositories/web/pushes', { value: [{ pushId: 'one' }] })).not.toEqual([]);
    expect(judge('GET', '/Shop/_apis/git/unknown', {})).toBe(undefined);
  });
});

describe.each(EDITIONS)('The simulated %s and versions of its API', (edition) => {
  const azure = opened(edition);
  const newest = {
    'azure-devops': ['7.1', '7.2', '7.3-preview.1'],
    'azure-devops-server-2022': ['7.0', '7.1', '7.1-preview.1'],
    'azure-devops-server-2020': ['6.0', '6.1', '6.1-preview.1'],
    'azure-devops-server-2019': ['5.0', '5.1', '5.1-preview.1'],
    'tfs-2018': ['4.0', '4.1', '4.1-preview.1'],
    'tfs-2017': ['3.0', '3.1', '3.1-preview.1'],
    'tfs-2015': ['2.0', '2.1', '3.0-preview.1'],
    'tfs-2013': ['1.0', '2.0', '2.0-preview.1'],
  }[edition];
  const asking = (version: string) => azure().ask('GET', `/_apis/git/repositories?api-version=${version}`);

  it('serves the first and its own, in the query and in Accept', async () => {
    expect((await asking('1.0')).status).toBe(200);
    expect((await asking(newest[0] ?? '')).status).toBe(200);
    const headers = { accept: `application/json;api-version=${newest[0]}` };
    expect((await azure().ask('GET', '/_apis/git/repositories', { headers })).status).toBe(200);
  });

  it('refuses newer ones and nonsense, and writing without one', async () => {
    for (const version of [...newest.slice(1), 'new']) {
      const answer = await asking(version);
      expect([version, answer.status]).toEqual([version, 400]);
      expect(((await answer.json()) as { typeKey: string }).typeKey).toMatch(/^Vss.*Version.*Exception$/);
    }
    expect((await azure().ask('POST', refs, { body: [] })).status).toBe(400);
  });

  it('tells the released version of its resources', async () => {
    const { value } = await json(azure().ask('OPTIONS', '/_apis/git'));
    const found = value.find(({ id }) => id === '2d874a60-a811-4f62-9c9f-963a6ea0a55b');
    expect(found?.['releasedVersion']).toBe(newest[0]);
  });
});

describe('The simulated Azure DevOps', () => {
  const azure = opened('azure-devops');
  const at = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    azure().service.handle(new Request(url, { method, headers }));
  const data = 'https://dev.azure.com/acme/_apis/connectionData';

  it('answers under both of its addresses', async () => {
    const instanceOf = async (url: string) => (await json(at(url, basic(tokens.alice))))['instanceId'];
    const instance = await instanceOf(data);
    expect(instance).toMatch(/^[0-9a-f-]{36}$/);
    expect(await instanceOf('https://acme.visualstudio.com/_apis/connectionData')).toBe(instance);
    expect(await instanceOf('https://acme.visualstudio.com/DefaultCollection/_apis/connectionData')).toBe(instance);
    expect((await at('https://dev.azure.com/globex/_apis/connectionData', basic(tokens.alice))).status).toBe(404);
    expect((await at('https://dev.azure.com/acme/%E0%A4%A', basic(tokens.alice))).status).toBe(400);
  });

  it('shows its sign-in page instead of an answer, unless the request suppresses that', async () => {
    const page = await at(data, basic('nonsense'));
    expect([page.status, page.headers.get('content-type')]).toEqual([203, 'text/html; charset=utf-8']);
    const redirect = await at(data);
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'https://dev.azure.com/acme/_signin']);
    expect((await at(data, { ...basic('nonsense'), ...suppress })).status).toBe(401);
    expect((await at(data, { authorization: 'Bearer x', ...suppress })).status).toBe(401);
  });

  it('names the account of an expired token, by the clock', async () => {
    const form = { account: 'bob', scopes: 'vso.code_write', expiration: '30' };
    const made = await azure().service.handle(
      new Request('https://dev.azure.com/acme/_usersSettings/tokens', {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams(form),
      }),
    );
    const { token, account } = (await made.json()) as { token: string; account: string };
    expect([token.length, token.slice(76, 80), account]).toEqual([84, 'AZDO', 'bob']);
    const headers = { ...basic(token), ...suppress };
    expect((await at(data, headers)).headers.get('x-vss-userdata')).toMatch(/^[0-9a-f-]{36}:bob@acme\.example$/);
    azure().clock.now = new Date('2026-03-20T12:00:00Z');
    const late = await at(data, headers);
    azure().clock.now = new Date('2026-01-20T12:00:00Z');
    expect([late.status, await late.text()]).toEqual([401, expect.stringContaining('has expired')]);
    expect(await azure().service.accountOf(new Request(data, { headers }))).toBe('bob');
  });

  it('has a token page for people: made, listed without its value, revoked', async () => {
    const page = 'https://dev.azure.com/acme/_usersSettings/tokens';
    const post = (form: Record<string, string>, headers: Record<string, string> = {}) =>
      azure().service.handle(new Request(page, { method: 'POST', headers, body: new URLSearchParams(form) }));
    const made = await (await post({ account: 'alice', name: '<b>', scopes: 'vso.code', expiration: '30' })).text();
    const token = /id="new-token"[^>]*value="([^"]{84})"/.exec(made)?.[1] ?? '';
    expect((await at(data, basic(token))).status).toBe(200);
    const write = await azure().ask('POST', `${refs}?api-version=7.1`, { body: [], headers: basic(token) });
    const listed = await (await at(page)).text();
    expect(listed).toContain('alice: &lt;b&gt;');
    expect([write.status, await write.text(), listed.includes(token)]).toEqual([401, '', false]);
    expect((await post({ account: 'alice', scopes: 'vso.code' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const id = [...listed.matchAll(/name="revoke" value="(\d+)"/g)].at(-1)?.[1] ?? '';
    // The last account's last token is another one's: alice's are listed together, in order.
    expect(Number(id)).toBeGreaterThan(0);
    for (const [, one = ''] of listed.matchAll(/name="revoke" value="(\d+)"/g)) await post({ revoke: one });
    expect((await at(data, { ...basic(token), ...suppress })).status).toBe(401);
    expect((await post({ revoke: '999' })).status).toBe(404);
    expect((await post({ account: 'nobody', scopes: 'vso.code' })).status).toBe(422);
    expect((await post({ account: 'alice' })).status).toBe(422);
    expect((await post({ account: 'alice', scopes: 'vso.code', expiration: '0' })).status).toBe(422);
  });

  it('refuses every request that it does not model, by name', async () => {
    const headers = { accept: 'application/json;api-version=7.1' };
    const calls: [string, string, unknown?][] = [
      ['GET', '/_apis/projects'],
      ['GET', `${refs}?includeStatuses=true`],
      ['GET', '/_apis/git/repositories?includeHidden=true'],
      ['POST', refs, [{ name: 'refs/heads/main', oldObjectId: 'a'.repeat(40), newObjectId: 'b'.repeat(40) }]],
    ];
    for (const [method, path, body] of calls) {
      const answer = await azure().ask(method, path, { body, headers });
      expect([path, answer.status, await answer.text()]).toEqual([path, 501, expect.stringContaining('Not modelled')]);
    }
  });

  it('refuses requests that make no sense', async () => {
    const headers = { accept: 'application/json;api-version=7.1' };
    for (const body of ['no list', [{}], [{ name: 'refs/heads/x', oldObjectId: '0', newObjectId: '0' }]]) {
      expect((await azure().ask('POST', refs, { body, headers })).status).toBe(400);
    }
    expect((await azure().ask('POST', pulls, { body: {}, headers })).status).toBe(400);
    expect((await azure().ask('GET', `${pulls}/99`, { headers })).status).toBe(404);
    expect((await azure().ask('GET', `${refs}?continuationToken=nonsense`, { headers })).status).toBe(400);
  });

  it('pages refs, at most as many as requested', async () => {
    const first = await azure().ask('GET', `${refs}?filter=heads/&$top=3`);
    expect(((await first.json()) as Json).count).toBe(3);
    const token = first.headers.get('x-ms-continuationtoken') ?? '';
    const rest = await json(azure().ask('GET', `${refs}?filter=heads/&continuationToken=${encodeURIComponent(token)}`));
    expect(rest.count).toBe(5);
    const { value } = await json(azure().ask('GET', `${refs}?filter=heads/&filterContains=LOGIN`));
    expect(value.map(({ name }) => name)).toEqual(['refs/heads/feature/DEMO-1-login']);
  });

  it('lists pull requests as requested, newest first, and updates them from git', async () => {
    const headers = { accept: 'application/json;api-version=7.1' };
    const open = (source: string) =>
      azure().ask('POST', pulls, {
        headers,
        body: { sourceRefName: `refs/heads/${source}`, targetRefName: 'refs/heads/main', title: source },
      });
    await open('develop');
    await open('demo-1-lower-case');
    const listed = async (query: string) =>
      (await json(azure().ask('GET', `${pulls}?${query}`))).value.map(({ pullRequestId: id }) => id);
    expect(await listed('')).toEqual([2, 1]);
    expect(await listed('searchCriteria.sourceRefName=refs/heads/develop')).toEqual([1]);
    expect(await listed('$top=1')).toEqual([2]);
    expect(await listed('$skip=1')).toEqual([1]);
    expect(await listed('searchCriteria.status=3')).toEqual([]);
    const eve = { ...headers, ...basic(tokens.eve) };
    const { value } = await json(azure().ask('GET', `${refs}?filter=heads/develop`));
    const gone = { name: 'refs/heads/develop', oldObjectId: value[0]?.['objectId'], newObjectId: NO_OBJECT };
    expect((await json(azure().ask('POST', refs, { headers: eve, body: [gone] }))).value[0]).toMatchObject({
      success: true,
    });
    expect(await listed('searchCriteria.status=abandoned')).toEqual([1]);
    const title = `searchCriteria.title=LOWER&searchCriteria.status=all&api-version=7.2-preview.2`;
    expect(await listed(title)).toEqual([2]);
  });

  it('shows repositories, branches, pull requests and activity', async () => {
    const headers = { accept: 'application/json;api-version=7.1' };
    const { value } = await json(azure().ask('GET', `${refs}?filter=heads/main`));
    const change = { name: 'refs/heads/made', oldObjectId: NO_OBJECT, newObjectId: value[0]?.['objectId'] };
    await azure().ask('POST', refs, { headers, body: [change] });
    const pull = { sourceRefName: 'refs/heads/made', targetRefName: 'refs/heads/main', title: 'A <title>' };
    await azure().ask('POST', pulls, { headers, body: pull });
    const page = async (path: string) => (await at(`https://dev.azure.com/acme${path}`)).text();
    expect(await page('/')).toContain('Back Office/Rechnungen &amp; Maße 100%');
    const shown = await page('/Shop/_git/web');
    expect(shown).toContain('created by alice');
    expect(shown).toContain('A &lt;title&gt;');
    expect(shown).toContain('locked by ada');
    expect(await page('/Shop/_git/web?version=GBodd%2F100%25-%231%2B%C3%BC')).toContain('Work on odd/100%-#1+ü (1)');
    expect(await page('/Shop/_git/web/pullrequest/1')).toContain('by <strong>alice</strong>');
    for (const path of ['/Shop/_git/web/pullrequest/7', '/Shop/_git/gone', '/x', '/Shop/_git/web?version=GBgone']) {
      expect((await at(`https://dev.azure.com/acme${path}`)).status).toBe(404);
    }
    expect((await at('https://dev.azure.com/acme/x', {}, 'PUT')).status).toBe(405);
  });
});

describe('The simulated TFS', () => {
  const azure = opened('tfs-2017');

  it('ignores unknown parameters, as old servers do', async () => {
    const { count } = await json(azure().ask('GET', `${refs}?filter=heads/&filterContains=login&$top=1`));
    expect(count).toBe(8);
  });

  it('answers 401 without a page, and has its token page at the old address', async () => {
    const { address } = places['tfs-2017'];
    const answer = await azure().service.handle(new Request(`${address}/_apis/connectionData`));
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    const page = await azure().service.handle(new Request(`${address}/_details/security/tokens`));
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Create')]);
    expect((await azure().service.handle(new Request(`${address}/_usersSettings/tokens`))).status).toBe(404);
  });
});

describe('Git at the simulated Azure DevOps', () => {
  const azure = opened('azure-devops-server-2022');
  const run = promisify(execFile);
  const env = {
    PATH: process.env['PATH'] ?? '',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
  const git = (args: string[], cwd = tmpdir()) => run('git', args, { cwd, env });
  const remote = (token: string, path = 'Shop/_git/web') => {
    const { host, address } = places['azure-devops-server-2022'];
    const url = new URL(azure().served.url(host, `${new URL(address).pathname}/${path}`));
    url.password = token;
    url.username = 'anything';
    return url.href;
  };

  it('sees a branch as soon as the API made it', async () => {
    const { value } = await json(azure().ask('GET', `${refs}?filter=heads/develop`));
    const commit = String(value[0]?.['objectId']);
    const change = { name: 'refs/heads/ünï/DEMO-1', oldObjectId: NO_OBJECT, newObjectId: commit };
    const headers = { accept: 'application/json;api-version=7.0' };
    await azure().ask('POST', refs, { headers, body: [change] });
    const { stdout } = await git(['ls-remote', remote(tokens.alice), 'refs/heads/ünï/*']);
    expect(stdout.trim()).toBe(`${commit}\trefs/heads/ünï/DEMO-1`);
  });

  it('refuses strangers and readers, and follows policies', async () => {
    await expect(git(['ls-remote', remote(tokens.aliceRevoked)])).rejects.toThrow();
    await expect(git(['ls-remote', remote(tokens.carol)])).rejects.toThrow('not found');
    await expect(git(['ls-remote', remote(tokens.alice, 'Shop/_git/attic')])).rejects.toThrow('403');
    const folder = await mkdtemp(join(tmpdir(), 'clone-'));
    try {
      await git(['clone', '--quiet', remote(tokens.alice), folder]);
      await writeFile(join(folder, 'new.txt'), 'new\n');
      await git(['add', '.'], folder);
      const who = ['-c', 'user.name=Alice', '-c', 'user.email=alice@acme.example'];
      await git([...who, 'commit', '--quiet', '-m', 'New'], folder);
      await expect(git(['push', remote(tokens.bob), 'HEAD:refs/heads/by-bob'], folder)).rejects.toThrow(
        'GenericContribute',
      );
      await expect(git(['push', remote(tokens.alice), 'HEAD:refs/heads/release/9'], folder)).rejects.toThrow(
        'TF402455',
      );
      await expect(git(['push', remote(tokens.aliceReadOnly), 'HEAD:refs/heads/x'], folder)).rejects.toThrow('403');
      await git(['push', '--quiet', remote(tokens.alice), 'HEAD:refs/heads/pushed'], folder);
      const { address } = places['azure-devops-server-2022'];
      const page = await azure().service.handle(new Request(`${address}/Shop/_git/web`));
      expect(await page.text()).toContain('created <code>pushed</code>');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('A world of Azure DevOps', () => {
  it('that names an unknown person is refused', async () => {
    const world = azureDevOpsWorld('azure-devops');
    const directory = join(tmpdir(), 'never-made');
    const stranger = { ...world, accounts: world.accounts.filter(({ login }) => login !== 'eve') };
    await expect(openAzureDevOps(stranger, { directory })).rejects.toThrow('names eve');
  });

  it('is part of the demo world, and survives a restart', async () => {
    const definition = demoWorld.services.find((one) => one.kind === 'azure-devops');
    if (definition === undefined) throw new Error('The demo world has no Azure DevOps');
    const directory = await mkdtemp(join(tmpdir(), 'azure-demo-'));
    const page = 'https://dev.azure.com/acme/_usersSettings/tokens';
    const first = await openAzureDevOps(definition, { directory });
    const made = await first.handle(
      new Request(page, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ account: 'alice', scopes: 'vso.code_write' }),
      }),
    );
    const { token } = (await made.json()) as { token: string };
    await first.close();
    const second = await openAzureDevOps(definition, { directory });
    const answer = await second.handle(
      new Request('https://dev.azure.com/acme/_apis/git/repositories', { headers: basic(token) }),
    );
    expect(((await answer.json()) as Json).value.map(({ name }) => name)).toEqual(['Invoices', 'Ledger']);
    await second.close();
    await rm(directory, { recursive: true });
  });
});
