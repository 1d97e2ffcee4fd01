import { startFixture, type Fixture } from '../fixtures/bridge-page/start';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

async function page(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(fixture.siteUrl + path, { headers });
  return { status: response.status, html: await response.text(), cookies: response.headers.getSetCookie() };
}
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(fixture.siteUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: fixture.siteUrl, ...headers },
    body: JSON.stringify(body),
  });

describe('visibility', () => {
  it('shows a module to people whom its display condition allows', async () => {
    expect((await page('/browse/DEMO-1?as=alice')).html).toContain('data-module-frame="context"');
    const { status, html } = await page('/browse/DEMO-1?as=carol');
    expect(status).toBe(200);
    expect(html).not.toContain('data-module-frame="context"');
  });

  it.each([
    ['/browse/OPS-1?as=carol', 404, 'You can’t view this work item'],
    ['/browse/DEMO-1?as=anonymous', 404, 'You can’t view this work item'],
    ['/settings/apps?as=alice', 403, 'You do not have permission to see this page'],
    ['/settings/personal?as=anonymous', 401, 'Log in to see this page'],
    ['/settings/apps?as=ada&module=none', 404, 'Page not found'],
    ['/nowhere?as=ada', 404, 'Page not found'],
  ])('%s answers %d: %s', async (path, status, text) => {
    const shown = await page(path);
    expect(shown.status).toBe(status);
    expect(shown.html).toContain(text);
    expect(shown.html).not.toContain('data-module-frame');
  });

  it.each(['/settings/apps?as=ada', '/jira/settings/apps/some-app/some-env?as=ada'])(
    '%s is the admin page',
    async (path) => {
      expect((await page(path)).html).toContain('data-module-frame="admin"');
    },
  );

  it('remembers the person for addresses that name none, and lets the address win', async () => {
    const { cookies } = await page('/browse/DEMO-1?as=bob');
    const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
    expect((await page('/', { cookie })).html).toContain('People: Bob Developer');
    expect((await page('/?as=ada', { cookie })).html).toContain('People: Ada Admin');
  });

  it.each(['/?as=mallory', '/?site=nowhere'])('%s names an unknown person or place and is refused', async (path) => {
    expect((await page(path)).status).toBe(400);
  });

  it('shows the title of a module in the person’s language', async () => {
    const ada = fixture.jira.person('acme', 'ada');
    if (!ada) throw new Error('no ada');
    expect((await page('/browse/DEMO-1?as=ada')).html).toContain('"title":"Fixture"');
    ada.locale = 'de_DE';
    expect((await page('/browse/DEMO-1?as=ada')).html).toContain('"title":"Vorrichtung"');
    fixture.jira.reset();
  });

  it('escapes what people wrote', async () => {
    const issue = fixture.jira.issue('acme', 'DEMO-1');
    if (!issue) throw new Error('no DEMO-1');
    issue.summary = '</script><script>alert("1")</script>';
    const { html } = await page('/browse/DEMO-1?as=alice');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    fixture.jira.reset();
  });

  it('keeps a panel that somebody added, for everybody', async () => {
    expect((await page('/browse/DEMO-1?as=alice')).html).not.toContain('data-module-frame="panel"');
    const change = { site: 'acme', issueKey: 'DEMO-1', module: 'panel', shown: true };
    expect((await post('/sandbox/panels', change)).status).toBe(204);
    expect((await page('/browse/DEMO-1?as=bob')).html).toContain('data-module-frame="panel"');
    fixture.jira.reset();
  });
});

describe('POST /sandbox/bridge', () => {
  const call = (change: Record<string, unknown> = {}) => ({
    as: 'alice',
    site: 'acme',
    module: 'context',
    issueKey: 'DEMO-1',
    command: 'invoke',
    payload: { functionKey: 'load', payload: { a: 1 } },
    ...change,
  });

  it('gives the platform the person, the place and the call', async () => {
    const response = await post('/sandbox/bridge', call());
    expect(await response.json()).toEqual({ result: { heard: { a: 1 } } });
    expect(fixture.invocations.at(-1)).toMatchObject({
      site: 'acme',
      accountId: fixture.jira.person('acme', 'alice')?.accountId,
      moduleKey: 'context',
      call: 'load',
      payload: { a: 1 },
      context: {
        extension: { type: 'jira:issueContext', issue: { key: 'DEMO-1', id: '10100' }, project: { key: 'DEMO' } },
      },
    });
  });

  it('invokes modules that the page would not show: hiding is not protecting', async () => {
    const response = await post('/sandbox/bridge', call({ as: 'carol', module: 'admin', issueKey: null }));
    expect(await response.json()).toEqual({ result: { heard: { a: 1 } } });
  });

  it('has no account for somebody who is not logged in', async () => {
    await post('/sandbox/bridge', call({ as: 'anonymous' }));
    expect(fixture.invocations.at(-1)?.accountId).toBeUndefined();
  });

  it.each([
    [{ as: 'mallory' }, 'nobody called mallory'],
    [{ module: 'none' }, 'no module none'],
    [{ issueKey: 'DEMO-99' }, 'no issue DEMO-99'],
    [{ command: 'fetchRemote' }, 'not modelled by the sandbox: fetchRemote'],
    [{ payload: { functionKey: 'fail' } }, 'The resolver failed on purpose.'],
  ])('%j is refused with a message', async (change, message) => {
    const answer = (await (await post('/sandbox/bridge', call(change))).json()) as { error: { message: string } };
    expect(answer.error.message).toContain(message);
  });

  it('requests Jira as the person, within the scopes of the app', async () => {
    const ask = async (restPath: string) => {
      const request = call({ command: 'fetchProduct', payload: { restPath, fetchRequestInit: {} } });
      return ((await (await post('/sandbox/bridge', request)).json()) as { result: { status: number; body: string } })
        .result;
    };
    const issue = await ask('/rest/api/3/issue/DEMO-1?fields=summary');
    expect([issue.status, JSON.parse(issue.body)]).toMatchObject([200, { key: 'DEMO-1' }]);
    expect((await ask('/rest/api/3/dashboard')).status).toBe(501);
  });

  it('does not let a developer approve egress, whatever the page says', async () => {
    const egresses = [
      { key: 'k', description: 'd', configured: [{ domain: 'https://evil.example', type: ['FETCH_BACKEND_SIDE'] }] },
    ];
    const response = await post('/sandbox/bridge', call({ command: '__permission__egressSet', payload: { egresses } }));
    expect(await response.json()).toEqual({ error: { message: 'Only an administrator can change egress.' } });
    expect(fixture.approved).toEqual([]);
  });

  it('answers the site’s own pages only', async () => {
    expect((await post('/sandbox/bridge', call(), { origin: fixture.pagesUrl })).status).toBe(403);
    expect((await post('/sandbox/bridge', call(), { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

it('serves the site’s own script files and no others of the sandbox', async () => {
  const file = await page('/sandbox/code/forge/bridge/wire.ts');
  expect(file.status).toBe(200);
  expect(file.html).not.toMatch(/: MessagePort/);
  for (const path of ['jira/site.ts', 'forge/bridge/serve-bridge.ts', 'forge/invoke.ts', '../package.json']) {
    expect((await page(`/sandbox/code/${path}`)).status).toBe(404);
  }
});
