import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { openGitHub } from '../../sandbox/services/github/open-github';
import { demoWorld } from '../../sandbox/world/demo';
import { openApiJudge } from '../oracles/openapi-judge';
import { TOKEN, gitHubWorld, openSimulatedGitHub } from '../support/simulated-github';
import type { SimulatedGitHub } from '../support/simulated-github';

let github: SimulatedGitHub;
beforeEach(async () => (github = await openSimulatedGitHub()));
afterEach(() => github.close());

const branch = { ref: 'refs/heads/DEMO-1-x', sha: '' };

describe('a simulated GitHub', () => {
  it('answers for its two hosts', () => {
    expect(github.service.hosts).toEqual(['github.com', 'api.github.com']);
  });

  it('keeps its state across a restart', async () => {
    const sha = await github.shaOf('main');
    await github.api('POST', '/repos/acme/web/git/refs', { body: { ...branch, sha } });
    const pull = { title: 'DEMO-12', head: 'feature/DEMO-12-currency', base: 'main' };
    await github.api('POST', '/repos/acme/web/pulls', { body: pull });
    const revoke = await github.web('/settings/tokens/2/revoke', { method: 'POST' });
    expect(revoke.headers.get('location')).toContain('account=bob');
    await github.service.close();

    const again = await openGitHub(gitHubWorld, { directory: github.directory, now: () => github.clock.now });
    const get = async (path: string, token: string = TOKEN.alice) => {
      const headers = { authorization: `Bearer ${token}`, 'user-agent': 'test' };
      const response = await again.handle(new Request(`https://api.github.com${path}`, { headers }));
      return {
        status: response.status,
        body: (await response.json()) as unknown,
        left: response.headers.get('x-ratelimit-remaining'),
      };
    };
    expect(await get('/repos/acme/web/git/ref/heads/DEMO-1-x')).toMatchObject({ status: 200, left: '4996' });
    expect(await get('/repos/acme/web/pulls/1')).toMatchObject({ body: { user: { login: 'alice' }, state: 'open' } });
    expect(await get('/repos/acme/web/activity')).toMatchObject({ body: [{ actor: { login: 'alice' } }] });
    expect(await get('/user', TOKEN.bob)).toMatchObject({ status: 401 });
    await again.reset();
    expect(await get('/repos/acme/web/git/ref/heads/DEMO-1-x')).toMatchObject({ status: 404 });
    expect(await get('/user', TOKEN.bob)).toMatchObject({ status: 200, left: '4999' });
    expect(await get('/repos/acme/web/activity')).toMatchObject({ body: [] });
    await again.close();
  });

  it('stores no token in its files', async () => {
    await github.api('GET', '/user', { token: TOKEN.fine });
    const request = { method: 'POST', headers: { accept: 'application/json' }, body: 'account=bob&scopes=repo' };
    const made = (await (await github.web('/settings/tokens/new', request)).json()) as { token: string };
    expect(await github.api('GET', '/user', { token: made.token })).toMatchObject({ status: 200 });
    const files = (await readdir(github.directory)).filter((name) => name.startsWith('host.sqlite'));
    expect(files).toContain('host.sqlite');
    const bytes = Buffer.concat(await Promise.all(files.map((name) => readFile(join(github.directory, name)))));
    expect(bytes.includes('alice')).toBe(true);
    for (const token of [made.token, ...Object.values(TOKEN)]) expect(bytes.includes(token)).toBe(false);
  });

  it('refuses a world with a repository or a token of nobody', async () => {
    const world = structuredClone(gitHubWorld);
    world.repositories[0] = { ...world.repositories[0]!, owner: 'nobody' };
    await expect(openSimulatedGitHub(world)).rejects.toThrow('no account or organization nobody');
    const token = { ...gitHubWorld.tokens[0]!, account: 'nobody' };
    const other = { ...gitHubWorld, tokens: [token] };
    await expect(openSimulatedGitHub(other)).rejects.toThrow('a token of nobody, but no such account');
  });

  it('opens the demo world', async () => {
    const demo = await openSimulatedGitHub(demoWorld.services.find((one) => one.kind === 'github'));
    const form = { method: 'POST', headers: { accept: 'application/json' }, body: 'account=alice&scopes=repo' };
    const { token } = (await (await demo.web('/settings/tokens/new', form)).json()) as { token: string };
    expect((await demo.api('GET', '/repos/acme/web', { token })).body).toMatchObject({ permissions: { push: true } });
    await demo.close();
  });
});

describe('the official client', () => {
  const client = (auth: string = TOKEN.alice): Octokit =>
    new Octokit({
      auth,
      request: { fetch: (url: string, init: RequestInit) => github.service.handle(new Request(url, init)) },
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  const web = { owner: 'acme', repo: 'web' };

  it('creates a branch, opens a pull request and deletes the branch', async () => {
    const octokit = client();
    const { data: me } = await octokit.rest.users.getAuthenticated();
    expect(me.login).toBe('alice');
    const { data: main } = await octokit.rest.git.getRef({ ...web, ref: 'heads/main' });
    const made = await octokit.rest.git.createRef({ ...web, ref: 'refs/heads/feature/DEMO-1-x', sha: main.object.sha });
    expect(made.status).toBe(201);
    const again = octokit.rest.git.createRef({ ...web, ref: 'refs/heads/feature/DEMO-1-x', sha: main.object.sha });
    await expect(again).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Reference already exists') as string,
    });
    const pull = await octokit.rest.pulls.create({
      ...web,
      title: 'DEMO-12',
      head: 'feature/DEMO-12-currency',
      base: 'main',
    });
    expect(pull.data).toMatchObject({ number: 1, user: { login: 'alice' } });
    expect((await octokit.rest.git.deleteRef({ ...web, ref: 'heads/feature/DEMO-1-x' })).status).toBe(204);
  });

  it('pages through lists and asks GraphQL', async () => {
    const octokit = client();
    const repositories = await octokit.paginate(octokit.rest.repos.listForAuthenticatedUser, { per_page: 2 });
    expect(repositories.map(({ name }) => name)).toHaveLength(4);
    expect(await octokit.graphql('{ viewer { login } }')).toEqual({ viewer: { login: 'alice' } });
    const activity = await octokit.rest.repos.listActivities({ ...web });
    expect(activity.data).toEqual([]);
  });

  it('gets GitHub’s error for a bad token', async () => {
    await expect(client('ghp_nobody').rest.users.getAuthenticated()).rejects.toMatchObject({ status: 401 });
  });
});

describe('the judge of answers', () => {
  it('complains about what GitHub’s description does not allow', async () => {
    const judge = await openApiJudge('github/api.github.com.json');
    const ref = (await github.api('GET', '/repos/acme/web/git/ref/heads/main')).body as Record<string, unknown>;
    const path = '/repos/acme/web/git/ref/heads/a/b';
    expect(judge('GET', path, 200, ref)).toEqual([]);
    expect(judge('GET', path, 200, { ...ref, node_id: undefined })?.join()).toContain('node_id');
    expect(judge('GET', path, 200, { ...ref, url: 5 })).not.toEqual([]);
    expect(judge('GET', path, 201, ref)).toEqual(['git/get-ref does not describe status 201']);
    expect(judge('GET', path, 403, { message: 5 })).not.toEqual([]);
    expect(judge('GET', '/repos/acme/web/git/ref', 200, ref)).toBeUndefined();
  });
});
