import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { codedError, type Link, type LinkAnswer } from './link.ts';
import type { Call } from './protocol.ts';

const withoutBody = new Set([101, 204, 205, 304]);

function toResponse(answer: LinkAnswer, url: string): Response {
  const empty = withoutBody.has(answer.status);
  if (empty) answer.body.resume();
  const body = empty ? null : (Readable.toWeb(answer.body) as ReadableStream<Uint8Array>);
  const response = new Response(body as ConstructorParameters<typeof Response>[0], {
    status: answer.status,
    statusText: answer.statusText,
    headers: answer.headers,
  });
  // The constructor leaves it empty, but a fetched response has it.
  Object.defineProperty(response, 'url', { value: url });
  return response;
}

const failed = (cause: unknown): TypeError => new TypeError('fetch failed', { cause });

const bodyOf = async (request: Request): Promise<Uint8Array> =>
  request.body === null ? new Uint8Array() : new Uint8Array(await request.arrayBuffer());

/** The headers that undici adds by default. Simulated services can check them. */
function withDefaults(headers: Headers): [string, string][] {
  const all = new Headers(headers);
  if (!all.has('accept')) all.set('accept', '*/*');
  if (!all.has('user-agent')) all.set('user-agent', 'node');
  return [...all];
}

/**
 * The app's `fetch`. Requests leave only through the link. A redirect is returned with `redirect: 'manual'` and refused
 * otherwise: to follow it would hide the real host from the app.
 */
export const createFetch =
  (link: Link, invocation: () => string | undefined): typeof fetch =>
  async (input, init) => {
    if (init !== undefined && 'dispatcher' in init && init.dispatcher !== undefined)
      throw failed(codedError('SANDBOX_NOT_MODELLED', "fetch: Forge's proxy takes no dispatcher of the app's own."));
    const request = new Request(input, init);
    const url = new URL(request.url);
    url.hash = '';
    const call: Call = { to: 'egress', method: request.method, url: url.href, headers: withDefaults(request.headers) };
    let answer: LinkAnswer;
    try {
      answer = await link(invocation(), call, await bodyOf(request), request.signal);
    } catch (error) {
      request.signal.throwIfAborted();
      throw failed(error);
    }
    request.signal.addEventListener('abort', () => answer.body.destroy(request.signal.reason as Error), { once: true });
    const redirected =
      answer.status >= 300 && answer.status < 400 && answer.headers.some(([name]) => name === 'location');
    if (redirected && request.redirect !== 'manual') {
      answer.body.destroy();
      throw failed(
        codedError(
          'SANDBOX_REDIRECT',
          `${url.host} answered with a redirect; the sandbox follows none, ask with redirect: 'manual'.`,
        ),
      );
    }
    return toResponse(answer, url.href);
  };

/** `__forge_fetch__`: the way of the `@forge/*` packages to the product, the storage and the queues. */
export const createForgeFetch =
  (link: Link, invocation: () => string | undefined) =>
  async (args: Extract<Call, { to: 'platform' }>['args'], path: string, init: RequestInit = {}): Promise<Response> => {
    if (!path.startsWith('/')) throw new TypeError(`__forge_fetch__: the path must start with a slash: ${path}`);
    // The path does not change: the queues' paths hold braces that a URL would escape.
    const request = new Request('https://platform.invalid/', init);
    const call: Call = { to: 'platform', args, method: request.method, path, headers: [...request.headers] };
    try {
      return toResponse(await link(invocation(), call, await bodyOf(request), request.signal), '');
    } catch (error) {
      request.signal.throwIfAborted();
      throw failed(error);
    }
  };
