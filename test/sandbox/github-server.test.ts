import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openGitHub } from '../../sandbox/services/github/open-github';
import type { Service } from '../../sandbox/services/service';
import { openApiJudge, type Judge } from '../oracles/openapi-judge';
import { gitHubDefinition, tokens } from '../../rig/github-world';
import { serveService, type ServedService } from '../support/serve-service';

const host = 'git.acme.example';
const server = { ...gitHubDefinition, edition: 'ghes', version: '3.19.2', webHost: host, apiHost: host } as const;

let directory: string;
let service: Service;
let served: ServedService;
let judge: Judge;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'undersigned-server-'));
  service = await openGitHub({ ...server, path: '/ghe' }, { directory });
  served = await serveService(service);
  judge = await openApiJudge('github/ghes-3.19.json');
});

afterAll(async () => {
  await served.close();
  await service.close();
  await rm(directory, { recursive: true });
});

async function ask(path: string, method = 'GET', body?: unknown): Promise<{ response: Response; body: unknown }> {
  const response = await fetch(served.url(host, path), {
    method,
    headers: { authorization: `Bearer ${tokens.alice}`, 'user-agent': 'test' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { response, body: isJson ? (JSON.parse(text) as unknown) : text };
}

describe('A simulated GitHub Enterprise Server', () => {
  it.each([
    '/user',
    '/user/repos?per_page=2',
    '/meta',
    '/repos/acme/web',
    '/repos/acme/web/git/ref/heads/develop',
    '/repos/acme/web/git/matching-refs/heads/feature',
    '/repos/acme/web/pulls',
  ])('answers %s under /api/v3 as its published description says, with its version', async (path) => {
    const { response, body } = await ask(`/ghe/api/v3${path}`);
    expect(response.status).toBe(200);
    expect(judge('GET', path.split('?')[0] ?? '', 200, body)).toEqual([]);
    expect(response.headers.get('x-github-enterprise-version')).toBe('3.19.2');
  });

  it('creates and deletes a branch that git sees', async () => {
    const { body } = await ask('/ghe/api/v3/repos/acme/web/git/ref/heads/develop');
    const { sha } = (body as { object: { sha: string } }).object;
    const made = await ask('/ghe/api/v3/repos/acme/web/git/refs', 'POST', { ref: 'refs/heads/DEMO-1-new', sha });
    expect([made.response.status, judge('POST', '/repos/acme/web/git/refs', 201, made.body)]).toEqual([201, []]);
    const remote = served.url(host, '/ghe/acme/web.git').replace('http://', `http://x:${tokens.alice}@`);
    const { stdout } = await promisify(execFile)('git', ['ls-remote', '--heads', remote]);
    expect(stdout).toContain(`${sha}\trefs/heads/DEMO-1-new`);
    const gone = await ask('/ghe/api/v3/repos/acme/web/git/refs/heads/DEMO-1-new', 'DELETE');
    expect(gone.response.status).toBe(204);
  });

  it('has no rate limits', async () => {
    const { response } = await ask('/ghe/api/v3/user');
    expect(response.headers.has('x-ratelimit-remaining')).toBe(false);
  });

  it('links the next page of a list at its address', async () => {
    const { response } = await ask('/ghe/api/v3/user/repos?per_page=2');
    expect(response.headers.get('link')).toContain(`<https://${host}/ghe/api/v3/user/repos?per_page=2&page=2>`);
  });

  it('answers GraphQL at /api/graphql', async () => {
    const { response, body } = await ask('/ghe/api/graphql', 'POST', { query: '{ viewer { login } }' });
    expect([response.status, body]).toEqual([200, { data: { viewer: { login: 'alice' } } }]);
    expect(response.headers.has('x-ratelimit-remaining')).toBe(false);
  });

  it('shows its pages under its path, and nothing elsewhere', async () => {
    const page = await ask('/ghe/settings/tokens/new');
    expect([page.response.status, String(page.body)]).toEqual([200, expect.stringContaining('Generate token')]);
    for (const path of ['/', '/api/v3/user', '/settings/tokens/new'])
      expect([path, (await ask(path)).response.status]).toEqual([path, 404]);
  });

  it.each([
    ['has two hosts', { ...server, apiHost: 'api.acme.example' }],
    ['has no version', { ...server, version: undefined }],
    ['is github.com with a version', { ...gitHubDefinition, version: '3.19.2' }],
    ['is github.com in a folder', { ...gitHubDefinition, path: '/ghe' }],
  ])('is not made of a world that %s', async (_, world) => {
    await expect(openGitHub(world, { directory: join(directory, 'never') })).rejects.toThrow(/ghes/);
  });
});
