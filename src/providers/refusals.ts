import type { ProviderError } from '../domain/errors';
import { ownAddress } from '../domain/own-address';
import { pageIn } from './page';
import { saidLine } from './said';
import { withoutTokens } from './scrub';

/** The parts of a service's refusal that a table of refusals looks at. */
export type Refused = {
  status: number;
  /** The error's own name, where the service has one (`AccessDeniedException`). */
  type?: string;
  /** A name of the error that a row may look for, and that is nothing to read. */
  key?: string;
  /** The request, where that changes the meaning: one about the owner of the token, or one about owners, without the name of a repository. */
  at?: 'account' | 'owners';
  /** Whatever the service says in words. */
  text: string;
  headers: Headers;
  /** Nothing was to be changed. */
  reading: boolean;
  /** The address people open: a link is passed on only when it is of the same origin. */
  webUrl?: string;
  /** The organization of the request, where the service has such. */
  organization?: string;
};

/** The parts of an answer that a row may use. */
export type Found = Refused & {
  /** The service's own line, where it says one. */
  said: { said?: string };
  /** The first link of the text that leads to the service itself. */
  link: { url?: string };
};

/** One refusal: a row fits where every condition it names does. Data: an adapter has no other place in which it guesses. */
export type Refusal = {
  /** Any status where none is named. */
  status?: number | readonly number[];
  type?: string | readonly string[];
  at?: Refused['at'];
  /** A header of the answer that has to be there; `example` is tested with the row. */
  header?: { name: string; is: RegExp; example: string };
  /** Linear in the length of the text. */
  says?: RegExp;
  /** The service itself answers so with a page, and without a header of its own. */
  page?: true;
  means: ProviderError | ((match: RegExpExecArray, found: Found) => ProviderError);
  /** A text the service really sends, with which the row is tested. */
  text: string;
  /** Where that text was seen: a repository and its issue, a file of the service's own, a page of its docs; or that it is an assumption. */
  source: string;
};

/** No refusal is explained later in a text than here, and no expression has to look further. */
const LOOKED_AT = 2_000;

/** The meaning of a refusal: that of the first row that fits, or what its status alone says. */
export function meaningOf(rows: readonly Refusal[], refused: Refused): ProviderError {
  const { status, headers, text } = refused;
  const page = pageIn(headers);
  // Proxies and firewalls before the service answer with pages. (Of a 407 `fetch` makes a broken connection.)
  const isForeign = page !== undefined && !page.own && isDefinite(status);
  const table = isForeign ? rows.filter((row) => row.page) : rows;
  const fitting = explained(table, refused);
  if (fitting !== undefined) return fitting;
  const line = text === '' && page !== undefined ? page.line : text;
  return isForeign ? { code: 'NOT_AN_API_ANSWER', status, ...saidIn(line) } : unexplained({ ...refused, text: line });
}

/** A refusal for good: a limit has a status of its own, in every count. A 511 is of networks where people have to sign in (RFC 6585). */
function isDefinite(status: number): boolean {
  return (status >= 400 && status < 500 && ![408, 429].includes(status)) || status === 511;
}

/** As far as anybody looks at a text, and without what looks like somebody's token: a service can repeat other people's as well. */
function lookedAt(text: string): string {
  return withoutTokens(text.slice(0, LOOKED_AT));
}

/** The meaning of the first row that fits; nothing without one. */
export function explained(rows: readonly Refusal[], refused: Refused): ProviderError | undefined {
  const text = lookedAt(refused.text);
  const looked = refused.key === undefined ? text : lookedAt(`${refused.key} ${refused.text}`);
  for (const row of rows) {
    if (!holds(row.status, refused.status) || !holds(row.type, refused.type) || !holds(row.at, refused.at)) continue;
    if (row.header !== undefined && !hasHeader(row.header, refused.headers)) continue;
    const match = (row.says ?? /^/).exec(looked);
    if (match === null) continue;
    if (typeof row.means !== 'function') return row.means;
    return row.means(match, { ...refused, text, said: saidIn(text), link: linkIn(text, refused.webUrl) });
  }
  return undefined;
}

/** Of a gateway: the request did not reach the service, or had no answer. Those of three figures above 520 are Cloudflare's (docs "5xx errors"). */
function isOutage(status: number): boolean {
  return [502, 503, 504].includes(status) || (status >= 520 && status <= 530);
}

/** A 4xx is a definite no, though we do not know why. */
function unexplained({ status, text, headers, reading }: Refused): ProviderError {
  if (status === 429) return { code: 'RATE_LIMITED', ...retryAtOf(headers) };
  if (isOutage(status))
    return { code: 'SERVICE_UNAVAILABLE', status, ...only(reading), ...retryAtOf(headers), ...saidIn(text) };
  if (status >= 400 && status < 500) return { code: 'REQUEST_REFUSED', status, ...saidIn(text) };
  return { code: 'UNEXPECTED_ANSWER', status, ...only(reading), ...saidIn(text) };
}

function only(reading: boolean): { reading?: true } {
  return reading ? { reading } : {};
}

function holds<Value>(wanted: Value | readonly Value[] | undefined, given: Value | undefined): boolean {
  return wanted === undefined || [wanted].flat().includes(given as Value);
}

function hasHeader({ name, is }: Required<Refusal>['header'], headers: Headers): boolean {
  const value = headers.get(name);
  return value !== null && is.test(value.slice(0, LOOKED_AT));
}

function saidIn(text: string): { said?: string } {
  const said = saidLine(text.slice(0, LOOKED_AT));
  return said === undefined ? {} : { said };
}

function linkIn(text: string, webUrl: string | undefined): { url?: string } {
  if (webUrl === undefined) return {};
  const links = text.match(/https:\/\/[^\s"'<>]{1,500}/g) ?? [];
  const url = links.find((link) => ownAddress(link, webUrl) !== undefined);
  return url === undefined ? {} : { url: url.replace(/(?<![.,;:)])[.,;:)]+$/, '') };
}

/** A pattern as it was meant: without the quotes or the full stop that a sentence puts around it. */
export function unquoted(pattern: string): string {
  const text = pattern.trim();
  const [, quote, inside] = /^(['"`])([^\n]{1,500})\1\.?$/.exec(text) ?? [];
  return quote !== undefined && inside !== undefined && !inside.includes(quote) ? inside : text;
}

const DAY_MS = 86_400_000;

/**
 * When to come back: `Retry-After` in seconds or as a date, else the instant a limit is counted anew (`RateLimit-Reset` of GitLab,
 * `X-RateLimit-Reset` of others: seconds since 1970). A day at most, for a header may say anything.
 */
export function retryAtOf(headers: Headers): { retryAt?: string } {
  const now = Date.now();
  const after = headers.get('retry-after');
  const reset = Number(headers.get('ratelimit-reset') ?? headers.get('x-ratelimit-reset')) * 1000;
  const told = after === null ? NaN : Number.isFinite(Number(after)) ? now + Number(after) * 1000 : Date.parse(after);
  const at = told > now ? told : reset;
  return at > now ? { retryAt: new Date(Math.min(at, now + DAY_MS)).toISOString() } : {};
}
