import { readFile } from 'node:fs/promises';
import { demoWorld } from '../../sandbox/world/demo';
import { gitLabService, worldSchema } from '../../sandbox/world/world';
import { openGitLab } from '../../sandbox/services/gitlab/open-gitlab';
import { tokens } from '../support/gitlab-world';
import { openSimulatedGitLab, type SimulatedGitLab } from '../support/simulated-gitlab';

const NEW_TOKEN = '/-/user_settings/personal_access_tokens';

let gitlab: SimulatedGitLab;
beforeAll(async () => {
  gitlab = await openSimulatedGitLab({ webHost: 'git.acme.example', path: '/gitlab' });
});
afterAll(() => gitlab.close());

const make = (fields: Record<string, string>, at = gitlab, page = NEW_TOKEN) =>
  at.web(page, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams(fields),
  });

describe('The token page of the simulated GitLab', () => {
  it('is prefilled by its address', async () => {
    const page = await (
      await gitlab.web(`${NEW_TOKEN}?name=Undersigned+%26+co&scopes=api,read_user&account=bob`)
    ).text();
    expect(page).toContain('value="Undersigned &amp; co"');
    expect(page).toMatch(/value="api"\s+checked/);
    expect(page).toMatch(/value="read_user"\s+checked/);
    expect(page).not.toMatch(/value="read_api"\s+checked/);
    expect(page).toMatch(/value="bob"\s+selected/);
  });

  it('makes a token that works, shows it once, and lists and revokes it', async () => {
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const made = await make({ account: 'bob', name: 'Mine', scopes: 'api', expires_at: day });
    const { token, account, expiresAt } = (await made.json()) as Record<string, string>;
    expect([made.status, account, expiresAt]).toEqual([200, 'bob', day]);
    expect(token).toMatch(/^glpat-[\w-]{20}$/);
    const self = await gitlab.api('GET', 'personal_access_tokens/self', { token: token ?? '' });
    expect(self.body).toMatchObject({ name: 'Mine', scopes: ['api'], expires_at: day });

    const list = await (await gitlab.web(`${NEW_TOKEN}?account=bob`)).text();
    expect(list).toContain('Mine');
    expect(list).not.toContain(token);
    const { id } = self.body as { id: number };
    const revoked = await gitlab.web(`${NEW_TOKEN}/${id}/revoke`, { method: 'POST' });
    expect(revoked.status).toBe(303);
    expect((await gitlab.api('GET', 'user', { token: token ?? '' })).body).toMatchObject({
      error: 'invalid_token',
      error_description: expect.stringContaining('revoked') as string,
    });
  });

  it.each([
    ['nobody', { account: 'nobody', name: 'x', scopes: 'api' }, 'no such account'],
    ['no name', { account: 'bob', name: ' ', scopes: 'api' }, 'Name'],
    ['no scope', { account: 'bob', name: 'x' }, 'Scopes'],
    ['an unknown scope', { account: 'bob', name: 'x', scopes: 'all' }, 'Scopes'],
    ['a date that is none', { account: 'bob', name: 'x', scopes: 'api', expires_at: 'soon' }, 'Expiration date'],
    ['a date too far away', { account: 'bob', name: 'x', scopes: 'api', expires_at: '2199-01-01' }, 'Expiration date'],
  ])('refuses %s', async (_, fields, said) => {
    const refused = await make(fields);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(said)]);
  });

  it('refuses a form of another site’s page', async () => {
    const body = new URLSearchParams({ account: 'bob', name: 'x', scopes: 'api' });
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(
      (await gitlab.service.handle(new Request(`${gitlab.webUrl}${NEW_TOKEN}`, { method: 'POST', body, headers })))
        .status,
    ).toBe(403);
  });

  it('was elsewhere in older versions, where tokens may be endless and begin as the company wishes', async () => {
    const old = await openSimulatedGitLab({ version: '15.4', webHost: 'old.example' });
    expect((await old.web(NEW_TOKEN)).status).toBe(404);
    const made = await make(
      { account: 'bob', name: 'x', scopes: 'api', expires_at: '' },
      old,
      '/-/profile/personal_access_tokens',
    );
    expect(await made.json()).toEqual({ account: 'bob', token: expect.stringMatching(/^glpat-/) as string });
    await old.close();
    const moved = await gitlab.web('/-/profile/personal_access_tokens?name=x');
    const target = new URL(moved.headers.get('location') ?? '', `${gitlab.webUrl}/-/profile/personal_access_tokens`);
    expect([moved.status, target.href]).toEqual([302, `${gitlab.webUrl}${NEW_TOKEN}?name=x`]);
  });
});

