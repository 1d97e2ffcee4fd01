import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../rig/browser';
import { TOKEN, openSimulatedGitHub } from '../support/simulated-github';
import type { SimulatedGitHub } from '../support/simulated-github';

let github: SimulatedGitHub;
beforeAll(async () => (github = await openSimulatedGitHub()));
afterAll(() => github.close());
beforeEach(() => github.service.reset());

const page = async (path: string): Promise<string> => (await github.web(path)).text();
async function make(path: string, body: object): Promise<Record<string, string>> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const response = await github.web(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Record<string, string>;
}
const CLASSIC = '/settings/tokens/new';
const FINE = '/settings/personal-access-tokens/new';

describe('the page for a new classic token', () => {
  it('prefills the values of the address', async () => {
    const text = await page(`${CLASSIC}?description=Undersigned%20%22x%22&scopes=repo,read:org&account=bob`);
    expect(text).toContain('value="Undersigned &quot;x&quot;"');
    expect(text).toMatch(/value="repo"\s+checked/);
    expect(text).toMatch(/value="read:org"\s+checked/);
    expect(text).not.toMatch(/value="gist"\s+checked/);
    expect(text).toMatch(/<option value="bob" selected/);
  });

  it('makes a token that works, with the requested account, scopes and lifetime', async () => {
    const made = await make(CLASSIC, { account: 'bob', scopes: ['repo'], expiration: '7' });
    expect(made).toEqual({
      token: expect.stringMatching(/^ghp_[A-Za-z0-9]{36}$/) as string,
      account: 'bob',
      expiresAt: '2026-01-27T12:00:00.000Z',
    });
    const known = await github.api('GET', '/user', { token: made['token'] ?? '' });
    expect(known).toMatchObject({ status: 200, body: { login: 'bob' } });
    expect(known.headers.get('x-oauth-scopes')).toBe('repo');
    const endless = await make(CLASSIC, { account: 'bob', scopes: 'repo,read:org', expiration: 'none' });
    expect(endless['expiresAt']).toBeUndefined();
    expect((await github.api('GET', '/user', { token: endless['token'] ?? '' })).headers.get('x-oauth-scopes')).toBe(
      'repo, read:org',
    );
  });

  it('shows the token once, and never again', async () => {
    const form = new URLSearchParams({ account: 'bob', description: 'Mine', scopes: 'repo', expiration: '30' });
    const shown = await (await github.web(CLASSIC, { method: 'POST', body: form })).text();
    const [, token = ''] = /id="new-token"[^>]*value="(ghp_[^"]+)"/.exec(shown) ?? [];
    expect(token).toHaveLength(40);
    const list = await page('/settings/tokens?account=bob');
    expect(list).toContain('Mine');
    expect(list).not.toContain(token);
  });

  it('refuses impossible values', async () => {
    expect(await make(CLASSIC, { account: 'nobody' })).toEqual({ message: 'There is no such account' });
    expect((await make(CLASSIC, { account: 'bob', expiration: '0' }))['message']).toContain('1 to 366 days');
    const foreign = await github.web(CLASSIC, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: 'account=bob',
    });
    expect(foreign.status).toBe(403);
  });
});

describe('the page for a new fine-grained token', () => {
  it('prefills the values of the address', async () => {
    const text = await page(
      `${FINE}?name=Undersigned&target_name=acme&expires_in=45&contents=write&pull_requests=write`,
    );
    expect(text).toContain('value="Undersigned"');
    expect(text).toMatch(/<option selected>\s*acme/);
    expect(text).toMatch(/<option value="45" selected/);
    expect(text.match(/<option value="write" selected/g)).toHaveLength(2);
  });

  it('makes a token that reaches its resource owner only', async () => {
    const made = await make(FINE, {
      account: 'alice',
      target_name: 'acme',
      contents: 'write',
      pull_requests: 'write',
      expires_in: '90',
    });
    expect(made['token']).toMatch(/^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/);
    const token = made['token'] ?? '';
    expect(await github.api('GET', '/repos/acme/web', { token })).toMatchObject({ status: 200 });
    expect(await github.api('GET', '/repos/modern/app', { token })).toMatchObject({ status: 404 });
  });

  it('is not for an organization without membership', async () => {
    const made = await make(FINE, { account: 'stranger', target_name: 'acme', contents: 'write' });
    expect(made).toEqual({ message: 'stranger does not belong to acme' });
  });
});

describe('the list of tokens', () => {
  it('shows their owners, escaped', async () => {
    await make(CLASSIC, { account: 'ada', scopes: ['repo'], description: 'A & B' });
    expect(await page('/settings/tokens?account=ada')).toContain('A &amp; B');
    expect(await page('/settings/tokens?account=bob')).not.toContain('A &amp; B');
  });

  it('revokes a token', async () => {
    const [, id = ''] =
      /settings\/tokens\/(\d+)\/revoke|tokens\/(\d+)\/revoke/.exec(await page('/settings/tokens?account=bob')) ?? [];
    const revoked = await github.web(`/settings/tokens/${id}/revoke`, { method: 'POST' });
    expect(revoked.status).toBe(303);
    expect(await github.api('GET', '/user', { token: TOKEN.bob })).toMatchObject({ status: 401 });
    expect(await page('/settings/tokens?account=bob')).toContain('Revoked');
  });
});

