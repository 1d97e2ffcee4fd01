import { ZodError } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { ProviderFailure } from '../transport';

/** An answer of GitLab's that is no success. Holds nothing of the request, so no token either. */
export class ServiceRefusal extends Error {
  override name = 'ServiceRefusal' as const;

  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;

  constructor(status: number, headers: Readonly<Record<string, string>>, body: unknown) {
    super(`GitLab answered ${status}`);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** Reads what a call threw. An answer we do not know is `UNEXPECTED_ANSWER`; what is no answer at all is thrown on. */
export function problemOf(thrown: unknown): ProviderError {
  if (thrown instanceof ProviderFailure) return thrown.problem;
  if (thrown instanceof ZodError) return { code: 'NOT_AN_API_ANSWER' };
  if (thrown instanceof ServiceRefusal) return problemOfRefusal(thrown);
  throw thrown;
}

/** Statuses and texts: GitLab's `lib/api` and its branch services; those it is not known to send today, older versions did. */
function problemOfRefusal({ status, headers, body }: ServiceRefusal): ProviderError {
  const text = textOf(body);
  // GitLab's API always says why. Without a word it was something before it: a proxy, or not GitLab at all.
  if (text === '' && [401, 403, 404, 405].includes(status)) return { code: 'NOT_AN_API_ANSWER' };
  switch (status) {
    case 401:
      return unauthorized(text);
    case 403:
      return forbidden(text);
    case 404:
      return /branch not found|no such branch/i.test(text)
        ? { code: 'BRANCH_MISSING' }
        : { code: 'REPOSITORY_NOT_FOUND' };
    case 405:
      return /protected|HEAD branch/i.test(text) ? { code: 'BRANCH_PROTECTED' } : { code: 'PERMISSION_DENIED' };
    case 408:
      // GitLab's database gave up (its request specs: a cancelled query).
      return { code: 'TIMEOUT' };
    case 429:
      return { code: 'RATE_LIMITED', retryAt: retryAt(headers) };
    case 400:
    case 409:
    case 422:
      return refused(text) ?? { code: 'UNEXPECTED_ANSWER', status };
    default:
      return { code: 'UNEXPECTED_ANSWER', status };
  }
}

function unauthorized(text: string): ProviderError {
  // A group may ask for proof of possession, which a token that is only pasted cannot give.
  if (text.includes('dpop_error')) return { code: 'TOKEN_KIND_REFUSED' };
  return /token is expired/i.test(text) ? { code: 'AUTH_EXPIRED' } : { code: 'AUTH_INVALID' };
}

/** `lib/gitlab/auth/user_access_denied_reason.rb`: each of these is solved by signing in with a browser. */
const SHUT_OUT =
  /account has been blocked|been deactivated|not confirmed|pending approval|Terms of Service|password expired|account is locked/i;

function forbidden(text: string): ProviderError {
  if (text.includes('insufficient_granular_scope')) return { code: 'SCOPE_MISSING', missing: permissionsIn(text) };
  if (text.includes('insufficient_scope')) return { code: 'SCOPE_MISSING', missing: ['api'] };
  return SHUT_OUT.test(text) ? { code: 'ACCOUNT_BLOCKED' } : { code: 'PERMISSION_DENIED' };
}

/** `… lacks the required permissions: [Branch: Create, Code: Read].`, as quoted in public reports. */
function permissionsIn(text: string): string[] {
  const list = /\[([^\]]+)\]/.exec(text)?.[1] ?? '';
  return list
    .split(',')
    .map((permission) => permission.trim())
    .filter((permission) => permission !== '');
}

/** One status stands for many reasons; only the sentence tells them apart. */
const refusals: readonly (readonly [RegExp, ProviderError])[] = [
  [/already exists for this source branch/i, { code: 'PULL_REQUEST_EXISTS' }],
  [/Branch already exists/i, { code: 'BRANCH_EXISTS' }],
  [/source.?branch.*does not exist/i, { code: 'SOURCE_BRANCH_MISSING' }],
  [/target.?branch.*does not exist/i, { code: 'TARGET_BRANCH_MISSING' }],
  [/same project\/branch for source and target/i, { code: 'PULL_REQUEST_WITHOUT_COMMITS' }],
  [/invalid reference name|Ref is missing/i, { code: 'SOURCE_BRANCH_MISSING' }],
  [
    /branch name is invalid|refname is invalid|hexadecimal branch name|does not follow the pattern/i,
    { code: 'BRANCH_NAME_REFUSED' },
  ],
  [/protected branch|default branch of a project|HEAD branch/i, { code: 'BRANCH_PROTECTED' }],
];

function refused(text: string): ProviderError | undefined {
  if (/existing branch hierarchy|cannot lock ref|reference conflict/i.test(text)) {
    // Old versions pass git's own words on, which name the other branch; new ones do not: the adapter looks.
    return { code: 'BRANCH_NAME_CONFLICT', conflict: /'refs\/heads\/([^']+)' exists/.exec(text)?.[1] ?? '' };
  }
  return refusals.find(([pattern]) => pattern.test(text))?.[1];
}

const DAY_MS = 86_400_000;

/** GitLab's headers when it sends them; some limits of GitLab.com come without, and without JSON. A day at most: a header may say anything. */
function retryAt(headers: Readonly<Record<string, string>>): string {
  const after = Number(headers['retry-after']);
  const reset = Number(headers['ratelimit-reset']) * 1000;
  const now = Date.now();
  const at = after > 0 ? now + after * 1000 : reset > now ? reset : now + 60_000;
  return new Date(Math.min(at, now + DAY_MS)).toISOString();
}

/** All that GitLab says in `message` (a text, a list, or lists by field), `error` and `error_description`. */
function textOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { message, error, error_description } = body as Record<string, unknown>;
  return [message, error, error_description].map(said).filter(Boolean).join('\n');
}

function said(part: unknown): string {
  if (typeof part === 'string' || Array.isArray(part)) return listed(part);
  return Object.entries(part ?? {})
    .map(([field, inner]) => `${field} ${listed(inner)}`)
    .join('\n');
}

/** Not deeper than GitLab's own lists: what is inside of them may be anything. */
function listed(part: unknown): string {
  return [part]
    .flat()
    .filter((text) => typeof text === 'string')
    .join('\n');
}

/** The number of the merge request that is in the way: `… for this source branch: !7`. */
export function existingNumber(body: unknown): number | undefined {
  const number = /!(\d+)/.exec(textOf(body))?.[1];
  return number === undefined ? undefined : Number(number);
}
