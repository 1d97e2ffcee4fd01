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
/** Answers what the `@forge/*` packages ask of the platform. Throws `DoorError` for what is not modelled. */
export type PlatformDoor = (call: PlatformCall, invocation: LiveInvocation) => Promise<Response>;

/** One thing the app asked for, as it is measured: never a value, never a header. Times in ms of `performance.now()`. */
export type DoorCall = {
  invocation: string;
  functionKey: string;
  call: string | undefined;
  to: 'platform' | 'service';
  /** `GET api.github.com/repos/…`, `kvs /api/v1/get settings`. */
  what: string;
  start: number;
  end: number;
  sentBytes: number;
  receivedBytes: number;
};

export type Door = { port: number; key: string; close(): Promise<void> };

const sameKey = (given: string | undefined, expected: string): boolean => {
  const a = Buffer.from(given ?? '');
  const b = Buffer.from(`Bearer ${expected}`);
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
};

/** What a call asks for, in a line. Of storage the keys are told, for they hold no secret. */
const nameOf = (call: Call, body: Uint8Array): string => {
  if (call.to === 'egress') {
    const { host, pathname } = new URL(call.url);
    return `${call.method} ${host}${pathname}`;
  }
  if (call.args.type !== 'kvs') return `${call.args.remote ?? call.args.type} ${call.path.split('?')[0] ?? ''}`;
  const asked = JSON.parse(Buffer.from(body).toString('utf8')) as {
    key?: string;
    where?: { values: string[] }[];
    set?: { key: string }[];
  };
  const keys = asked.key ?? asked.where?.[0]?.values[0] ?? asked.set?.map(({ key }) => key).join(' ');
  return `kvs ${call.path.replace('/api/v1/', '')} ${keys ?? ''}`;
};

/**
 * The one door between the app's process and the platform: a port on 127.0.0.1 that only the process with this boot's key
 * can use. Who asks is decided here, by the invocation's id, never by what the app says about itself.
 */
export const openDoor = async (options: {
  invocation: (id: string) => LiveInvocation | undefined;
  egress: Egress;
  platform: PlatformDoor;
  logs: Logs;
  /** Milliseconds added to everything asked of the platform. */
  platformLatency: number;
  /** Hears of every call once it is over. */
  onCall?: ((call: DoorCall) => void) | undefined;
}): Promise<Door> => {
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
      const what = nameOf(call, body);
      options.onCall({ invocation: id, functionKey, call: key, to, what, start, end: performance.now(), ...sizes });
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
};
