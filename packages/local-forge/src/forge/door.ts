import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { sendResponse } from '../http.ts';
import type { Egress } from './egress.ts';
import { DoorError, type LiveInvocation } from './live-invocation.ts';
import type { Logs } from './logs.ts';
import {
  answerHeader,
  callHeader,
  decode,
  encode,
  invocationHeader,
  type Answer,
  type Call,
} from './runtime/protocol.ts';

export type PlatformCall = Extract<Call, { to: 'platform' }> & { body: Uint8Array };
/** Answers requests of the `@forge/*` packages. Throws `DoorError` for requests that are not modelled. */
export type PlatformDoor = (call: PlatformCall, invocation: LiveInvocation) => Promise<Response>;

/** The measurement of one request of the app: never a value, never a header. Times in ms of `performance.now()`. */
export type DoorCall = {
  invocation: string;
  functionKey: string;
  call: string | undefined;
  to: 'platform' | 'service';
  /** `GET api.github.com/repos/…`, `kvs get settings`, `queue erase-tokens`. */
  what: string;
  /** Storage: the number of entries to write or to read; a query is one. */
  entries: number;
  /** Jira: the points of the app's hour that it cost. */
  points: number;
  /** Queues: the requested time of delivery. */
  delaySeconds: number;
  start: number;
  end: number;
  sentBytes: number;
  receivedBytes: number;
};

export type Door = { port: number; key: string; close(): Promise<void> };

function sameKey(given: string | undefined, expected: string): boolean {
  const a = Buffer.from(given ?? '');
  const b = Buffer.from(`Bearer ${expected}`);
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

type Asked = {
  key?: string;
  where?: { values: string[] }[];
  set?: { key: string }[];
  delete?: { key: string }[];
  queueName?: string;
  payload?: { delayInSeconds?: number }[];
};

/** The subject of a request. It contains keys of storage, because they hold no secret. */
function describe(call: Call, body: Uint8Array): Pick<DoorCall, 'what' | 'entries' | 'delaySeconds'> {
  const none = { entries: 0, delaySeconds: 0 };
  if (call.to === 'egress') {
    const { host, pathname } = new URL(call.url);
    return { ...none, what: `${call.method} ${host}${pathname}` };
  }
  if (call.path.startsWith('/webhook/queue/publish/')) {
    const { queueName, payload = [] } = JSON.parse(Buffer.from(body).toString('utf8')) as Asked;
    const delaySeconds = Math.min(...payload.map(({ delayInSeconds = 0 }) => delayInSeconds));
    return { ...none, what: `queue ${queueName}`, delaySeconds };
  }
  if (call.args.type !== 'kvs')
    return { ...none, what: `${call.args.remote ?? call.args.type} ${call.path.split('?')[0] ?? ''}` };
  const asked = JSON.parse(Buffer.from(body).toString('utf8')) as Asked | { key: string }[];
  const { key, where, set = [], delete: gone = [] } = Array.isArray(asked) ? { set: asked } : asked;
  const named = [...set, ...gone].map((entry) => entry.key);
  const keys = key ?? where?.[0]?.values[0] ?? named.join(' ');
  return { ...none, what: `kvs ${call.path.replace('/api/v1/', '')} ${keys}`, entries: named.length || 1 };
}

/**
 * The one door between the app's process and the platform: a port on 127.0.0.1 that only the process with this boot's key
 * can use. The door finds the caller by the invocation's id, never by the app's own claims.
 */
export async function openDoor(options: {
  invocation: (id: string) => LiveInvocation | undefined;
  egress: Egress;
  platform: PlatformDoor;
  logs: Logs;
  /** Milliseconds added to every request to the platform. */
  platformLatency: number;
  /** Gets every request once it is over. */
  onCall?: ((call: DoorCall) => void) | undefined;
}): Promise<Door> {
  const key = randomBytes(32).toString('hex');

  const answer = async (incoming: IncomingMessage, signal: AbortSignal): Promise<Response> => {
    const body = await buffer(incoming);
    const call = decode<Call>(String(incoming.headers[callHeader]));
    const id = String(incoming.headers[invocationHeader]);
    const invocation = options.invocation(id);
    if (invocation === undefined) {
      const what = call.to === 'egress' ? new URL(call.url).host : `${call.args.type} ${call.path}`;
      const why = id === '' ? 'outside an invocation' : 'after its invocation was over';
      options.logs.platform(
        'error',
        `The app asked for ${what} ${why}; on Forge it would never get an answer.`,
        id || undefined,
      );
      throw new DoorError('SANDBOX_INVOCATION_OVER', `${what} was asked for ${why}.`);
    }
    const start = performance.now();
    if (call.to === 'platform' && options.platformLatency > 0) await delay(options.platformLatency);
    const response = await (call.to === 'egress'
      ? options.egress({ ...call, body }, invocation, signal)
      : options.platform({ ...call, body }, invocation));
    if (options.onCall !== undefined) {
      const receivedBytes = (await response.clone().arrayBuffer()).byteLength;
      const { functionKey, call: key } = invocation;
      const to = call.to === 'egress' ? 'service' : 'platform';
      const sizes = { sentBytes: body.byteLength, receivedBytes };
      const end = performance.now();
      const points = Number(response.headers.get('x-sandbox-points') ?? 0);
      const what = { ...describe(call, body), points, ...sizes };
      options.onCall({ invocation: id, functionKey, call: key, to, start, end, ...what });
    }
    return response;
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (!sameKey(incoming.headers.authorization, key)) {
      outgoing.writeHead(403).end();
      return;
    }
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    try {
      const response = await answer(incoming, gone.signal);
      const head: Answer = { status: response.status, statusText: response.statusText, headers: [...response.headers] };
      await sendResponse(new Response(response.body, { headers: { [answerHeader]: encode(head) } }), outgoing);
    } catch (error) {
      if (outgoing.headersSent) {
        outgoing.destroy();
        return;
      }
      if (!(error instanceof DoorError) && !gone.signal.aborted)
        options.logs.platform('error', error instanceof Error ? (error.stack ?? error.message) : String(error));
      const failure =
        error instanceof DoorError
          ? error
          : new DoorError('ECONNRESET', 'the platform failed at this; its log says why');
      const head: Answer = { error: { code: failure.code, message: failure.message } };
      outgoing.setHeader(answerHeader, encode(head)).end();
    }
  };

  const server = createServer(
    { maxHeaderSize: 1024 * 1024, keepAliveTimeout: 0, requestTimeout: 0 },
    (incoming, outgoing) => {
      serve(incoming, outgoing).catch(() => outgoing.destroy());
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    key,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