describe('The other pages of the simulated GitLab', () => {
  it('show projects, branches, merge requests and who did what', async () => {
    const api = 'projects/acme%2Fweb';
    await gitlab.api('POST', `${api}/repository/branches`, {
      body: { branch: 'fix/<b>', ref: 'main' },
      token: tokens.maya,
    });
    const body = { title: 'A <title>', source_branch: 'develop', target_branch: 'main', description: 'Why' };
    await gitlab.api('POST', `${api}/merge_requests`, { body });
    const page = async (path: string) => {
      const response = await gitlab.web(path);
      expect([path, response.status]).toEqual([path, 200]);
      const text = await response.text();
      expect(text).not.toMatch(/<b>|A <title>/);
      return text;
    };
    expect(await page('/')).toContain('acme/platform/deploy');
    expect(await page('/acme/web')).toContain('created by maya');
    expect(await page('/acme/web/-/tree/odd/100%25-%231%2B%C3%BC')).toContain('Work on odd/100%-#1+ü');
    expect(await page('/acme/web/-/merge_requests/1')).toContain('opened by <strong>alice</strong>');
    expect(await page('/acme/web/activity')).toMatch(/maya<\/strong>[\s\S]*pushed new/);
    expect(await page('/acme/attic')).toContain('archived');
  });

  it.each(['/nothing', '/acme/web/-/tree/gone', '/acme/web/-/merge_requests/99', '/acme/web/-/wikis/home', '/%zz'])(
    'have nothing at %s',
    async (path) => {
      expect((await gitlab.web(path)).status).toBe(404);
    },
  );

  it('lead from the host to the installation below its path', async () => {
    const handle = (path: string) => gitlab.service.handle(new Request(`https://git.acme.example${path}`));
    expect((await handle('/')).headers.get('location')).toBe('https://git.acme.example/gitlab/');
    expect((await handle('/gitlab')).status).toBe(302);
    expect((await handle('/other')).status).toBe(404);
    expect((await handle('/gitlab/api/v3/user')).status).toBe(404);
  });

  it('forget everything on reset', async () => {
    const own = await openSimulatedGitLab({ webHost: 'reset.example' });
    await own.api('POST', 'projects/acme%2Fweb/repository/branches', { body: { branch: 'x', ref: 'main' } });
    const before = await own.git('acme/web', 'rev-parse', 'main');
    await own.service.reset();
    expect(await own.git('acme/web', 'for-each-ref', 'refs/heads/x')).toBe('');
    expect(await own.git('acme/web', 'rev-parse', 'main')).toBe(before);
    expect((await own.api('GET', 'projects/acme%2Fweb/events')).body).toEqual([]);
    await own.close();
  });

  it('give the log of requests the token’s account, and store no token readable', async () => {
    const request = (token: string) => new Request(gitlab.webUrl, { headers: { authorization: `Bearer ${token}` } });
    expect(await gitlab.service.accountOf(request(tokens.aliceRevoked))).toBe('alice');
    expect(await gitlab.service.accountOf(request('none'))).toBeUndefined();
    expect(JSON.stringify(gitlab.service)).not.toContain(tokens.alice);
  });
});

describe('Worlds with a GitLab', () => {
  const world = (change: object) =>
    gitLabService.parse({
      kind: 'gitlab',
      accounts: [{ login: 'a', name: 'A', email: 'a@x' }],
      projects: [],
      ...change,
    });
  const open = (change: object) => openGitLab(world(change), { directory: '/nonexistent' });

  it('are refused with a missing person or part', async () => {
    await expect(open({ projects: [{ path: 'nobody/x' }] })).rejects.toThrow('no group or account nobody');
    await expect(open({ groups: [{ path: 'top/sub' }] })).rejects.toThrow('no group or account top');
    await expect(open({ tokens: [{ account: 'b', value: 'x' }] })).rejects.toThrow('a token of b');
  });

  it('are in the demo, without a token', async () => {
    const demo = worldSchema.parse(demoWorld).services.find((service) => service.kind === 'gitlab');
    expect(demo?.tokens).toEqual([]);
    expect(demo?.projects.map(({ path }) => path)).toContain('acme/platform/deploy');
    const manifest = await readFile('manifest.yml', 'utf8');
    expect(manifest).toContain(`https://${demo?.webHost}`);
  });
});
