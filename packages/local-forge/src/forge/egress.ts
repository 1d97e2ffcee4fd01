import { setTimeout as delay } from 'node:timers/promises';
import { EgressFilteringService } from '@forge/egress';
import type { Service } from '../service.ts';
import { DoorError, type LiveInvocation } from './live-invocation.ts';
import type { Logs } from './logs.ts';
import { redact } from './redact.ts';
import type { Ring } from './ring.ts';

/** One outbound request in `GET /sandbox/requests`: never a header's value, never a body. */
export type RequestRecord = {
  time: string;
  site: string;
  invocation: string;
  module: string;
  call: string | null;
  /** The person of the action: a short name, `unidentified`, or null in the background. */
  as: string | null;
  method: string;
  host: string;
  /** With the query. */
  path: string;
  /** True when a part looked like a credential, which an address must not contain. */
  redacted: boolean;
  /** Null when no answer came. */
  status: number | null;
  ms: number;
  /** The service's name for the account of the request's credential. */
  account: string | null;
};

export type EgressOptions = {
  /** Addresses the app may call for this site. */
  allowed: (site: string) => readonly string[];
  /** Short name of a person. */
  nameOf: (site: string, accountId: string) => string;
  services: readonly Service[];
  /** Host name -> loopback address that answers for it. */
  routes: ReadonlyMap<string, string>;
  /** Sends requests to every other host to the internet. */
  online: boolean;
  /** Milliseconds every request takes in addition. */
  latency: number;
  record: Ring<RequestRecord>;
  /** Gets each address before redaction; only for tests, which search it for secrets. */
  hear?: (address: string) => void;
  logs: Logs;
  now: () => Date;
};

export type Outgoing = { method: string; url: string; headers: [string, string][]; body: Uint8Array };
/** Answers one outbound request of the app. Throws `DoorError` when on the real platform no answer would come. */
export type Egress = (outgoing: Outgoing, invocation: LiveInvocation, signal: AbortSignal) => Promise<Response>;

// Docs page "Node.js runtime".
const ports = new Set(['80', '8080', '443', '8443', '8444', '7990', '8089', '8090', '8085', '8060']);
// Docs page "limits-invocation": per minute of an invocation's running time.
const requestsPerMinute = 100;
// These headers belong to one connection, not to the message (RFC 9110, 7.6.1), or are wrong for a body that `fetch` unpacked.
const ownToConnection = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'content-encoding',
  'host',
  'te',
  'trailer',
];

const proxyError = (status: number, name: string, message: string): Response =>
  new Response(JSON.stringify({ code: name, message }), {
    status,
    headers: { 'forge-proxy-error': name, 'content-type': 'application/json' },
  });

async function toFetch(outgoing: Outgoing, url: string, signal: AbortSignal): Promise<Response> {
  const headers = new Headers(outgoing.headers);
  for (const name of ownToConnection) headers.delete(name);
  const hasBody = outgoing.body.byteLength > 0 && outgoing.method !== 'GET' && outgoing.method !== 'HEAD';
  try {
    const response = await fetch(url, {
      method: outgoing.method,
      headers,
      redirect: 'manual',
      signal,
      ...(hasBody ? { body: new Uint8Array(outgoing.body) } : {}),
    });
    const answered = new Headers(response.headers);
    for (const name of ownToConnection) answered.delete(name);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers: answered });
  } catch (error) {
    signal.throwIfAborted();
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    throw new DoorError(cause?.code ?? 'ECONNRESET', cause?.message ?? 'the connection broke');
  }
}

/**
 * The app's way to other hosts: Forge's prohibitions come first, then the host that answers. A redirect is passed on unchanged, so that
 * every host the app talks to passes here by name.
 */
