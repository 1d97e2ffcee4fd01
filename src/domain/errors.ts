import type { AddressProblem } from './address';
import type { BranchNameProblem } from './branch-name';
import type { TemplateProblem } from './branch-template';
import type { TitleProblem } from './request-title';
import type { RuleBreak } from './token-rules';

/**
 * Everything that can go wrong, as data: one row for each code. Pages, the guide of errors, the activity and the rules about
 * credentials read it here. A code's sentences are in `locales/`, found by its name.
 *
 * `PERMISSION_DENIED` and `REPOSITORY_NOT_FOUND` are as precise as services are: many hide what one may not see.
 */
type Facts = {
  /** The people who can mend it, the first to turn to first. */
  mendedBy: readonly Mender[];
  /** The action that a page offers; none by default. */
  action?: NextAction;
  /** The same where a parameter has a certain value, written as in the keys of sentences: `refused-all`. */
  otherAction?: Readonly<Record<string, NextAction>>;
  /** The field of a form that mends it. The repository is not among them: it is the first one anyway. */
  field?: FormField;
  /** `refused` by default. */
  outcome?: Outcome;
  /** It is about the person's own token or rights, so another actor might fare better. */
  personal?: true;
  /** Where the guide's example happens, when not on GitHub. */
  example?: 'ghes' | 'gitlab' | 'azure-devops' | 'tfs' | 'codecommit';
  /** There is no such repository for this account: what is in it is not for it to see. */
  outOfReach?: true;
  /** It is about Jira, Forge or the person, so it is the same at every integration. */
  everywhere?: true;
  /** A definite "no" to the credential itself. A timeout or a 5xx never is. */
  rejectsCredential?: true;
};

/** `texts`: title and description. */
export type FormField = 'source' | 'target' | 'name' | 'texts';

/** `operator`: the people who run the service. `time`: trying again later is all there is. */
export type Mender = 'you' | 'owner' | 'admin' | 'operator' | 'time';

/** The action that a page offers for an error. Without its address `open-url` is *try again*, and `open-existing` nothing. */
export type NextAction =
  'set-up-token' | 'replace-token' | 'try-again' | 'open-url' | 'open-existing' | 'manage-repositories' | 'none';

/** `refused`: somebody said no. `failed`: nobody did, and nothing was done. `unknown`: nobody can say whether it was done. */
export type Outcome = 'refused' | 'failed' | 'unknown';

/** `params` is a type only: what this error knows beyond its code. No row has a value there. */
type Row<Params> = Facts & { params?: Params };

function row<Params = object>(facts: Facts): Row<Params> {
  return facts;
}

