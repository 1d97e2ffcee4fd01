import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Service } from '../sandbox/services/service';

/**
 * The faults of an answer on the wire. Those that end in `after` happen when the service has already executed the request:
 * only the answer is lost.
 */
export const wireFaults = [
  'slow',
  'hang-after',
  'reset-before',
  'reset-after',
  'truncated-after',
  'ten-megabytes-after',
  'wrong-type-after',
  'wrong-charset-after',
  'redirect',
  'length-too-short-after',
  'length-too-long-after',
  'status-429',
  'status-500-after',
  'status-503-before',
] as const;
export type WireFault = (typeof wireFaults)[number];

/** The header with which a request chooses the fault of its answer. */
export const faultHeader = 'x-test-fault';

export type FaultyService = { origin: string; close(): Promise<void> };

const SLOW_MS = 400;

async function requestOf(incoming: IncomingMessage, host: string): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (name !== 'host' && name !== 'connection' && name !== faultHeader && value !== undefined)
      headers.set(name, String(value));
  const method = incoming.method ?? 'GET';
  const body = new Uint8Array(await buffer(incoming));
  return new Request(`https://${host}${incoming.url ?? '/'}`, {
    method,
    headers,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
}

/** Sends an answer with a fault, byte by byte. */
function misbehave(
  fault: WireFault,
  status: number,
  headers: Record<string, string>,
  body: Buffer,
  outgoing: ServerResponse,
) {
  const json = { ...headers, 'content-type': 'application/json' };
  switch (fault) {
    case 'hang-after':
      return;
    case 'reset-before':
    case 'reset-after':
      return void outgoing.destroy();
    case 'truncated-after':
      outgoing.writeHead(status, { ...json, 'content-length': body.byteLength });
      return void outgoing.write(body.subarray(0, body.byteLength / 2), () => outgoing.destroy());
    case 'length-too-long-after':
      outgoing.writeHead(status, { ...json, 'content-length': body.byteLength + 100 });
      return void outgoing.write(body, () => outgoing.destroy());
    case 'length-too-short-after':
      // `strictContentLength` is off: Node sends any length.
      outgoing.writeHead(status, { ...json, 'content-length': Math.max(1, body.byteLength - 10) });
      return void outgoing.end(body);
    case 'ten-megabytes-after':
      return void outgoing.writeHead(status, json).end(JSON.stringify({ filler: 'x'.repeat(10 * 1024 * 1024) }));
    case 'wrong-type-after':
      return void outgoing.writeHead(status, { ...headers, 'content-type': 'image/png' }).end(body);
    case 'wrong-charset-after':
      return void outgoing
        .writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-16' })
        .end(Buffer.from(body.toString('utf8'), 'utf16le'));
    case 'redirect':
      return void outgoing.writeHead(302, { location: 'https://evil.example/collect' }).end();
    case 'status-429':
      return void outgoing.writeHead(429, { ...json, 'retry-after': '60' }).end('{"message":"slow down"}');
    case 'status-500-after':
      return void outgoing.writeHead(500, json).end('{"message":"Server Error"}');
    case 'status-503-before':
      return void outgoing.writeHead(503, json).end('{"message":"Unavailable"}');
    case 'slow':
      return void outgoing.writeHead(status, headers).end(body);
  }
}

/** Serves a service under one of its hosts on this machine, and spoils each answer as its request demands. */
export async function serveFaulty(service: Service, host: string): Promise<FaultyService> {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const fault = incoming.headers[faultHeader] as WireFault | undefined;
    const request = await requestOf(incoming, host);
    const untouched =
      fault === 'reset-before' || fault === 'redirect' || fault === 'status-429' || fault === 'status-503-before';
    if (fault !== undefined && untouched) return misbehave(fault, 200, {}, Buffer.alloc(0), outgoing);
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    const response = await service.handle(request);
    const body = Buffer.from(await response.arrayBuffer());
    const headers = Object.fromEntries(response.headers);
    if (fault !== undefined) misbehave(fault, response.status, headers, body, outgoing);
    else outgoing.writeHead(response.status, headers).end(body);
  };
  // Longer than a busy machine pauses: a connection that is closed just before it is used again looks like an unreachable service.
  const server = createServer({ keepAliveTimeout: 30_000 }, (incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
