import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTransport, ProviderFailure, waitBefore } from '../../src/providers/transport';
import { openEgressDoor, type EgressDoor } from '../support/egress-door';

const ORIGIN = 'https://api.github.com';

let server: Server;
let door: EgressDoor;
let answer: RequestListener;
let times: number;
let sent: { method: string | undefined; body: string; type: string | undefined }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    times += 1;
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => sent.push({ method: request.method, body, type: request.headers['content-type'] }));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  door = openEgressDoor({ 'api.github.com': `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  door.close();
});
beforeEach(() => {
  times = 0;
  sent = [];
});

type Options = { kind?: 'read' | 'write'; format?: 'json' | 'xml'; ms?: number; init?: RequestInit };

const send = ({ kind = 'read', format, ms = 5_000, init }: Options = {}) =>
  createTransport({ origin: ORIGIN, deadline: Date.now() + ms, kind, ...(format && { format }) })(`${ORIGIN}/x`, init);

/** The code and the status of a failure, if any; or the answer's status and text. */
async function outcome(options?: Options): Promise<[string | number, string | number | undefined]> {
  try {
    const response = await send(options);
    return [response.status, await response.text()];
  } catch (thrown) {
    if (!(thrown instanceof ProviderFailure)) throw thrown;
    return [thrown.problem.code, thrown.status];
  }
}
function says(status: number, body = '', headers: Record<string, string> = {}): RequestListener {
  return (_, response) => void response.writeHead(status, headers).end(body);
}

describe('The kind of an answer', () => {
  it.each<[Options, number, string, [string | number, string | number | undefined]]>([
    [{}, 200, '{"a":1}', [200, '{"a":1}']],
    [{}, 204, '', [204, '']],
    [{}, 201, '', [201, '']],
    [{}, 299, 'no JSON', ['NOT_AN_API_ANSWER', 299]],
    [{}, 304, '', ['NOT_AN_API_ANSWER', 304]],
    [{}, 301, '{}', ['NOT_AN_API_ANSWER', 301]],
    [{}, 399, '{}', ['NOT_AN_API_ANSWER', 399]],
    [{}, 400, '{"message":"no"}', [400, '{"message":"no"}']],
    [{}, 400, '<html>', [400, '{}']],
    [{ format: 'xml' }, 200, '<Answer/>', [200, '<Answer/>']],
    [{ format: 'xml' }, 200, ' <?xml version="1.0"?>\n <Answer/>', [200, ' <?xml version="1.0"?>\n <Answer/>']],
    [{ format: 'xml' }, 200, '<HTML><body/>', ['NOT_AN_API_ANSWER', 200]],
    [{ format: 'xml' }, 200, '<?xml version="1.0"?><html/>', ['NOT_AN_API_ANSWER', 200]],
    [{ format: 'xml' }, 200, '{}', ['NOT_AN_API_ANSWER', 200]],
    [{ format: 'xml' }, 200, '<Answer>AK<!-- -->IA</Answer>', ['NOT_AN_API_ANSWER', 200]],
    [{ format: 'xml' }, 200, '<Answer>AK<![CDATA[IA]]></Answer>', ['NOT_AN_API_ANSWER', 200]],
    [{ format: 'xml' }, 200, 'text <Answer/>', ['NOT_AN_API_ANSWER', 200]],
    [{ format: 'xml' }, 200, '<1/>', ['NOT_AN_API_ANSWER', 200]],
    [{ format: 'xml' }, 403, '{"message":"no"}', [403, '<Nothing/>']],
  ])('%j: %i “%s” is %j', async (options, status, body, expected) => {
    answer = says(status, body);
    expect(await outcome(options)).toEqual(expected);
  });

  it('has the name of what it was understood as, and keeps its other headers', async () => {
    answer = says(200, '{}', { 'content-type': 'text/plain', 'x-oauth-scopes': 'repo' });
    const json = await send();
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json.headers.get('x-oauth-scopes')).toBe('repo');
    answer = says(200, '<Answer/>');
    expect((await send({ format: 'xml' })).headers.get('content-type')).toBe('application/xml; charset=utf-8');
    answer = says(204, '', { 'x-oauth-scopes': 'repo' });
    expect((await send()).headers.get('x-oauth-scopes')).toBe('repo');
  });

  it.each([
    ['just 5 MiB', 5 * 1024 * 1024, [200, expect.any(String)]],
    ['a byte more', 5 * 1024 * 1024 + 1, ['NOT_AN_API_ANSWER', undefined]],
  ])('may be as large as %s', async (_, bytes, expected) => {
    answer = says(200, `"${'x'.repeat(bytes - 2)}"`);
    expect(await outcome()).toEqual(expected);
  });

  it('keeps letters that come in two pieces', async () => {
    const text = Buffer.from('"ü"');
    answer = (_, response) => {
      response.writeHead(200).write(text.subarray(0, 2));
      setTimeout(() => response.end(text.subarray(2)), 20);
    };
    expect(await outcome()).toEqual([200, '"ü"']);
  });
});

describe('A request', () => {
  it('goes out as requested, the second time too', async () => {
    answer = (request, response) => says(times === 1 ? 503 : 200, '{}')(request, response);
    const init = { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } };
    expect((await outcome({ init }))[0]).toBe(200);
    expect(sent).toEqual([1, 2].map(() => ({ method: 'POST', body: '{"a":1}', type: 'application/json' })));
  });

  it('is nothing where a credential fits into no header', async () => {
    answer = says(200, '{}');
    expect(await outcome({ init: { headers: { authorization: 'Bearer „x“' } } })).toEqual(['AUTH_INVALID', undefined]);
    expect(times).toBe(0);
  });
});

describe('A read that is repeated', () => {
  it.each<[string, RequestListener]>([
    ['a broken connection', (request) => void request.socket.destroy()],
    ['a 502', says(502)],
  ])('comes after %s, once', async (_, broken) => {
    answer = (request, response) => (times === 1 ? broken : says(200, '{}'))(request, response);
    expect((await outcome())[0]).toBe(200);
    expect(times).toBe(2);
  });

  it.each([500, 501, 505, 429, 404])('does not come after a %i', async (status) => {
    answer = says(status, '{}');
    expect((await outcome())[0]).toBe(status);
    expect(times).toBe(1);
  });

  it('does not come after what is no answer of an API', async () => {
    answer = says(200, '<html>');
    expect((await outcome())[0]).toBe('NOT_AN_API_ANSWER');
    expect(times).toBe(1);
  });

  it.each([
    ['a fifth of a second where nothing is said', {}, 200],
    ['as many seconds as are said', { 'retry-after': '1' }, 1_000],
    ['not at all where that time is over', { 'retry-after': new Date(Date.now() - 60_000).toUTCString() }, 0],
    ['not at all where that time is none', { 'retry-after': 'soon' }, 0],
  ])('waits %s', async (_, headers, ms) => {
    let first = 0;
    let second = 0;
    answer = (request, response) => {
      if (times === 1) first = Date.now();
      else second = Date.now();
      says(times === 1 ? 503 : 200, '{}', headers)(request, response);
    };
    expect((await outcome())[0]).toBe(200);
    expect(second - first).toBeGreaterThanOrEqual(ms - 5);
    expect(waitBefore(new Response(null, { status: 503, headers }))).toBe(ms);
  });

  it.each([
    ['three seconds at most', '3', 5_000, 2],
    ['no more than three seconds', '3.1', 5_000, 1],
    ['no longer than there is time', '1', 900, 1],
  ])('waits %s', async (_, after, ms, asked) => {
    answer = says(503, '{}', { 'retry-after': after });
    expect((await outcome({ ms }))[0]).toBe(503);
    expect(times).toBe(asked);
  });
});
