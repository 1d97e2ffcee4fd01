import { PREFIX, type Asked, type Manners, type Ours } from './manners.ts';

/** The most requests of one run, with everything that cleans up. */
export const MOST_REQUESTS = 60;
/** Why a request was not made, so that its result is unknown. */
export const FULL = `${MOST_REQUESTS} requests are the most`;
export const STOPPED = 'the run was stopped';

/** One request and its answer, unchanged. Nothing of it is shown before it is scrubbed (`scrub.ts`). */
export type Exchange = {
  sentences: readonly number[];
  method: string;
  url: string;
  sent: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  received: string;
};

/** The fate of writes: they are sent; sent, with their answers dropped here; or not sent at all. */
export type Writes = 'sent' | 'answer lost' | 'not sent';

export type Gate = {
  exchanges: readonly Exchange[];
  /** The requests since the last call. `refused`: the gate stopped one, so nothing can be concluded. `strayed`: it had to. */
  watch(sentences: readonly number[], writes?: Writes): void;
  seen(): { requests: number; writes: number; sent: boolean; refused: string | undefined; strayed: string | undefined };
  left(): number;
  /** From now on only requests that clean up are sent. */
  stopped(): boolean;
  /** From now on the requests that were reserved for cleaning up can be used. */
  clean(): void;
  close(): void;
};

export type GateOptions = {
  manners: Manners;
  ours: Ours;
  origins: readonly string[];
  sandbox: string | undefined;
  /** The number of requests that cleaning up needs now. */
  reserved(): number;
  stopped(): boolean;
};

type Watched = {
  sentences: readonly number[];
  writes: Writes;
  requests: number;
  written: number;
  sent: boolean;
  refused?: string;
  strayed?: string;
};

/**
 * Replaces the network for this process. It sends at most 60 requests, only to the named origins, and no write that
 * touches anything but the named repository and names with our prefix.
 */
export function openGate(options: GateOptions): Gate {
  const original = globalThis.fetch;
  const exchanges: Exchange[] = [];
  let total = 0;
  let cleaning = false;
  let watched: Watched = { sentences: [], writes: 'sent', requests: 0, written: 0, sent: false };
  const refuse = (why: string): never => {
    watched.refused ??= why;
    throw new TypeError(`fetch failed: ${why}`);
  };
  const stray = (why: string): never => {
    watched.strayed ??= why;
    throw new TypeError(`fetch failed: ${why}`);
  };
  const stopped = () => options.stopped() && !cleaning;
  const left = () => MOST_REQUESTS - total - (cleaning ? 0 : options.reserved());

  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const asked: Asked = {
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body: await request.text(),
    };
    const reads = options.manners.isRead(asked);
    if (!options.origins.includes(asked.url.origin)) return stray('a request would have left the service');
    if (!reads && !options.manners.isOurs(asked, options.ours))
      return stray('a request would have changed what is not ours');
    if (stopped()) return refuse(STOPPED);
    if (left() <= 0) return refuse(FULL);
    watched.requests += 1;
    if (!reads) watched.written += 1;
    if (!reads && watched.writes === 'not sent') throw new TypeError('fetch failed');
    total += 1;
    watched.sent ||= !reads;
    const { sentences, writes } = watched;
    const { response, ...answer } = await exchange(original, asked, options.sandbox, init?.signal);
    exchanges.push({ sentences, ...answer });
    if (!reads && writes === 'answer lost') throw new TypeError('fetch failed');
    return response;
  };

  return {
    exchanges,
    watch(sentences, writes = 'sent') {
      watched = { sentences, writes, requests: 0, written: 0, sent: false };
    },
    seen: () => {
      const { requests, written: writes, sent, refused, strayed } = watched;
      return { requests, writes, sent, refused, strayed };
    },
    left,
    stopped,
    clean() {
      cleaning = true;
    },
    close() {
      globalThis.fetch = original;
    },
  };
}

/** Sends one request, and reads its whole answer: once for the run, once for the caller. */
async function exchange(
  send: typeof fetch,
  { method, url, headers: sent, body }: Asked,
  sandbox: string | undefined,
  signal: AbortSignal | null | undefined,
): Promise<Omit<Exchange, 'sentences'> & { response: Response }> {
  const response = await send(routed(url, sandbox), {
    method,
    headers: sent,
    ...(body === '' ? {} : { body }),
    redirect: 'manual',
    signal: signal ?? null,
  });
  const received = await response.text();
  const { status, headers } = response;
  const copy = new Response([204, 205, 304].includes(status) ? null : received, { status, headers: plain(headers) });
  return { method, url: url.href, sent: body, status, headers: Object.fromEntries(headers), received, response: copy };
}

/** `https://host/path` of a simulated service is `/<host>/path` of the sandbox. */
function routed(url: URL, sandbox: string | undefined): string {
  return sandbox === undefined ? url.href : `${sandbox}/${url.host}${url.pathname}${url.search}`;
}

/** The body was decoded already. */
function plain(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
  return kept;
}

/** Whether this tool gives such names. */
export function isOurs(name: string): boolean {
  return name.startsWith(PREFIX);
}
