import type { ProviderError } from '../domain/errors';
import { PAGE_HEADER, pageLine } from './page';
import { holdsCredential, withoutCredential } from './scrub';

/** Carries a `ProviderError` through an SDK, which only knows exceptions. Holds nothing of the request. */
export class ProviderFailure extends Error {
  override name = 'ProviderFailure' as const;
  readonly problem: ProviderError;
  /** Of the answer, when there was one: a sign-in page has its own at some services. */
  readonly status: number | undefined;
  /** Where a redirect leads, as it was said: nobody goes there. */
  readonly location: string;

  constructor(problem: ProviderError, status?: number, location = '') {
    super(problem.code);
    this.problem = problem;
    this.status = status;
    this.location = location;
  }
}

export type TransportOptions = {
  /** The only origin requests may go to; a credential never leaves for another. */
  origin: string;
  /** ms since the epoch. */
  deadline: number;
  /** Reads may be sent twice; a write is sent once, whatever happens. */
  kind: 'read' | 'write';
  /** The base of the API. A read that was answered with a lasting redirect to an address below it is sent there, once. */
  api?: string;
  /** The format of answers; JSON by default. */
  format?: 'json' | 'xml';
};

const BODY_LIMIT_BYTES = 5 * 1024 * 1024;
/** Longer than a service lets a request run (GitHub: 10 s), shorter than an invocation (25 s). */
const REQUEST_LIMIT_MS = 11_000;
const LONGEST_WAIT_MS = 3_000;
const TRANSIENT_STATUS: readonly number[] = [502, 503, 504];

/**
 * A `fetch` for SDKs that fulfils our promises whatever the SDK does: https to one origin, no redirect out of the API, a deadline,
 * at most 5 MiB of answer, JSON where an API answers, one repeated read, no repeated write.
 *
 * Throws `ProviderFailure` for TIMEOUT, UNREACHABLE, EGRESS_REFUSED and NOT_AN_API_ANSWER, and AUTH_INVALID for a credential no
 * header can hold; every other answer of the service, errors too, is returned for the adapter to understand. Of an error that is no JSON one line is left
 * (`page.ts`), and the credential is taken out of every refusal. A success that holds the credential is NOT_AN_API_ANSWER.
 */
export function createTransport(
  options: TransportOptions,
): (url: string | URL, init?: RequestInit) => Promise<Response> {
  const { format = 'json' } = options;
  return async (url, init = {}) => {
    const target = new URL(url);
    if (target.protocol !== 'https:' || target.origin !== options.origin) {
      throw new Error(`A request to ${target.origin} was refused: the connection is for ${options.origin} only`);
    }
    if (!fitsHeaders(init.headers)) throw new ProviderFailure({ code: 'AUTH_INVALID' });
    const first = await attempt(target, init, options.deadline, format);
    if (options.kind === 'write') return settle(first);
    const moved = movedTo(first, target, options.api);
    if (moved !== undefined) return settle(await attempt(moved, init, options.deadline, format));
    if (!mayRepeat(first, options.deadline)) return settle(first);
    await pause(waitBefore(first));
    return settle(await attempt(target, init, options.deadline, format));
  };
}

/** Of all headers only the credential is what a person typed, and no service ever gave out one that fits into none. */
function fitsHeaders(headers: RequestInit['headers']): boolean {
  try {
    return new Headers(headers) instanceof Headers;
  } catch {
    return false;
  }
}

/** The placeholder of a credential is no letter that a header can contain. */
function headerSafe(value: string): string {
  return value.replaceAll('…', '*');
}

type Outcome = Response | ProviderFailure;

const MOVED: readonly (number | undefined)[] = [301, 307, 308];

/** The new address of the requested resource; nothing when that is not below the API. */
function movedTo(outcome: Outcome, from: URL, api: string | undefined): URL | undefined {
  if (api === undefined || !(outcome instanceof ProviderFailure) || !MOVED.includes(outcome.status)) return undefined;
  if (!URL.canParse(outcome.location, from.href)) return undefined;
  const to = new URL(outcome.location, from);
  return to.href.startsWith(`${api}/`) ? to : undefined;
}

function settle(outcome: Outcome): Response {
  if (outcome instanceof ProviderFailure) throw outcome;
  return outcome;
}