/** An answer of a git service, or a fault on the way to it. */
const serviceErrors = {
  /** `organization`: the token may belong to another one. */
  AUTH_INVALID: row<{ organization?: string }>({
    mendedBy: ['you'],
    action: 'replace-token',
    personal: true,
    rejectsCredential: true,
  }),
  /** `expiredAt`: an ISO instant. */
  AUTH_EXPIRED: row<{ expiredAt?: string }>({
    mendedBy: ['you'],
    action: 'replace-token',
    personal: true,
    rejectsCredential: true,
  }),
  SCOPE_MISSING: row<{ missing: readonly string[] }>({ mendedBy: ['you'], action: 'replace-token', personal: true }),
  SSO_REQUIRED: row<{ organization?: string; url?: string }>({ mendedBy: ['you'], action: 'open-url', personal: true }),
  /** `global`: good for all organizations; `full-scope`: for everything its person may do. */
  TOKEN_KIND_REFUSED: row<{
    refused?: 'classic' | 'fine-grained' | 'global' | 'full-scope' | 'all';
    organization?: string;
    url?: string;
  }>({
    mendedBy: ['you'],
    action: 'replace-token',
    personal: true,
    otherAction: { 'refused-all': 'none' },
  }),
  /** A policy allows tokens of so many days at most. */
  TOKEN_LIFETIME_TOO_LONG: row<{ days?: number; organization?: string; url?: string }>({
    mendedBy: ['you'],
    action: 'replace-token',
    personal: true,
  }),
  /** An owner has to approve the token first. */
  TOKEN_WAITS_FOR_APPROVAL: row<{ organization?: string; url?: string }>({
    mendedBy: ['operator'],
    action: 'open-url',
    personal: true,
  }),
  /** The token is good, but for none of the owners of the integration. */
  TOKEN_REACHES_NO_OWNER: row<{ owners?: readonly string[]; url?: string }>({
    mendedBy: ['you', 'operator'],
    action: 'replace-token',
    personal: true,
  }),
  /** The account has never signed in to the organization with a browser. */
  SIGN_IN_FIRST: row<{ url?: string }>({
    example: 'azure-devops',
    mendedBy: ['you'],
    action: 'open-url',
    personal: true,
  }),
  /** It belongs to a machine and to no person. */
  BOT_TOKEN: row({ mendedBy: ['you'] }),
  ACCOUNT_BLOCKED: row({ mendedBy: ['you', 'operator'], personal: true }),
  /** `conditional-access`: a policy of the organization's directory, which looks at more than addresses. */
  IP_BLOCKED: row<{ organization?: string; policy?: 'conditional-access' }>({ mendedBy: ['operator'], personal: true }),
  PERMISSION_DENIED: row({ mendedBy: ['owner'], personal: true, outOfReach: true }),
  REPOSITORY_NOT_FOUND: row({ mendedBy: ['you', 'owner'], personal: true, outOfReach: true }),
  REPOSITORY_ARCHIVED: row({ mendedBy: ['you', 'owner'] }),
  REPOSITORY_MOVED: row<{ newName?: string }>({ mendedBy: ['you'], outOfReach: true }),
  REPOSITORY_LOCKED: row({ mendedBy: ['owner', 'time'] }),
  REPOSITORY_DISABLED: row({ mendedBy: ['owner', 'operator'], outOfReach: true }),
  REPOSITORY_EMPTY: row({ mendedBy: ['you', 'owner'] }),
  SOURCE_BRANCH_MISSING: row({ mendedBy: ['you'], field: 'source' }),
  /** A tag or a commit that a new branch was to start at. */
  SOURCE_MISSING: row({ mendedBy: ['you'], field: 'source' }),
  TARGET_BRANCH_MISSING: row({ mendedBy: ['you'], field: 'target' }),
  BRANCH_MISSING: row({ mendedBy: ['you'] }),
  BRANCH_EXISTS: row({ mendedBy: ['you'], field: 'name' }),
  BRANCH_MOVED: row({ mendedBy: ['you'], action: 'try-again' }),
  BRANCH_NAME_REFUSED: row({ mendedBy: ['you'], field: 'name' }),
  /** A rule of the repository about names; `pattern` as the service writes it. */
  BRANCH_NAME_RULE: row<{ pattern?: string }>({ mendedBy: ['you'], field: 'name' }),
  BRANCH_FOLDERS_ONLY: row<{ folders?: readonly string[] }>({
    example: 'azure-devops',
    mendedBy: ['you', 'owner'],
    field: 'name',
  }),
  BRANCH_NAME_CONFLICT: row<{ conflict: string }>({ mendedBy: ['you'], field: 'name' }),
  BRANCH_PROTECTED: row({ mendedBy: ['you', 'owner'], field: 'name' }),
  /** A rule of the repository about signed commits. */
  SIGNATURE_RULE: row({ mendedBy: ['you', 'owner'] }),
  PULL_REQUEST_EXISTS: row<{ url?: string }>({ mendedBy: ['you'], action: 'open-existing' }),
  PULL_REQUEST_WITHOUT_COMMITS: row({ mendedBy: ['you'], action: 'try-again' }),
  NO_COMMON_HISTORY: row({ mendedBy: ['you'] }),
  /** The repository's plan has no drafts. */
  DRAFTS_UNAVAILABLE: row({ mendedBy: ['you'] }),
  /** The repository's settings have them turned off, for everybody. */
  PULL_REQUESTS_DISABLED: row({ mendedBy: ['owner'] }),
  /** One of them cannot review there; the pull request is made. */
  REVIEWERS_REFUSED: row({ mendedBy: ['you'] }),
  /** The service accepts one reviewer, and more in a plan that costs more. The pull request exists. */
  ONE_REVIEWER_ONLY: row({ example: 'gitlab', mendedBy: ['you'] }),
  /** Its assignee or some of its labels; the pull request is made. */
  EXTRAS_REFUSED: row({ mendedBy: ['you'] }),
  /** The service allows no more open pull requests in one repository. */
  PULL_REQUEST_LIMIT: row({ mendedBy: ['owner'] }),
  /** The service takes shorter titles or descriptions: `limit` in characters. */
  PULL_REQUEST_TEXT_TOO_LONG: row<{ field?: 'title' | 'description'; limit?: number }>({
    example: 'codecommit',
    mendedBy: ['you'],
    field: 'texts',
  }),
  /** Access keys that are no person's, or do not work here. */
  ACCESS_KEY_TEMPORARY: row({ example: 'codecommit', mendedBy: ['you'], action: 'replace-token' }),
  ACCESS_KEY_ROOT: row({ example: 'codecommit', mendedBy: ['you'], action: 'replace-token' }),
  ACCESS_KEY_SWAPPED: row({ example: 'codecommit', mendedBy: ['you'], action: 'replace-token' }),
  ACCESS_KEY_ELSEWHERE: row({ example: 'codecommit', mendedBy: ['you'], action: 'replace-token' }),
  /** The service knows the id; the secret is of another key. */
  ACCESS_KEY_SECRET_WRONG: row({
    example: 'codecommit',
    mendedBy: ['you'],
    action: 'replace-token',
    rejectsCredential: true,
  }),
  /** A policy of the AWS account forbids it; the key is valid. `quarantine`: AWS's own policy, because the key was seen in public. */
  ACCOUNT_POLICY_DENIED: row<{
    policy?: 'mfa' | 'service-control' | 'boundary' | 'identity' | 'resource' | 'quarantine';
  }>({
    example: 'codecommit',
    mendedBy: ['operator'],
    otherAction: { 'policy-quarantine': 'replace-token' },
    personal: true,
  }),
  CLOCK_SKEW: row({ example: 'codecommit', mendedBy: ['time'], action: 'try-again', outcome: 'failed' }),
  /** The service cannot use the key the repository is encrypted with. */
  ENCRYPTION_KEY_UNAVAILABLE: row({ example: 'codecommit', mendedBy: ['operator'] }),
  RATE_LIMITED: row<{ retryAt?: string }>({ mendedBy: ['time'], action: 'try-again', outcome: 'failed' }),
  SERVICE_TOO_OLD: row({ example: 'ghes', mendedBy: ['admin'], outcome: 'failed' }),
  /** Under maintenance, or read-only for a while: the service, or this repository. `retryAt`: an ISO instant. */
  SERVICE_READ_ONLY: row<{ retryAt?: string }>({
    mendedBy: ['time', 'operator'],
    action: 'try-again',
    outcome: 'failed',
  }),
  /** A definite 502, 503 or 504, or the page of an outage. */
  SERVICE_UNAVAILABLE: row<{ status: number; retryAt?: string; reading?: true }>({
    mendedBy: ['time', 'operator'],
    action: 'try-again',
    outcome: 'unknown',
  }),
  /** A definite 4xx that nothing explains: nothing was done. */
  REQUEST_REFUSED: row<{ status: number }>({ mendedBy: ['you', 'owner', 'admin'] }),
  /** `reading`: nothing could have been done by it. */
  UNEXPECTED_ANSWER: row<{ status: number; reading?: true }>({
    mendedBy: ['time', 'admin'],
    action: 'try-again',
    outcome: 'unknown',
  }),
  /** `status`: a page that refused, from something before the service. Nothing was done. */
  NOT_AN_API_ANSWER: row<{ status?: number }>({
    mendedBy: ['time', 'admin'],
    action: 'try-again',
    otherAction: { status: 'none' },
    outcome: 'unknown',
  }),
  NOT_THIS_SERVICE: row({ example: 'ghes', mendedBy: ['admin'], outcome: 'failed' }),
  EGRESS_REFUSED: row({ example: 'ghes', mendedBy: ['admin'], outcome: 'failed' }),
  /** `typed`: the page says that its address has only just been typed. */
  TIMEOUT: row<{ typed?: true }>({ mendedBy: ['time'], action: 'try-again', outcome: 'unknown' }),
  /** `ownServer`: the customer runs it, so it may be closed to the internet or have a certificate that Forge does not accept. */
  UNREACHABLE: row<{ typed?: true; ownServer?: true }>({
    mendedBy: ['time', 'operator'],
    action: 'try-again',
    outcome: 'unknown',
  }),
} as const;

