import { anyText, eventually, startFixture, type Fixture } from '../fixtures/forge-app/run';

describe('invoking the app', () => {
  let app: Fixture;
  beforeAll(async () => {
    app = await startFixture({ timeouts: { resolverMs: 1_500 } });
  });
  afterAll(() => app.stop());

  const invoke = (body: Record<string, unknown>) =>
    app.post('/sandbox/invoke', { as: 'alice', module: 'panel', issueKey: 'DEMO-1', payload: {}, ...body });

  it('gives the app its identity and its place', async () => {
    const answer = await app.call('who');
    expect(answer).toMatchObject({
      accountId: '712020:a11ce000-0000-4000-8000-000000000002',
      moduleKey: 'panel',
      installContext: 'ari:cloud:jira::site/11111111-1111-4111-8111-111111111111',
      extension: {
        type: 'jira:issueContext',
        issue: { key: 'DEMO-1', id: '10100' },
        project: { key: 'DEMO', id: '10000' },
      },
    });
  });

  it('takes the person from the platform, whatever the page says about its context', async () => {
    const answer = await app.platform.invoke({
      site: 'acme',
      accountId: '712020:b0b00000-0000-4000-8000-000000000003',
      moduleKey: 'panel',
      call: 'who',
      payload: {},
      context: { accountId: '712020:ada00000-0000-4000-8000-000000000001', moduleKey: 'panel' },
    });
    expect(answer).toMatchObject({ accountId: '712020:b0b00000-0000-4000-8000-000000000003' });
  });

  it('calls somebody who is not logged in "unidentified"', async () => {
    expect(await app.call('who', {}, { as: 'anonymous' })).toMatchObject({ accountId: 'unidentified' });
  });

  it('reaches only the resolvers of the module it goes through', async () => {
    expect(await app.call('who', {}, { module: 'admin' })).toMatchObject({ moduleKey: 'admin' });
    const { status, body } = await invoke({ module: 'admin', issueKey: undefined, call: 'kvs' });
    expect(status).toBe(500);
    expect(body.error.message).toContain("Resolver has no definition for 'kvs'");
  });

  it.each([
    ['an unknown person', { as: 'mallory' }, 'PLATFORM_UNKNOWN_PERSON'],
    ['an unknown module', { module: 'nothing' }, 'PLATFORM_UNKNOWN_MODULE'],
    ['an unknown issue', { issueKey: 'DEMO-999' }, 'PLATFORM_UNKNOWN_ISSUE'],
    ['a missing issue', { issueKey: undefined }, 'PLATFORM_UNKNOWN_ISSUE'],
    ['an unknown site', { site: 'nowhere' }, 'PLATFORM_UNKNOWN_SITE'],
    ['a field that does not exist', { admin: true }, 'PLATFORM_BAD_REQUEST'],
  ])('refuses %s', async (_, change, code) => {
    const { status, body } = await invoke({ call: 'who', ...change });
    expect({ status, code: body.error.code }).toEqual({ status: 400, code });
  });

  it('passes on the app’s error without its stack, and logs the stack', async () => {
    const { status, body } = await invoke({ call: 'throws' });
    expect(status).toBe(500);
    expect(body).toEqual({
      ok: false,
      error: { code: 'PLATFORM_APP_ERROR', message: 'There was an error invoking the function - the app broke' },
    });
    const lines = await app.get<{ text: string }[]>('/sandbox/logs');
    expect(lines.some(({ text }) => text.includes('the app broke') && text.includes('index.cjs'))).toBe(true);
  });

  it('refuses a payload of more than 500 KB and an answer of more than 5 MB', async () => {
    expect((await invoke({ call: 'who', payload: 'x'.repeat(500 * 1024) })).status).toBe(413);
    expect((await invoke({ call: 'who', payload: { text: 'x'.repeat(499 * 1024) } })).status).toBe(200);
    expect((await invoke({ call: 'size', payload: { bytes: 5 * 1024 * 1024 - 2 } })).status).toBe(200);
    expect((await invoke({ call: 'size', payload: { bytes: 5 * 1024 * 1024 } })).status).toBe(502);
  });

  it('serves both sites from one warm process', async () => {
    const first = await app.call('warm');
    const second = await app.call('warm', {}, { site: 'globex' });
    expect(second).toEqual({ count: (first.count as number) + 1, pid: first.pid });
  });

  it('ends an invocation that takes too long, even one that never yields, and goes on with a new process', async () => {
    const { pid } = await app.call('warm');
    for (const call of ['sleep', 'spin']) {
      const { status, body } = await invoke({ call, payload: { ms: 60_000 } });
      expect({ status, code: body.error.code }).toEqual({ status: 504, code: 'PLATFORM_TIMEOUT' });
    }
    const after = await app.call('warm');
    expect(after.count).toBe(1);
    expect(after.pid).not.toBe(pid);
  });

  it('reports a crash of the process and starts a new one', async () => {
    const running = invoke({ call: 'sleep', payload: { ms: 1_000 } });
    const crash = await invoke({ call: 'crash' });
    expect({ status: crash.status, code: crash.body.error.code }).toEqual({ status: 502, code: 'PLATFORM_CRASHED' });
    expect((await running).body.error.code).toBe('PLATFORM_CRASHED');
    expect(await app.call('warm')).toMatchObject({ count: 1 });
  });

  it('refuses requests of the app after its invocation is over', async () => {
    await app.call('late', { ms: 50 });
    const line = await eventually(async () =>
      (await app.get<{ text: string }[]>('/sandbox/logs')).find(({ text }) =>
        text.includes('after its invocation was over'),
      ),
    );
    expect(line.text).toContain('/api/v1/set');
    expect(await app.call('kvs', { op: 'get', args: ['late'] })).toEqual({});
  });

  it('stores the app’s output with the invocation, and marks texts that look like a token', async () => {
    await app.call('log', { text: 'using ghp_0123456789abcdef0123456789abcdef0123' });
    const lines = await app.get<
      {
        source: string;
        text: string;
        redacted: boolean;
        invocation?: string;
      }[]
    >('/sandbox/logs');
    const line = lines.find(({ text }) => text.startsWith('using '));
    expect(line).toMatchObject({
      source: 'app',
      text: 'using [redacted]',
      redacted: true,
      invocation: anyText,
    });
    expect(JSON.stringify(lines)).not.toContain('0123456789abcdef');
  });

  it('drops output of an invocation beyond 100 lines', async () => {
    await app.call('log', { text: 'chatter', times: 150 });
    const lines = await app.get<{ text: string }[]>('/sandbox/logs');
    expect(lines.filter(({ text }) => text === 'chatter')).toHaveLength(100);
    expect(lines.filter(({ text }) => text.includes('more than 100 lines'))).toHaveLength(1);
  });

  it('gives the app its context: installation, module, scopes and how long it may still run', async () => {
    const context = await app.call('app');
    expect(context).toMatchObject({
      moduleKey: 'panel',
      environmentType: 'DEVELOPMENT',
      permissions: { scopes: expect.arrayContaining(['storage:app']) as unknown },
    });
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(1_500);
  });

  it('requests the product as the person, as the app and as nobody', async () => {
    const ask = (as: string, person = 'alice') =>
      app.call('jira', { as, path: '/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS' }, { as: person });
    expect(await ask('user')).toMatchObject({
      value: { status: 200, body: { permissions: { BROWSE_PROJECTS: { havePermission: true } } } },
    });
    expect(await ask('app')).toMatchObject({ value: { status: 200 } });
    expect(await ask('none')).toMatchObject({
      value: { body: { permissions: { BROWSE_PROJECTS: { havePermission: false } } } },
    });
    expect(await ask('user', 'anonymous')).toMatchObject({ error: { name: 'NEEDS_AUTHENTICATION_ERR' } });
  });

  it('lets nobody be impersonated', async () => {
    const answer = await app.call('jira', {
      as: 'user',
      impersonate: '712020:ada00000-0000-4000-8000-000000000001',
      path: '/rest/api/3/myself',
    });
    expect(answer.error?.name).toBe('PROXY_ERR');
  });

  it('names the closed accounts', async () => {
    const accountIds = ['712020:gone', '712020:here'];
    expect(await app.call('report', { accountIds })).toEqual({ value: [] });
    await app.post('/sandbox/close-account', { accountId: '712020:gone' });
    expect(await app.call('report', { accountIds })).toEqual({
      value: [{ accountId: '712020:gone', status: 'closed' }],
    });
  });
});