export function createEgress(options: EgressOptions): Egress {
  const answerFor = async (outgoing: Outgoing, url: URL, signal: AbortSignal): Promise<Response> => {
    const route = options.routes.get(url.host) ?? options.routes.get(url.hostname);
    if (route !== undefined)
      return toFetch(outgoing, `${route.replace(/\/$/, '')}${url.pathname}${url.search}`, signal);
    const service = options.services.find(({ hosts }) => hosts.includes(url.hostname));
    if (service !== undefined) {
      return untilAborted(signal, service.handle(requestOf(outgoing))).catch((error: unknown) => {
        if (!signal.aborted)
          options.logs.platform(
            'error',
            `${url.hostname} broke the connection: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
        throw new DoorError('ECONNRESET', 'socket hang up');
      });
    }
    if (options.online) return toFetch(outgoing, url.href, signal);
    throw new DoorError('ENOTFOUND', `getaddrinfo ENOTFOUND ${url.hostname}`);
  };

  const checked = async (
    outgoing: Outgoing,
    url: URL,
    invocation: LiveInvocation,
    signal: AbortSignal,
  ): Promise<Response> => {
    if (url.protocol !== 'https:') {
      options.logs.platform(
        'error',
        `${url.protocol}//${url.host} was refused: Forge lets only https out.`,
        invocation.id,
      );
      throw new DoorError(
        'ECONNREFUSED',
        `connect ECONNREFUSED: only https is let out, not ${url.protocol}//${url.host}`,
      );
    }
    // Forge's own matcher: its host includes the port, so another port must be declared as well.
    if (!new EgressFilteringService([...options.allowed(invocation.site)]).isValidUrl(url.href)) {
      options.logs.platform(
        'error',
        `${url.host} was refused: neither the manifest nor an admin of this site allows it.`,
        invocation.id,
      );
      return proxyError(403, 'REQUEST_EGRESS_ALLOWLIST_ERR', `${url.hostname} is not allowed`);
    }
    if (url.port !== '' && !ports.has(url.port)) {
      // Assumption: the proxy does not connect. No document says how that looks to the app.
      options.logs.platform(
        'error',
        `Port ${url.port} of ${url.hostname} was refused: Forge connects to ${[...ports].join(', ')} only.`,
        invocation.id,
      );
      throw new DoorError('ECONNREFUSED', `connect ECONNREFUSED ${url.host}`);
    }
    const minute = Math.floor((options.now().getTime() - invocation.startedAt) / 60_000);
    const count = (invocation.outbound[minute] ?? 0) + 1;
    invocation.outbound[minute] = count;
    if (count > requestsPerMinute) {
      // Assumption: status and name. The limit itself is documented.
      options.logs.platform(
        'error',
        `${invocation.functionKey} made more than ${requestsPerMinute} outbound requests in one minute.`,
        invocation.id,
      );
      return proxyError(429, 'REQUEST_RATE_LIMIT_ERR', 'Too many outbound requests in this invocation');
    }
    if (options.latency > 0) await delay(options.latency, undefined, { signal });
    return answerFor(outgoing, url, signal);
  };

  return async (outgoing, invocation, signal) => {
    const started = performance.now();
    const time = options.now().toISOString();
    const url = new URL(outgoing.url);
    options.hear?.(url.href);
    const asked = `${url.pathname}${url.search}`;
    const note = (status: number | null, account: string | null): void =>
      options.record.add({
        time,
        site: invocation.site,
        invocation: invocation.id,
        module: invocation.moduleKey,
        call: invocation.call ?? null,
        as: invocation.accountId === undefined ? null : options.nameOf(invocation.site, invocation.accountId),
        method: outgoing.method,
        host: url.host,
        path: redact(asked),
        redacted: redact(asked) !== asked,
        status,
        ms: Math.round(performance.now() - started),
        account,
      });
    const account = (await accountOf(options.services, url, outgoing)) ?? null;
    try {
      const response = await checked(outgoing, url, invocation, signal);
      note(response.status, account);
      return response;
    } catch (error) {
      note(null, account);
      throw error;
    }
  };
}

/** The result of `work`, unless the app gives up earlier: a service can take for ever. */
const untilAborted = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

const requestOf = ({ method, url, headers, body }: Outgoing): Request =>
  new Request(url, {
    method,
    headers,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  });

async function accountOf(services: readonly Service[], url: URL, outgoing: Outgoing): Promise<string | undefined> {
  const service = services.find(({ hosts }) => hosts.includes(url.hostname));
  try {
    return await service?.accountOf(requestOf(outgoing));
  } catch {
    return undefined;
  }
}