/** Our own refusals and failures, before or after a request to a git service. */
const ownErrors = {
  NOT_LOGGED_IN: row({ everywhere: true, mendedBy: ['you'] }),
  NO_JIRA_PERMISSION: row({ everywhere: true, mendedBy: ['admin'] }),
  NOT_ADMIN: row({ mendedBy: ['admin'] }),
  ISSUE_NOT_FOUND: row({ everywhere: true, mendedBy: ['you'] }),
  /** `field`: the path of a call's payload. */
  INVALID_INPUT: row<{ field: string }>({ mendedBy: ['you'] }),
  INVALID_ADDRESS: row<{ reason: AddressProblem }>({ mendedBy: ['admin'] }),
  /** `reason`: other than that the consent was declined, the person may not give it, there is no room, or Jira is busy. */
  EGRESS_DECLINED: row<{ reason?: 'declined' | 'not-admin' | 'no-room' | 'busy' }>({
    example: 'ghes',
    mendedBy: ['admin'],
    action: 'try-again',
    otherAction: { 'reason-not-admin': 'none', 'reason-no-room': 'none' },
  }),
  INTEGRATION_NOT_FOUND: row({ mendedBy: ['you', 'admin'] }),
  INTEGRATION_NAME_TAKEN: row({ mendedBy: ['admin'] }),
  /** Another admin changed it after the form was opened. */
  INTEGRATION_CHANGED: row<{ who?: string | undefined }>({ mendedBy: ['admin'] }),
  /** The same of rules for the site or an integration. */
  SETTINGS_CHANGED: row<{ who?: string | undefined }>({ mendedBy: ['admin'] }),
  INTEGRATION_WITHOUT_CREDENTIAL: row({ mendedBy: ['admin'], action: 'manage-repositories', outcome: 'failed' }),
  INTEGRATION_CREDENTIAL_REJECTED: row({ mendedBy: ['admin'], action: 'manage-repositories' }),
  INTEGRATION_DISABLED: row({ mendedBy: ['admin'] }),
  NO_REPOSITORIES: row({ mendedBy: ['admin', 'operator'] }),
  NOT_OPEN_TO_PROJECT: row({ mendedBy: ['admin'] }),
  REPOSITORY_NOT_OF_INTEGRATION: row({ mendedBy: ['you', 'admin'] }),
  ACTION_SWITCHED_OFF: row({ everywhere: true, mendedBy: ['admin'] }),
  TOKEN_REQUIRED: row({ mendedBy: ['you'], action: 'set-up-token' }),
  /** The integration account does less for people than their own tokens do. */
  OWN_TOKEN_NEEDED: row({ mendedBy: ['you'], action: 'set-up-token' }),
  TOKENS_UNSUPPORTED: row({ example: 'tfs', mendedBy: ['admin'] }),
  /** A rule of an admin's, for the integration or the site, admits no such token. */
  TOKEN_AGAINST_RULE: row<{ reason: RuleBreak; days?: number; scopeNames?: readonly string[] }>({
    mendedBy: ['you', 'admin'],
    action: 'replace-token',
    otherAction: { 'reason-never-ends': 'none' },
  }),
  /** The service does not renew this token, or not at our request. */
  TOKEN_NOT_RENEWABLE: row({ example: 'gitlab', mendedBy: ['you'], action: 'replace-token' }),
  /** A renewal is never repeated: the service would revoke what the first one made. */
  TOKEN_RENEWAL_UNFINISHED: row({
    example: 'gitlab',
    mendedBy: ['you'],
    action: 'replace-token',
    outcome: 'failed',
  }),
  TOKEN_REPLACED: row({ mendedBy: ['you'], action: 'try-again' }),
  BRANCH_NAME_INVALID: row<{ reason: BranchNameProblem }>({ mendedBy: ['you'], field: 'name' }),
  BRANCH_TEMPLATE_INVALID: row<{ reason: TemplateProblem | TitleProblem }>({ mendedBy: ['admin'] }),
  BRANCH_NOT_OF_ISSUE: row({ mendedBy: ['you'] }),
  /** Missing, hidden, or none of an integration that is open to the project: which of them, nobody learns by trying. */
  WORK_NOT_FOUND: row({ mendedBy: ['you', 'owner'] }),
  SAME_BRANCH: row({ mendedBy: ['you'], field: 'target' }),
  JIRA_UNAVAILABLE: row({ everywhere: true, mendedBy: ['time'], action: 'try-again', outcome: 'failed' }),
  /** Jira has the app wait until `retryAt`. `quota`: all customers of the app together have used up its hour. */
  JIRA_LIMITED: row<{ retryAt: string; reason?: 'quota' }>({
    everywhere: true,
    mendedBy: ['time'],
    action: 'try-again',
    outcome: 'failed',
  }),
  /** Forge has the page wait. */
  PLATFORM_LIMITED: row<{ retryAt: string }>({
    everywhere: true,
    mendedBy: ['time'],
    action: 'try-again',
    outcome: 'failed',
  }),
  /** One person calls more often in a minute than leaves room for the others. */
  PERSON_LIMITED: row<{ retryAt: string }>({ everywhere: true, mendedBy: ['time'], action: 'try-again' }),
  STORAGE_UNAVAILABLE: row({ everywhere: true, mendedBy: ['time'], action: 'try-again', outcome: 'failed' }),
  /** The site exceeds Forge's limit of a minute, or of a second. */
  STORAGE_BUSY: row({ everywhere: true, mendedBy: ['time'], action: 'try-again', outcome: 'failed' }),
  INTERNAL: row({ everywhere: true, mendedBy: ['time', 'admin'], action: 'try-again', outcome: 'unknown' }),
} as const;