describe('the pages of a repository', () => {
  beforeEach(async () => {
    const sha = await github.shaOf('main');
    await github.api('POST', '/repos/acme/web/git/refs', { body: { ref: 'refs/heads/DEMO-1/a&b<c', sha } });
    const pull = {
      title: '<b>DEMO-12</b>',
      head: 'feature/DEMO-12-currency',
      base: 'main',
      body: '<script>alert(1)</script>',
    };
    await github.api('POST', '/repos/acme/web/pulls', { body: pull, token: TOKEN.ada });
  });

  it('show branches and pull requests with who made them, everything escaped', async () => {
    const text = await page('/acme/web');
    expect(text).toContain('Simulated GitHub');
    expect(text).toContain('DEMO-1/a&amp;b&lt;c');
    expect(text).toContain('created by alice');
    expect(text).toContain('#1 &lt;b&gt;DEMO-12&lt;/b&gt;');
    expect(text).toContain('by ada');
    expect(text).not.toContain('<b>DEMO-12');
  });

  it('show a branch, a comparison, a pull request and the activity', async () => {
    expect(await page('/acme/web/tree/feature/DEMO-12-currency')).toContain('Work on feature/DEMO-12-currency (1)');
    expect(await page('/acme/web/tree/DEMO-1/a%26b%3Cc')).toContain('First commit');
    expect(await page('/acme/web/compare/main...feature/DEMO-12-currency')).toContain(
      'Work on feature/DEMO-12-currency (1)',
    );
    expect(await page('/acme/web/compare/main...same-as-main')).toContain('no commits between main and same-as-main');
    const pull = await page('/acme/web/pull/1');
    expect(pull).toContain('opened by <strong>ada</strong>');
    expect(pull).not.toContain('<script>');
    expect(await page('/acme/web/activity')).toMatch(/<strong>alice<\/strong>.*created/s);
  });

  it.each([
    '/acme/none',
    '/acme/web/pull/9',
    '/acme/web/tree/none',
    '/acme/web/compare/main...none',
    '/x',
    '/acme/web/wiki',
    '/acme/web/tree/%E0%A4%A',
  ])('do not exist at %s', async (path) => {
    expect((await github.web(path)).status).toBe(404);
  });

  it('link only to themselves, relatively, and every link leads somewhere', async () => {
    const seen = new Set<string>();
    const visit = async (path: string): Promise<void> => {
      if (seen.has(path)) return;
      seen.add(path);
      const response = await github.web(path);
      expect([path, response.status]).toEqual([path, 200]);
      const text = await response.text();
      for (const [, link = ''] of text.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
        expect(link).toMatch(/^\.{1,2}\//);
        if (link.includes('revoke')) continue;
        const next = new URL(link.replaceAll('&amp;', '&'), `https://github.com${path}`);
        await visit(next.pathname + next.search);
      }
    };
    await visit('/acme/web');
    expect([...seen]).toEqual(
      expect.arrayContaining(['/', '/acme/web/pull/1', '/settings/tokens', '/acme/web/activity']),
    );
  });

  it('have a policy without foreign sources, and are not cached', async () => {
    const response = await github.web('/acme/web');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('in a browser', () => {
  let browser: Browser;
  let tab: Page;
  const problems: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
    tab = await (await browser.newContext()).newPage();
    tab.on('console', (message) => problems.push(message.text()));
    tab.on('pageerror', (error) => problems.push(error.message));
  });
  afterAll(() => browser.close());

  it('a person makes a token, sees it listed and authorizes it by single sign-on', async () => {
    await tab.goto(github.served.url('github.com', `${CLASSIC}?description=Undersigned&scopes=repo&account=alice`));
    await tab.getByLabel('Signed in as').selectOption('alice');
    expect(await tab.getByLabel('repo', { exact: true }).isChecked()).toBe(true);
    await tab.getByRole('button', { name: 'Generate token' }).click();
    const token = await tab.locator('#new-token').inputValue();
    expect(await github.api('GET', '/user', { token })).toMatchObject({ body: { login: 'alice' } });
    expect(await github.api('GET', '/repos/acme-secure/vault', { token })).toMatchObject({ status: 403 });
    await tab.getByRole('link', { name: 'All tokens of alice' }).click();
    await tab
      .getByRole('row', { name: 'Undersigned' })
      .getByRole('link', { name: 'Configure SSO (acme-secure)' })
      .click();
    await tab.getByRole('button', { name: 'Authorize' }).click();
    await tab.getByText('The token is authorized for acme-secure.').waitFor();
    expect(await github.api('GET', '/repos/acme-secure/vault', { token })).toMatchObject({ status: 200 });
    await tab.getByRole('link', { name: 'All tokens of alice' }).click();
    await tab.getByRole('row', { name: 'Undersigned' }).getByRole('button', { name: 'Revoke' }).click();
    await tab.getByRole('row', { name: 'Undersigned' }).getByText('Revoked').waitFor();
    expect(await github.api('GET', '/user', { token })).toMatchObject({ status: 401 });
    expect(problems.filter((text) => !text.includes('favicon'))).toEqual([]);
  });
});
