/**
 * What can go wrong at a git service, as data. Text is made late (`messages.ts`), for the person's language.
 *
 * `PERMISSION_DENIED` and `REPOSITORY_NOT_FOUND` are as precise as services are: many hide what one may not see.
 */
export type ProviderError =
  | { code: 'AUTH_INVALID' }
  | { code: 'AUTH_EXPIRED' }
  | { code: 'SCOPE_MISSING'; missing: readonly string[] }
  | { code: 'SSO_REQUIRED'; organization?: string; url?: string }
  | { code: 'TOKEN_KIND_REFUSED'; organization?: string }
  | { code: 'ACCOUNT_BLOCKED' }
  | { code: 'IP_BLOCKED'; organization?: string }
  | { code: 'PERMISSION_DENIED' }
  | { code: 'REPOSITORY_NOT_FOUND' }
  | { code: 'REPOSITORY_ARCHIVED' }
  | { code: 'REPOSITORY_EMPTY' }
  | { code: 'SOURCE_BRANCH_MISSING' }
  | { code: 'TARGET_BRANCH_MISSING' }
  | { code: 'BRANCH_MISSING' }
  | { code: 'BRANCH_EXISTS' }
  | { code: 'BRANCH_MOVED' }
  | { code: 'BRANCH_NAME_REFUSED' }
  | { code: 'BRANCH_NAME_CONFLICT'; conflict: string }
  | { code: 'BRANCH_PROTECTED' }
  | { code: 'PULL_REQUEST_EXISTS'; url?: string }
  | { code: 'PULL_REQUEST_WITHOUT_COMMITS' }
  /** One of them cannot review there; the pull request is made. */
  | { code: 'REVIEWERS_REFUSED' }
  /** The service asks one person, and more in a plan that costs more; the pull request is made. */
  | { code: 'ONE_REVIEWER_ONLY' }
  /** The service keeps no more open pull requests in one repository. */
  | { code: 'PULL_REQUEST_LIMIT' }
  /** The service takes shorter titles or descriptions. */
  | { code: 'PULL_REQUEST_TEXT_TOO_LONG' }
  /** Access keys that cannot stand for a person, or not here. */
  | { code: 'ACCESS_KEY_TEMPORARY' }
  | { code: 'ACCESS_KEY_ROOT' }
  | { code: 'ACCESS_KEY_SWAPPED' }
  | { code: 'ACCESS_KEY_ELSEWHERE' }
  /** The service knows the id; the secret is of another key. */
  | { code: 'ACCESS_KEY_SECRET_WRONG' }
  | { code: 'CLOCK_SKEW' }
  /** The service cannot use the key the repository is encrypted with. */
  | { code: 'ENCRYPTION_KEY_UNAVAILABLE' }
  | { code: 'RATE_LIMITED'; retryAt?: string }
  | { code: 'SERVICE_TOO_OLD' }
  | { code: 'UNEXPECTED_ANSWER'; status: number }
  | { code: 'NOT_AN_API_ANSWER' }
  | { code: 'NOT_THIS_SERVICE' }
  | { code: 'EGRESS_REFUSED' }
  | { code: 'TIMEOUT' }
  | { code: 'UNREACHABLE' };

export type ProviderErrorCode = ProviderError['code'];

/** Whether an error is a definite "no" to the credential itself. A timeout or a 5xx never is. */
export function rejectsCredential(error: ProviderError): boolean {
  return ['AUTH_INVALID', 'AUTH_EXPIRED', 'ACCESS_KEY_SECRET_WRONG'].includes(error.code);
}