type Rows = typeof serviceErrors & typeof ownErrors;

export type ProviderErrorCode = keyof typeof serviceErrors;
export type OwnErrorCode = keyof typeof ownErrors;
export type ErrorCode = keyof Rows;

/** The parameters of an error of this code: lists and figures, which the page writes out. */
export type ErrorParams<Code extends ErrorCode> = NonNullable<Rows[Code]['params']>;

/** An error of a git service. Text is made late, by the page, for the person's language. */
export type ProviderError = {
  [Code in ProviderErrorCode]: {
    code: Code;
    /** The service's own line about it (`providers/said.ts`): shown as its words, never understood. */
    said?: string;
  } & ErrorParams<Code>;
}[ProviderErrorCode];

/** The row of each code. */
export const errors: Readonly<Record<ErrorCode, Facts>> = { ...serviceErrors, ...ownErrors };

/** Whether a text is the code of an error: an old activity record may have another. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errors, text);
}

/** Whether nobody can say if it was done. */
export function isOpenOutcome({ code, ...details }: { code: ErrorCode }): boolean {
  if (errors[code].outcome !== 'unknown' || 'reading' in details) return false;
  return code !== 'NOT_AN_API_ANSWER' || !('status' in details);
}

/** Whether an error is a definite "no" to the credential itself. */
export function rejectsCredential({ code }: ProviderError): boolean {
  return errors[code].rejectsCredential ?? false;
}

/** Whether an error says that a repository, or all that is in it, does not exist for the account of the request. */
export function isOutOfReach({ code }: ProviderError): boolean {
  return errors[code].outOfReach ?? false;
}

/** Whether an error is about the person's own token or rights, so that another actor might fare better. */
export function isPersonal(error: ProviderError): boolean {
  // A 403 is about rights, also where its reason is unknown.
  return errors[error.code].personal ?? (error.code === 'REQUEST_REFUSED' && error.status === 403);
}