async function attempt(url: URL, init: RequestInit, deadline: number, format: 'json' | 'xml'): Promise<Outcome> {
  const left = Math.min(deadline - Date.now(), REQUEST_LIMIT_MS);
  if (left <= 0) return new ProviderFailure({ code: 'TIMEOUT' });
  const signal = AbortSignal.timeout(left);
  try {
    return await exchange(url, { ...init, redirect: 'manual', signal }, format);
  } catch (thrown) {
    if (thrown instanceof ProviderFailure) return thrown;
    if (signal.aborted) return new ProviderFailure({ code: 'TIMEOUT' });
    const refused = thrown instanceof Error && /EGRESS|NotAllowed/i.test(thrown.name);
    return new ProviderFailure({ code: refused ? 'EGRESS_REFUSED' : 'UNREACHABLE' });
  }
}

async function exchange(url: URL, init: RequestInit, format: 'json' | 'xml'): Promise<Response> {
  const response = await fetch(url, init);
  // Forge answers for a host that was never approved, or no longer is, in the service's place.
  if (response.headers.has('forge-proxy-error')) throw new ProviderFailure({ code: 'EGRESS_REFUSED' });
  const text = await readText(response);
  const { status, headers } = response;
  // An answer that gives the credential back could bring it anywhere an answer goes: into storage, pages, the activity. So could a header.
  const said = [...headers.values()].join('\n');
  if (status < 300 && holdsCredential(said, init.headers))
    throw new ProviderFailure({ code: 'NOT_AN_API_ANSWER' }, status);
  if (status < 300 && text === '') return new Response(null, { status, headers });
  const body = format === 'json' ? plainJson(text) : plainXml(text);
  if (status < 400 && (status >= 300 || body === undefined))
    throw new ProviderFailure(
      { code: 'NOT_AN_API_ANSWER' },
      status,
      withoutCredential(headers.get('location') ?? '', init.headers),
    );
  const nothing = format === 'json' ? '{}' : '<Nothing/>';
  // GraphQL refuses with status 200.
  const refuses = status >= 400 || text.includes('"errors"');
  if (!refuses && holdsCredential(body ?? '', init.headers))
    throw new ProviderFailure({ code: 'NOT_AN_API_ANSWER' }, status);
  const scrubbed = (part: string) => (refuses ? withoutCredential(part, init.headers) : part);
  const answered = new Headers(
    [...headers].map(([name, value]): [string, string] => [name, headerSafe(scrubbed(value))]),
  );
  answered.set('content-type', `application/${format}; charset=utf-8`);
  answered.delete(PAGE_HEADER);
  const page = body === undefined ? pageLine(scrubbed(text)) : undefined;
  if (page !== undefined) answered.set(PAGE_HEADER, encodeURIComponent(page));
  return new Response(body === undefined ? nothing : scrubbed(body), { status, headers: answered });
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > BODY_LIMIT_BYTES) throw new ProviderFailure({ code: 'NOT_AN_API_ANSWER' });
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** JSON without needless escapes, because a secret could hide behind them. Undefined for text that is no JSON, or too deep. */
function plainJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return text.includes('\\') ? JSON.stringify(value) : text;
  } catch {
    return undefined;
  }
}

/** XML of an API without letters that are written as numbers; the XHTML of a page is none. An API sends no `<!`: comments and CDATA could hide a text, and entities make one grow. */
function plainXml(text: string): string | undefined {
  if (text.includes('<!')) return undefined;
  if (!/^\s*(<\?xml[^>]*>\s*)?<(?!html)[A-Za-z]/i.test(text)) return undefined;
  return text.replace(/&#(x[0-9a-f]{1,6}|\d{1,7});/gi, (written, number: string) => {
    const code = /^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number(number);
    // Those that mean something to XML are not changed.
    const letter = code > 0x20 && code < 0x7f ? String.fromCodePoint(code) : '';
    return /[^<>&"']/.test(letter) ? letter : written;
  });
}

function mayRepeat(outcome: Outcome, deadline: number): boolean {
  const transient =
    outcome instanceof ProviderFailure
      ? outcome.problem.code === 'UNREACHABLE'
      : TRANSIENT_STATUS.includes(outcome.status);
  const wait = waitBefore(outcome);
  return transient && wait <= LONGEST_WAIT_MS && Date.now() + wait < deadline;
}

/** How long a read waits before it is repeated, in ms; `Retry-After` may be seconds or a date (RFC 9110, 10.2.3). */
export function waitBefore(outcome: Outcome): number {
  const header = outcome instanceof ProviderFailure ? null : outcome.headers.get('retry-after');
  if (header === null) return 200;
  const seconds = Number(header);
  return Number.isFinite(seconds) ? seconds * 1000 : Math.max(0, Date.parse(header) - Date.now()) || 0;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
