import { z } from 'zod';

/**
 * Faults on demand: `POST /sandbox/faults` on the web host arms one, `GET` lists the armed ones, `DELETE` disarms all.
 *
 *   { "path": "/repos/acme/web/git/refs", "method": "POST", "times": 1, "status": 502, "html": true }
 *
 * - `host`, `method`, `path` (of a server: without `/api/v3`) say which requests are meant; `*` in a path matches anything, slashes too.
 * - `contains` means only requests whose body has this text: all of GraphQL has one path.
 * - `times` is how often it happens (1 when left out), `"always"` until disarmed.
 * - `delay` (milliseconds) alone lets the request through late; together with another behaviour it comes first.
 * - exactly one of: `status` with `body` (JSON, or text as it is) and `headers`; `html` (`status` 200 when left out);
 *   `hang` (no answer ever); `reset` (`handle` rejects, and who serves the request drops the connection);
 *   `rateLimit`: `"primary"` uses up the caller's limit until its window ends, `"secondary"` asks for `retryAfter` s.
 */
const faultSchema = z
  .strictObject({
    host: z.string().optional(),
    method: z.string().optional(),
    path: z.string().startsWith('/'),
    contains: z.string().optional(),
    times: z.union([z.int().positive(), z.literal('always')]).default(1),
    delay: z.int().min(0).max(120_000).default(0),
    status: z.int().min(200).max(599).optional(),
    body: z.json().optional(),
    headers: z.record(z.string(), z.string()).default({}),
    html: z.literal(true).optional(),
    hang: z.literal(true).optional(),
    reset: z.literal(true).optional(),
    rateLimit: z.enum(['primary', 'secondary']).optional(),
    retryAfter: z.int().min(0).default(60),
  })
  .refine(
    ({ status, html, hang, reset, rateLimit, delay }) => {
      const behaviours = [status !== undefined || html, hang, reset, rateLimit].filter(Boolean).length;
      return behaviours === 1 || (behaviours === 0 && delay > 0);
    },
    { error: 'exactly one behaviour, or only a delay' },
  );

export type Fault = z.output<typeof faultSchema>;

/** The effect of a fault that the service has to carry out. */
export type FaultOutcome =
  | { kind: 'none' }
  | { kind: 'answer'; response: Response }
  | { kind: 'rate-limit'; limit: 'primary' | 'secondary'; retryAfter: number };

export type Faults = {
  /** The `/sandbox/faults` endpoint. */
  endpoint(request: Request): Promise<Response>;
  /** Applies an armed fault that matches the request. Rejects for `reset`, never settles for `hang`. */
  strike(request: Request): Promise<FaultOutcome>;
  /** Disarms all faults. Requests that hang reject. */
  clear(): void;
};

const json = (status: number, body: unknown): Response => Response.json(body, { status });

function fits(fault: Fault, request: Request, body: string): boolean {
  const url = new URL(request.url);
  if (fault.host !== undefined && fault.host !== url.hostname) return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
  if (fault.contains !== undefined && !body.includes(fault.contains)) return false;
  const pattern = fault.path
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(url.pathname);
}

const HTML =
  '<!doctype html><html><head><title>Unicorn!</title></head><body><h1>This page is taking too long to load.</h1></body></html>';

function answerOf(fault: Fault): Response {
  const headers = new Headers(fault.headers);
  if (fault.html) {
    headers.set('content-type', 'text/html; charset=utf-8');
    return new Response(HTML, { status: fault.status ?? 200, headers });
  }
  const status = fault.status ?? 200;
  if (fault.body === undefined || status === 204) return new Response(null, { status, headers });
  const isText = typeof fault.body === 'string';
  if (!headers.has('content-type')) {
    headers.set('content-type', isText ? 'text/plain' : 'application/json; charset=utf-8');
  }
  const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
  return new Response(body, { status, headers });
}

/** Faults exist in memory only: a restart disarms them. */
export function createFaults(): Faults {
  let armed: { fault: Fault; left: number }[] = [];
  let letGo = new AbortController();
  /** Waits, at most `ms`; rejects when the caller goes away or everything is disarmed. */
  const wait = (request: Request, ms: number | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const gone = AbortSignal.any([request.signal, letGo.signal]);
      const stop = (): void => {
        clearTimeout(timer);
        reject(new Error('The connection was closed before an answer'));
      };
      const timer =
        ms === undefined ? undefined : setTimeout(() => (gone.removeEventListener('abort', stop), resolve()), ms);
      if (gone.aborted) stop();
      else gone.addEventListener('abort', stop, { once: true });
    });
  const clear = (): void => {
    armed = [];
    letGo.abort();
    letGo = new AbortController();
  };
  return {
    clear,
    async endpoint(request) {
      if (request.method === 'GET')
        return json(
          200,
          armed.map(({ fault, left }) => ({ ...fault, left: left === Infinity ? 'always' : left })),
        );
      if (request.method === 'DELETE') {
        clear();
        return json(200, { armed: 0 });
      }
      if (request.method !== 'POST') return json(405, { message: 'GET, POST or DELETE' });
      const parsed = faultSchema.safeParse(await request.json().catch(() => undefined));
      if (!parsed.success) return json(400, { message: z.prettifyError(parsed.error) });
      armed.push({ fault: parsed.data, left: parsed.data.times === 'always' ? Infinity : parsed.data.times });
      return json(201, { armed: armed.length });
    },
    async strike(request) {
      if (armed.length === 0) return { kind: 'none' };
      const readsBody = armed.some(({ fault }) => fault.contains !== undefined);
      const body = readsBody ? await request.clone().text() : '';
      const hit = armed.find(({ fault }) => fits(fault, request, body));
      if (hit === undefined) return { kind: 'none' };
      hit.left -= 1;
      armed = armed.filter(({ left }) => left > 0);
      const { fault } = hit;
      if (fault.delay > 0) await wait(request, fault.delay);
      if (fault.hang) await wait(request, undefined);
      if (fault.reset) throw new Error('The simulated service dropped the connection');
      if (fault.rateLimit) return { kind: 'rate-limit', limit: fault.rateLimit, retryAfter: fault.retryAfter };
      if (fault.html || fault.status !== undefined) return { kind: 'answer', response: answerOf(fault) };
      return { kind: 'none' };
    },
  };
}
