import { gzipSync } from 'node:zlib';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { ProviderError } from '../../src/domain/errors';
import { createTransport, ProviderFailure } from '../../src/providers/transport';
import { openEgressDoor, type EgressDoor } from '../support/egress-door';

const ORIGIN = 'https://api.github.com';
const TOKEN = 'canary-7f3a9c';

let server: Server;
let door: EgressDoor;
let answer: RequestListener;
let seen: { method: string; url: string; authorization: string | undefined }[];

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  door = openEgressDoor({ 'api.github.com': `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  door.close();
});

function send(options: { kind?: 'read' | 'write'; ms?: number; url?: string; api?: string } = {}): Promise<Response> {
  const transport = createTransport({
    origin: ORIGIN,
    deadline: Date.now() + (options.ms ?? 5000),
    kind: options.kind ?? 'read',
    ...(options.api === undefined ? {} : { api: options.api }),
  });
  const init = { method: options.kind === 'write' ? 'POST' : 'GET', headers: { authorization: `Bearer ${TOKEN}` } };
  return transport(options.url ?? `${ORIGIN}/user`, init);
}

async function problem(promise: Promise<unknown>): Promise<ProviderError> {
  const thrown: unknown = await promise.then(
    () => new Error('it went well'),
    (error: unknown) => error,
  );
  expect(inspect(thrown, { depth: 10 })).not.toContain(TOKEN);
  if (!(thrown instanceof ProviderFailure)) throw thrown;
  return thrown.problem;
}

describe('The transport', () => {
  it('returns a JSON answer with its status and headers', async () => {
    answer = (_, response) =>
      response
        .writeHead(201, { 'content-type': 'application/json', 'x-oauth-scopes': 'repo' })
        .end('{"login":"alice"}');

    const response = await send();

    expect(response.status).toBe(201);
    expect(response.headers.get('x-oauth-scopes')).toBe('repo');
    expect(await response.json()).toEqual({ login: 'alice' });
  });

  it('sends nothing to another origin, or without https', async () => {
    for (const url of [
      'https://evil.example/user',
      'http://api.github.com/user',
      'https://api.github.com:8443/user',
      'https://api.github.com.evil.example/',
    ]) {
      await expect(send({ url })).rejects.toThrow('refused');
    }
    expect(seen).toEqual([]);
  });

  it('follows no redirect of itself, so that no credential goes where it was not meant for', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'https://evil.example/steal' }).end();

    expect(await problem(send())).toEqual({ code: 'NOT_AN_API_ANSWER' });
    expect(seen).toHaveLength(1);
  });

  it.each([301, 307, 308])('follows a lasting redirect (%i) of a read once, below the API', async (status) => {
    answer = (request, response) =>
      request.url === '/v3/repos/acme/web'
        ? response.writeHead(status, { location: `${ORIGIN}/v3/repositories/7` }).end()
        : response.writeHead(200, { 'content-type': 'application/json' }).end('{"name":"acme/site"}');
    const read = { url: `${ORIGIN}/v3/repos/acme/web`, api: `${ORIGIN}/v3` };
    expect(await (await send(read)).json()).toEqual({ name: 'acme/site' });
    expect(seen.map(({ url }) => url)).toEqual(['/v3/repos/acme/web', '/v3/repositories/7']);

    seen.length = 0;
    expect(await problem(send({ ...read, kind: 'write' }))).toEqual({ code: 'NOT_AN_API_ANSWER' });
    answer = (_, response) => response.writeHead(status, { location: `${ORIGIN}/v3/again` }).end();
    expect(await problem(send(read))).toEqual({ code: 'NOT_AN_API_ANSWER' });
    expect(seen).toHaveLength(3);
  });

  it.each([
    [301, 'https://evil.example/v3/steal'],
    [301, 'http://api.github.com/v3/user'],
    [301, `${ORIGIN}/v3/../login`],
    [301, `${ORIGIN}/v33/user`],
    [302, `${ORIGIN}/v3/user`],
    [303, `${ORIGIN}/v3/user`],
  ])('follows no redirect (%i) to %s', async (status, location) => {
    answer = (_, response) => response.writeHead(status, { location }).end();
    expect(await problem(send({ url: `${ORIGIN}/v3/me`, api: `${ORIGIN}/v3` }))).toEqual({ code: 'NOT_AN_API_ANSWER' });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['an HTML page', 'text/html', '<html>Sign in</html>'],
    ['HTML under a JSON name', 'application/json', '<html>Sign in</html>'],
    ['half a JSON text', 'application/json', '{"login":'],
  ])('takes %s with status 200 for no answer of the API', async (_, type, body) => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': type }).end(body);

    expect(await problem(send())).toEqual({ code: 'NOT_AN_API_ANSWER' });
  });

  it('keeps the status of an error that comes as HTML, and drops the HTML', async () => {
    answer = (_, response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Unicorn!</h1>');

    const response = await send();

    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{}');
  });

  it.each([403, 200])('takes the credential out of what a refusal repeats of it (status %i)', async (status) => {
    answer = (request, response) => {
      const message = `Bad credentials: ${request.headers.authorization}`;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errors: [{ message }] }));
    };
    expect(await (await send()).json()).toEqual({ errors: [{ message: 'Bad credentials: Bearer …' }] });
  });

  it('takes a success that holds the credential for no answer, in whatever form', async () => {
    const long = 'ghp_canary1q2W3e4R5t6Z';
    const headers = { authorization: `Bearer ${long}` };
    const transport = createTransport({ origin: ORIGIN, deadline: Date.now() + 5000, kind: 'read' });
    for (const form of [long, Buffer.from(`x:${long}`).toString('base64'), Buffer.from(long).toString('hex')]) {
      answer = (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ login: form }));
      expect(await problem(transport(`${ORIGIN}/user`, { headers }))).toEqual({ code: 'NOT_AN_API_ANSWER' });
    }
  });

  describe('A credential that a service hides in its answer', () => {
    const hidden = 'ghp_canary1q2W3e4R5t6Z';
    const escaped = [...hidden].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const ask = (format: 'json' | 'xml' = 'json') =>
      createTransport({ origin: ORIGIN, deadline: Date.now() + 5000, kind: 'read', format })(`${ORIGIN}/user`, {
        headers: { authorization: `Bearer ${hidden}` },
      });
    const says = (body: string, headers = {}) => {
      answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
    };

    it('is found behind the escapes of JSON, and in upper case', async () => {
      for (const login of [escaped, Buffer.from(hidden).toString('hex').toUpperCase()]) {
        says(`{"login":"${login}"}`);
        expect(await problem(ask())).toEqual({ code: 'NOT_AN_API_ANSWER' });
      }
    });

    it('is taken out of what looks like a refusal as well', async () => {
      says(`{"login":"${escaped}","errors":[]}`);
      expect(await (await ask()).json()).toEqual({ login: '…', errors: [] });
    });

    it('is found in the numbers of XML', async () => {
      const numbers = [...hidden].map((letter) => `&#${letter.charCodeAt(0)};`).join('');
      says(`<A><Arn>${numbers}</Arn></A>`);
      expect(await problem(ask('xml'))).toEqual({ code: 'NOT_AN_API_ANSWER' });
      says('<A>&#60;b&#x26;&#x2014;c&#100;</A>');
      expect(await (await ask('xml')).text()).toBe('<A>&#60;b&#x26;&#x2014;cd</A>');
    });

    it.each(['x-oauth-scopes', 'link', 'etag'])('is found in a header: %s', async (name) => {
      says('{"login":"alice"}', { [name]: `repo, ${hidden}` });
      expect(await problem(ask())).toEqual({ code: 'NOT_AN_API_ANSWER' });
      answer = (_, response) => response.writeHead(204, { [name]: hidden }).end();
      expect(await problem(ask())).toEqual({ code: 'NOT_AN_API_ANSWER' });
    });
  });

  it('takes what is too deep, or grows when it is unpacked, for no answer, and soon', async () => {
    const deep = (depth: number) => `${'['.repeat(depth)}"\\u0041"${']'.repeat(depth)}`;
    answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(deep(2_000_000));
    expect(await problem(send())).toEqual({ code: 'NOT_AN_API_ANSWER' });
    // 256 MB of zeros, in a quarter of one.
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024));
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    const before = process.memoryUsage().rss;
    expect(await problem(send())).toEqual({ code: 'NOT_AN_API_ANSWER' });
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(200);
  });

  it('gives up on an answer that comes a byte at a time, or leads in a circle', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    };
    expect(await problem(send({ ms: 200 }))).toEqual({ code: 'TIMEOUT' });
    let asked = 0;
    answer = (_, response) => {
      asked += 1;
      response.writeHead(301, { location: `/api/v3/${asked}` }).end();
    };
    expect(await problem(send())).toMatchObject({ code: 'NOT_AN_API_ANSWER' });
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('gives up at the deadline when a service does not answer', async () => {
    answer = () => {};

    expect(await problem(send({ ms: 150 }))).toEqual({ code: 'TIMEOUT' });
  });

  it('gives up at the deadline when a service never ends its answer', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"login":');

    expect(await problem(send({ ms: 150 }))).toEqual({ code: 'TIMEOUT' });
  });

  it('sends nothing once the deadline is over', async () => {
    expect(await problem(send({ ms: 0 }))).toEqual({ code: 'TIMEOUT' });
    expect(seen).toEqual([]);
  });

  it('stops reading an answer larger than 5 MiB', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(6 * 1024 * 1024)}"`);

    expect(await problem(send())).toEqual({ code: 'NOT_AN_API_ANSWER' });
  });

  it('calls a connection that breaks unreachable', async () => {
    answer = (request) => request.socket.destroy();

    expect(await problem(send())).toEqual({ code: 'UNREACHABLE' });
  });

  it('calls an answer that ends before its announced length unreachable', async () => {
    answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"a":1}', () => request.socket.destroy());
    };

    expect(await problem(send())).toEqual({ code: 'UNREACHABLE' });
  });

  it('says when the platform refused the host', async () => {
    answer = (_, response) => response.writeHead(403, { 'forge-proxy-error': 'REQUEST_EGRESS_ALLOWLIST_ERR' }).end();

    expect(await problem(send())).toEqual({ code: 'EGRESS_REFUSED' });
  });

  it.each([502, 503, 504])('repeats a read once after a %i', async (status) => {
    answer = (_, response) =>
      response.writeHead(seen.length === 1 ? status : 200, { 'content-type': 'application/json' }).end('{}');

    expect((await send()).status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it('repeats a read at most once', async () => {
    answer = (_, response) => response.writeHead(503).end();

    expect((await send()).status).toBe(503);
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['seconds', () => '60'],
    ['a date', () => new Date(Date.now() + 60_000).toUTCString()],
  ])('does not wait when Retry-After, given in %s, is too long for a person', async (_, after) => {
    answer = (_request, response) => response.writeHead(503, { 'retry-after': after() }).end();

    expect((await send()).status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['a 502', (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(502).end()],
    ['a broken connection', (request: { socket: { destroy(): void } }) => request.socket.destroy()],
  ] as [string, RequestListener][])('sends a write once, whatever happens: %s', async (_, listener) => {
    answer = listener;

    await send({ kind: 'write' }).catch(() => undefined);

    expect(seen).toHaveLength(1);
  });
});
