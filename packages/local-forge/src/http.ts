import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

export type Handler = (request: Request) => Promise<Response>;

export type LoopbackServer = { port: number; origin: string; close(): Promise<void> };

/** A node request as a `Request` at `origin`; the body streams. `signal` aborts when the caller goes away. */
function toRequest(incoming: IncomingMessage, origin: string, signal?: AbortSignal): Request {
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2)
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '');
  const method = incoming.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(incoming) as unknown as BodyInit);
  return new Request(new URL(`${origin}${incoming.url ?? '/'}`), {
    method,
    headers,
    ...(body === null ? {} : { body, duplex: 'half' as const }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Writes a `Response` out. Rejects when the other side goes away before the end. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status;
  if (response.statusText !== '') outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  if (response.body === null) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body as ReadableStream<Uint8Array>), outgoing);
}

const refusal = (status: number, text: string): Response =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Why a request is refused: its `Host` is not this server (a name that a foreign page pointed here), or another
 * site's page made the browser send it. Programs send no `Origin`.
 */
function foreign(incoming: IncomingMessage, port: number): string | undefined {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!own.includes(incoming.headers.host ?? '')) return 'This server answers at 127.0.0.1 and localhost only.';
  if (safeMethods.has(incoming.method ?? '')) return undefined;
  const { origin } = incoming.headers;
  const sameOrigin =
    origin === undefined
      ? incoming.headers['sec-fetch-site'] !== 'cross-site'
      : own.some((host) => origin === `http://${host}`);
  return sameOrigin ? undefined : 'A page of another site may not do that.';
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });

/**
 * Serves `handler` on 127.0.0.1. `port` 0 takes any free one. `onError` gets a handler's error. The caller gets a
 * plain 500, because the error can contain anything.
 */
export async function serveLoopback(options: {
  port: number;
  handler: Handler;
  onError: (error: unknown, request: string) => void;
}): Promise<LoopbackServer> {
  const server = createServer({ keepAliveTimeout: 30_000 }, (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const respond = async (): Promise<void> => {
      const { port } = server.address() as AddressInfo;
      const reason = foreign(incoming, port);
      if (reason !== undefined) return sendResponse(refusal(403, reason), outgoing);
      if (!/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(incoming.method ?? ''))
        return sendResponse(refusal(405, 'Method not allowed'), outgoing);
      let response: Response;
      try {
        response = await options.handler(toRequest(incoming, `http://${incoming.headers.host}`, gone.signal));
      } catch (error) {
        if (gone.signal.aborted) return;
        options.onError(error, `${incoming.method} ${(incoming.url ?? '').split('?')[0]}`);
        response = refusal(500, 'The sandbox failed at this; its log says why.');
      }
      await sendResponse(response, outgoing);
    };
    respond().catch(() => outgoing.destroy());
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
