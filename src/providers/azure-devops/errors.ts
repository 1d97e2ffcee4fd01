import { z, ZodError } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { ProviderFailure } from '../transport';

/** What the service answered instead of doing it: status, a few headers and what the body says. Holds nothing of the request. */
export class Refusal extends Error {
  override name = 'Refusal' as const;
  readonly status: number;
  readonly text: string;
  readonly retryAt: string | undefined;

  constructor(status: number, headers: Headers, body: unknown) {
    super(`The service answered ${status}`);
    this.status = status;
    const { message, typeKey } = errorBody.parse(body);
    this.text = `${typeKey} ${message}`;
    this.retryAt = retryAtOf(headers);
  }
}

const errorBody = z
  .object({ message: z.string().catch(''), typeKey: z.string().catch('') })
  .catch({ message: '', typeKey: '' });

/** What a person must tick on the token page. */
export const WRITE_SCOPE = 'Code (Read & write)';

/** Reads what a call threw. What is no answer of a service at all is thrown on. */
export function problemOf(thrown: unknown): ProviderError {
  if (thrown instanceof ProviderFailure) return withoutAnswer(thrown);
  if (thrown instanceof ZodError) return { code: 'NOT_AN_API_ANSWER' };
  if (thrown instanceof Refusal) return problemOfRefusal(thrown);
  throw thrown;
}

/**
 * A refused token is answered with a sign-in page, as 203 or by a redirect to one, where the header that suppresses it is
 * not understood (public reports: azure-sdk-for-cpp 5786 and 6019, vsts-rest-api-specs 97 and 574). Another status with HTML
 * says nothing about the token: a proxy or an outage page. Nor does a redirect to anywhere else.
 */
function withoutAnswer({ problem, status = 0, location }: ProviderFailure): ProviderError {
  const isSignIn = status === 203 || /\/_signin\b|^https:\/\/login\.microsoftonline\.com\//i.test(location);
  return isSignIn ? { code: 'AUTH_INVALID' } : problem;
}

/** Texts by their numbers and type keys, which do not change with the server's language (docs and public reports). */
function problemOfRefusal({ status, text, retryAt }: Refusal): ProviderError {
  if (status === 429 || text.includes('TF400733')) {
    return { code: 'RATE_LIMITED', ...(retryAt === undefined ? {} : { retryAt }) };
  }
  if (status === 401) return unauthorized(text);
  if (status === 403) return forbidden(text);
  if (/VersionOutOfRange|InvalidPreviewVersion|VersionNotSpecified/.test(text)) return { code: 'SERVICE_TOO_OLD' };
  if (/RepositoryDisabled|is disabled/.test(text)) return { code: 'REPOSITORY_ARCHIVED' };
  if (text.includes('TF401179')) return { code: 'PULL_REQUEST_EXISTS' };
  // Which of the two is missing, the caller finds out.
  if (text.includes('TF401398')) return { code: 'SOURCE_BRANCH_MISSING' };
  if (text.includes('TF401027')) return { code: 'PERMISSION_DENIED' };
  if (status === 404) return { code: 'REPOSITORY_NOT_FOUND' };
  return { code: 'UNEXPECTED_ANSWER', status };
}

/** A service that names the person knows the token; what is missing then is a right of the token. */
function unauthorized(text: string): ProviderError {
  if (/token used has expired/i.test(text)) return { code: 'AUTH_EXPIRED' };
  if (isIpRule(text)) return { code: 'IP_BLOCKED' };
  const user = /(?:TF400813|VS30063)[^']*'([^']*)'/.exec(text)?.[1] ?? '';
  const anonymous = user === '' || /^a{8}-/.test(user) || /anonymous/i.test(user);
  return anonymous ? { code: 'AUTH_INVALID' } : { code: 'SCOPE_MISSING', missing: [WRITE_SCOPE] };
}

function forbidden(text: string): ProviderError {
  if (isIpRule(text)) return { code: 'IP_BLOCKED' };
  if (/RepositoryDisabled|is disabled/.test(text)) return { code: 'REPOSITORY_ARCHIVED' };
  if (/TF400813|VS30063/.test(text)) return { code: 'SCOPE_MISSING', missing: [WRITE_SCOPE] };
  return { code: 'PERMISSION_DENIED' };
}

/** Conditional access of the organization's directory (assumption: VS403463 is the number seen for it). */
function isIpRule(text: string): boolean {
  return /VS403463|conditional access|IP address/i.test(text);
}

/** ms since 1970; a `Date` holds nothing later (ECMA-262, 21.4.1.1). */
const LAST_INSTANT = 8.64e15;

/** `Retry-After` in seconds or as a date; else `X-RateLimit-Reset`, seconds since 1970 (docs "Rate and usage limits"). */
function retryAtOf(headers: Headers): string | undefined {
  const after = headers.get('retry-after');
  const reset = Number(headers.get('x-ratelimit-reset'));
  const at =
    after === null
      ? reset * 1000
      : Number.isFinite(Number(after))
        ? Date.now() + Number(after) * 1000
        : Date.parse(after);
  return at > 0 && at <= LAST_INSTANT ? new Date(at).toISOString() : undefined;
}
