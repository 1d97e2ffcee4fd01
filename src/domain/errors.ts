/**
 * What can go wrong at a git service, as data. Text is made late (`messages.ts`), for the person's language.
 *
 * `PERMISSION_DENIED` and `REPOSITORY_NOT_FOUND` are as precise as services are: many hide what one may not see.
 */
export type ProviderError = {
  /** The service's own line about it (`providers/said.ts`): shown as its words, never understood. */
  said?: string;
} &
  /** `organization`: the token may belong to another one. */
  (
    | { code: 'AUTH_INVALID'; organization?: string }
    | { code: 'AUTH_EXPIRED' }
    | { code: 'SCOPE_MISSING'; missing: readonly string[] }
    | { code: 'SSO_REQUIRED'; organization?: string; url?: string }
    | { code: 'TOKEN_KIND_REFUSED'; refused?: 'classic' | 'fine-grained' | 'all'; organization?: string; url?: string }
    /** A policy allows tokens of so many days at most. */
    | { code: 'TOKEN_LIFETIME_TOO_LONG'; days?: number; organization?: string; url?: string }
    /** An owner has to approve the token first. */
    | { code: 'TOKEN_WAITS_FOR_APPROVAL'; organization?: string; url?: string }
    /** The token is good, but for none of the owners of the integration. */
    | { code: 'TOKEN_REACHES_NO_OWNER'; owners?: readonly string[]; url?: string }
    /** The account has never signed in to the organization with a browser. */
    | { code: 'SIGN_IN_FIRST'; url?: string }
    /** It belongs to a machine, so it stands for no person. */
    | { code: 'BOT_TOKEN' }
    | { code: 'ACCOUNT_BLOCKED' }
    | { code: 'IP_BLOCKED'; organization?: string }
    | { code: 'PERMISSION_DENIED' }
    | { code: 'REPOSITORY_NOT_FOUND' }
    | { code: 'REPOSITORY_ARCHIVED' }
    | { code: 'REPOSITORY_MOVED'; newName?: string }
    | { code: 'REPOSITORY_LOCKED' }
    | { code: 'REPOSITORY_DISABLED' }
    | { code: 'REPOSITORY_EMPTY' }
    | { code: 'SOURCE_BRANCH_MISSING' }
    | { code: 'TARGET_BRANCH_MISSING' }
    | { code: 'BRANCH_MISSING' }
    | { code: 'BRANCH_EXISTS' }
    | { code: 'BRANCH_MOVED' }
    | { code: 'BRANCH_NAME_REFUSED' }
    /** A rule of the repository about names; `pattern` as the service writes it. */
    | { code: 'BRANCH_NAME_RULE'; pattern?: string }
    | { code: 'BRANCH_FOLDERS_ONLY'; folders?: readonly string[] }
    | { code: 'BRANCH_NAME_CONFLICT'; conflict: string }
    | { code: 'BRANCH_PROTECTED' }
    /** A rule of the repository about signed commits. */
    | { code: 'SIGNATURE_RULE' }
    | { code: 'PULL_REQUEST_EXISTS'; url?: string }
    | { code: 'PULL_REQUEST_WITHOUT_COMMITS' }
    | { code: 'NO_COMMON_HISTORY' }
    /** The repository's plan has no drafts. */
    | { code: 'DRAFTS_UNAVAILABLE' }
    /** One of them cannot review there; the pull request is made. */
    | { code: 'REVIEWERS_REFUSED' }
    /** The service asks one person, and more in a plan that costs more; the pull request is made. */
    | { code: 'ONE_REVIEWER_ONLY' }
    /** The service keeps no more open pull requests in one repository. */
    | { code: 'PULL_REQUEST_LIMIT' }
    /** The service takes shorter titles or descriptions: `limit` in characters. */
    | { code: 'PULL_REQUEST_TEXT_TOO_LONG'; field?: 'title' | 'description'; limit?: number }
    /** Access keys that cannot stand for a person, or not here. */
    | { code: 'ACCESS_KEY_TEMPORARY' }
    | { code: 'ACCESS_KEY_ROOT' }
    | { code: 'ACCESS_KEY_SWAPPED' }
    | { code: 'ACCESS_KEY_ELSEWHERE' }
    /** The service knows the id; the secret is of another key. */
    | { code: 'ACCESS_KEY_SECRET_WRONG' }
    /** A policy of the AWS account stands in the way, not the key. */
    | {
        code: 'ACCOUNT_POLICY_DENIED';
        policy?: 'mfa' | 'service-control' | 'boundary' | 'identity' | 'resource';
      }
    | { code: 'CLOCK_SKEW' }
    /** The service cannot use the key the repository is encrypted with. */
    | { code: 'ENCRYPTION_KEY_UNAVAILABLE' }
    | { code: 'RATE_LIMITED'; retryAt?: string }
    | { code: 'SERVICE_TOO_OLD' }
    /** Under maintenance, or read-only for a while: the service, or this repository. `retryAt`: an ISO instant. */
    | { code: 'SERVICE_READ_ONLY'; retryAt?: string }
    /** A definite 502, 503 or 504, or the page of an outage. */
    | { code: 'SERVICE_UNAVAILABLE'; status: number; retryAt?: string; reading?: true }
    /** A definite 4xx that nothing explains: nothing was done. */
    | { code: 'REQUEST_REFUSED'; status: number }
    /** `reading`: nothing could have been done by it. */
    | { code: 'UNEXPECTED_ANSWER'; status: number; reading?: true }
    | { code: 'NOT_AN_API_ANSWER' }
    | { code: 'NOT_THIS_SERVICE' }
    | { code: 'EGRESS_REFUSED' }
    | { code: 'TIMEOUT' }
    | { code: 'UNREACHABLE' }
  );

export type ProviderErrorCode = ProviderError['code'];

/** Whether an error is a definite "no" to the credential itself. A timeout or a 5xx never is. */
export function rejectsCredential(error: ProviderError): boolean {
  return ['AUTH_INVALID', 'AUTH_EXPIRED', 'ACCESS_KEY_SECRET_WRONG'].includes(error.code);
}
