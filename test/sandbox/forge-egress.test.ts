import { createEgress, type RequestRecord } from '../../packages/local-forge/src/forge/egress';
import type { LiveInvocation } from '../../packages/local-forge/src/forge/live-invocation';
import { createLogs } from '../../packages/local-forge/src/forge/logs';
import { createRing } from '../../packages/local-forge/src/forge/ring';
import type { Service } from '../../sandbox/services/service';
import { anyText, anyNumber, startFixture, startUpstream, type Fixture } from '../fixtures/forge-app/run';

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

describe('the way out of the app', () => {
  let app: Fixture;
  let upstream: Awaited<ReturnType<typeof startUpstream>>;
  beforeAll(async () => {
    upstream = await startUpstream(({ path, body }) => {
      if (path.startsWith('/prefix/moved')) return { status: 302, headers: { location: 'https://elsewhere.example/' } };
      if (path.startsWith('/prefix/slow')) return { after: 5_000 };
      if (path.startsWith('/prefix/empty')) return { status: 204 };
      return {
        status: 201,
        headers: { 'content-type': 'text/plain', 'x-answer': 'yes', 'set-cookie': 'a=b' },
        body: `got ${body}`,
      };
    });
    app = await startFixture({
      routes: new Map([
        ['api.allowed.example', `${upstream.url}/prefix`],
        ['one.wild.example', upstream.url],
        ['ghe.customer.example', upstream.url],
        ['secret.example', upstream.url],
      ]),
    });
  });
  afterAll(async () => {
    await app.stop();
    await upstream.stop();
  });
  const requests = () => app.get<Record<string, unknown>[]>('/sandbox/requests');

  describe.each(['fetch', 'https'] as const)('with %s', (way) => {
    const ask = (url: string, init: Record<string, unknown> = {}) =>
      app.call(way, way === 'fetch' ? { url, init } : { url, options: init });

    it('reaches a declared host, with method, path, query, headers and body', async () => {
      const answer = await ask('https://api.allowed.example/a/b?c=d', {
        method: 'POST',
        headers: { 'x-ask': 'please' },
        body: 'hello',
      });
      expect(answer).toMatchObject({ value: { status: 201, headers: { 'x-answer': 'yes' }, body: 'got hello' } });
      expect(upstream.seen.at(-1)).toMatchObject({
        method: 'POST',
        path: '/prefix/a/b?c=d',
        headers: { 'x-ask': 'please' },
        body: 'hello',
      });
    });

    it('reaches a host under a declared wildcard, but not the name above it', async () => {
      expect(await ask('https://one.wild.example/')).toMatchObject({ value: { status: 201 } });
      expect(await ask('https://wild.example/')).toMatchObject({ value: { status: 403 } });
    });

    it('is refused a host that nobody declared, before anything is sent', async () => {
      const before = upstream.seen.length;
      const answer = await ask('https://secret.example/');
      expect(answer).toMatchObject({
        value: { status: 403, headers: { 'forge-proxy-error': 'REQUEST_EGRESS_ALLOWLIST_ERR' } },
      });
      expect(upstream.seen).toHaveLength(before);
    });

    it('is refused a port that nobody declared, and one that Forge does not connect to', async () => {
      expect(await ask('https://api.allowed.example:8443/')).toMatchObject({ value: { status: 201 } });
      expect(await ask('https://api.allowed.example:9999/')).toMatchObject({ error: { code: 'ECONNREFUSED' } });
      expect(await ask('https://api.allowed.example:8080/')).toMatchObject({ value: { status: 403 } });
    });

    it('finds nobody under a name that neither the world nor a route has', async () => {
      expect(await ask('https://two.wild.example/')).toMatchObject({ error: { code: 'ENOTFOUND' } });
    });

    it('gets a redirect as it is', async () => {
      const answer = await ask('https://api.allowed.example/moved', way === 'fetch' ? { redirect: 'manual' } : {});
      expect(answer).toMatchObject({ value: { status: 302, headers: { location: 'https://elsewhere.example/' } } });
    });

    it('gets an answer without a body', async () => {
      expect(await ask('https://api.allowed.example/empty')).toMatchObject({ value: { status: 204, body: '' } });
    });
  });

  it('is refused plain http, with fetch, https.request and http.request', async () => {
    expect(await app.call('fetch', { url: 'http://api.allowed.example/' })).toMatchObject({
      error: { name: 'TypeError', message: 'fetch failed', code: 'ECONNREFUSED' },
    });
    expect(await app.call('https', { url: 'http://api.allowed.example/' })).toMatchObject({
      error: { code: 'ERR_INVALID_PROTOCOL' },
    });
    expect(await app.call('door', { name: 'http.request' })).toMatchObject({ error: { code: 'SANDBOX_REFUSED' } });
  });

  it.each([
    'net.connect',
    'tls.connect',
    'new net.Socket',
    'http2.connect',
    'dgram',
    'dns.lookup',
    'net.Server',
    'child_process',
    'Worker',
    'WebSocket',
  ])('is refused %s', async (name) => {
    expect(await app.call('door', { name })).toMatchObject({ error: { code: 'SANDBOX_REFUSED' } });
  });

  it('cannot speak to the platform in its own name', async () => {
    expect((await app.call('door', { name: 'process.send' })).error?.message).toContain('refused');
  });

  it('is refused with options of https.request that Forge drops', async () => {
    const answer = await app.call('https', {
      url: 'https://api.allowed.example/',
      options: { rejectUnauthorized: false },
    });
    expect(answer.error?.message).toContain('rejectUnauthorized');
  });

  it('follows no redirect on its own', async () => {
    expect(await app.call('fetch', { url: 'https://api.allowed.example/moved' })).toMatchObject({
      error: { code: 'SANDBOX_REDIRECT' },
    });
  });

  it('can be given up by the app', async () => {
    expect(await app.call('abort', { url: 'https://api.allowed.example/slow', ms: 100 })).toMatchObject({
      error: { name: 'TimeoutError' },
    });
  });

  it('is open 100 times in one invocation', async () => {
    expect(await app.call('fetch', { url: 'https://api.allowed.example/', times: 100 })).toMatchObject({
      value: { status: 201 },
    });
    expect(await app.call('fetch', { url: 'https://api.allowed.example/', times: 101 })).toMatchObject({
      value: { status: 429 },
    });
  });

  it('opens to a host that an admin of the site approved, for that site only', async () => {
    const url = 'https://ghe.customer.example/';
    const group = {
      key: 'ghe',
      description: 'Our GitHub',
      configured: [{ domain: 'https://ghe.customer.example', type: ['FETCH_BACKEND_SIDE'] }],
    };
    expect(await app.call('fetch', { url })).toMatchObject({ value: { status: 403 } });
    expect(app.platform.egress.set('acme', [group])).toEqual({ results: [group] });
    expect(await app.call('fetch', { url })).toMatchObject({ value: { status: 201 } });
    expect(await app.call('fetch', { url }, { site: 'globex' })).toMatchObject({ value: { status: 403 } });
    app.platform.egress.deleteDomain('acme', {
      key: 'ghe',
      domain: 'https://ghe.customer.example',
      type: 'FETCH_BACKEND_SIDE',
    });
    expect(await app.call('fetch', { url })).toMatchObject({ value: { status: 403 } });
  });

  it('has the limits of an admin’s approval', () => {
    const configured = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ domain: `https://h${i}.example`, type: ['FETCH_BACKEND_SIDE'] }));
    const set = (key: string, count: number) => () =>
      app.platform.egress.set('globex', [{ key, description: 'd', configured: configured(count) }]);
    expect(set('too-wide', 11)).toThrow('at most 10 domains');
    for (let i = 0; i < 10; i += 1) set(`g${i}`, 10)();
    expect(set('one-more', 1)).toThrow('at most 10 groups');
    expect(app.platform.egress.get('globex', { pageSize: 3 })).toMatchObject({
      results: { length: 3 },
      lastEvaluatedKey: 'g2',
    });
    expect(() =>
      app.platform.egress.set('globex', [
        { key: 'x', description: 'd', configured: [{ domain: 'http://plain.example', type: ['FETCH_BACKEND_SIDE'] }] },
      ]),
    ).toThrow('no address');
    app.platform.egress.deleteGroup('globex', { key: 'never there' });
  });

  it('is recorded with caller and host, never with the credential', async () => {
    await app.call('fetch', {
      url: `https://api.allowed.example/repos/${token}?access_token=${token}&page=2`,
      init: { headers: { authorization: `Bearer ${token}` } },
    });
    const all = await requests();
    expect(all.at(-1)).toEqual({
      time: anyText,
      site: 'acme',
      invocation: anyText,
      module: 'panel',
      call: 'fetch',
      as: 'alice',
      method: 'GET',
      host: 'api.allowed.example',
      path: '/repos/[redacted]?access_token=[redacted]&page=2',
      status: 201,
      ms: anyNumber,
      account: null,
      redacted: true,
    });
    expect(all.find(({ host }) => host === 'secret.example')).toMatchObject({ status: 403 });
    expect(all.find(({ host }) => host === 'two.wild.example')).toMatchObject({ status: null });
    expect(JSON.stringify(all)).not.toContain(token);
  });
});

describe('a service of the world', () => {
  const invocation = (): LiveInvocation => ({
    id: 'i',
    site: 'acme',
    cloudId: 'c',
    moduleKey: 'm',
    functionKey: 'f',
    startedAt: Date.now(),
    outbound: [],
  });
  const open = (handle: Service['handle']) => {
    const record = createRing<RequestRecord>(10);
    const service: Service = {
      hosts: ['api.git.example'],
      handle,
      accountOf: async (request) => (request.headers.get('authorization') === 'Bearer t' ? 'alice' : undefined),
      reset: async () => undefined,
      close: async () => undefined,
    };
    const logs = createLogs({ now: () => new Date() });
    const egress = createEgress({
      allowed: () => ['https://api.git.example'],
      nameOf: (_, id) => id,
      services: [service],
      routes: new Map(),
      online: false,
      latency: 0,
      record,
      logs,
      now: () => new Date(),
    });
    const ask = (signal = new AbortController().signal) => {
      const headers: [string, string][] = [['authorization', 'Bearer t']];
      return egress(
        { method: 'GET', url: 'https://api.git.example/user', headers, body: new Uint8Array() },
        invocation(),
        signal,
      );
    };
    return { record, ask };
  };

  it('answers in its own process, and names the account of the credential', async () => {
    const { record, ask } = open(async (request) => new Response(request.url, { status: 202 }));
    expect(await (await ask()).text()).toBe('https://api.git.example/user');
    expect(record.entries()).toMatchObject([{ host: 'api.git.example', status: 202, account: 'alice' }]);
  });

  it('that drops the connection looks like a real one', async () => {
    const { record, ask } = open(() => Promise.reject(new Error('dropped')));
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(record.entries()).toMatchObject([{ status: null, account: 'alice' }]);
  });

  it('that never answers does not hold up callers that gave up', async () => {
    const { record, ask } = open(() => new Promise(() => undefined));
    await expect(ask(AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(record.entries()).toMatchObject([{ status: null }]);
  });
});

describe('added latency', () => {
  it('delays every request of the app', async () => {
    const upstream = await startUpstream(() => ({}));
    const app = await startFixture({ latency: 300, routes: new Map([['api.allowed.example', upstream.url]]) });
    await app.call('fetch', { url: 'https://api.allowed.example/' });
    const [request] = await app.get<{ ms: number }[]>('/sandbox/requests');
    expect(request?.ms).toBeGreaterThanOrEqual(290);
    await app.stop();
    await upstream.stop();
  });
});
