import type en from '../locales/en-US.json';
import type { ErrorCode, PageError } from './contract/errors';
import type { ProviderKind } from './domain/editions';

/** A sentence of `locales/`. */
export type MessageKey = keyof typeof en;

/** What a person can do about an error, as a page offers it. */
export type NextAction = 'set-up-token' | 'replace-token' | 'try-again' | 'open-url' | 'manage-repositories' | 'none';

/**
 * Whose credential failed, where that changes the sentence: the person's stored one, one just pasted (to a server of Azure
 * DevOps or TFS: `server-token`), a name and a password just typed, or the integration's.
 */
export type Situation = 'own-token' | 'new-token' | 'server-token' | 'password' | 'integration-account';

/** Words that differ between kinds of service, as placeholders of other sentences (`{request}`, `{token}`, …). */
export type ProviderWord =
  | 'request'
  | 'Request'
  | 'requests'
  | 'token'
  | 'tokenShort'
  | 'aToken'
  /** In user settings, after *Set up your*. */
  | 'pat'
  /** Of the message that it is missing. */
  | 'heading'
  /** Stands before a request's number. */
  | 'mark'
  | 'scopes';

export type ErrorMessage = { title: MessageKey; why: MessageKey; next: MessageKey; action: NextAction };

const actions: Readonly<Record<ErrorCode, NextAction>> = {
  AUTH_INVALID: 'replace-token',
  AUTH_EXPIRED: 'replace-token',
  SCOPE_MISSING: 'replace-token',
  SSO_REQUIRED: 'open-url',
  TOKEN_KIND_REFUSED: 'replace-token',
  TOKEN_LIFETIME_TOO_LONG: 'replace-token',
  TOKEN_WAITS_FOR_APPROVAL: 'open-url',
  TOKEN_REACHES_NO_OWNER: 'open-url',
  SIGN_IN_FIRST: 'open-url',
  ACCOUNT_BLOCKED: 'none',
  IP_BLOCKED: 'none',
  PERMISSION_DENIED: 'none',
  REPOSITORY_NOT_FOUND: 'none',
  REPOSITORY_ARCHIVED: 'none',
  REPOSITORY_MOVED: 'none',
  REPOSITORY_LOCKED: 'none',
  REPOSITORY_DISABLED: 'none',
  REPOSITORY_EMPTY: 'none',
  SOURCE_BRANCH_MISSING: 'none',
  TARGET_BRANCH_MISSING: 'none',
  BRANCH_MISSING: 'none',
  BRANCH_EXISTS: 'none',
  BRANCH_MOVED: 'try-again',
  BRANCH_NAME_REFUSED: 'none',
  BRANCH_NAME_RULE: 'none',
  BRANCH_FOLDERS_ONLY: 'none',
  BRANCH_NAME_CONFLICT: 'none',
  BRANCH_PROTECTED: 'none',
  SIGNATURE_RULE: 'none',
  PULL_REQUEST_EXISTS: 'open-url',
  PULL_REQUEST_WITHOUT_COMMITS: 'try-again',
  NO_COMMON_HISTORY: 'none',
  DRAFTS_UNAVAILABLE: 'none',
  REVIEWERS_REFUSED: 'none',
  ONE_REVIEWER_ONLY: 'none',
  PULL_REQUEST_LIMIT: 'none',
  PULL_REQUEST_TEXT_TOO_LONG: 'none',
  ACCESS_KEY_TEMPORARY: 'replace-token',
  ACCESS_KEY_ROOT: 'replace-token',
  ACCESS_KEY_SWAPPED: 'replace-token',
  ACCESS_KEY_ELSEWHERE: 'replace-token',
  ACCESS_KEY_SECRET_WRONG: 'replace-token',
  ACCOUNT_POLICY_DENIED: 'none',
  CLOCK_SKEW: 'try-again',
  ENCRYPTION_KEY_UNAVAILABLE: 'none',
  RATE_LIMITED: 'try-again',
  SERVICE_TOO_OLD: 'none',
  SERVICE_READ_ONLY: 'try-again',
  SERVICE_UNAVAILABLE: 'try-again',
  REQUEST_REFUSED: 'none',
  UNEXPECTED_ANSWER: 'try-again',
  NOT_AN_API_ANSWER: 'try-again',
  NOT_THIS_SERVICE: 'none',
  EGRESS_REFUSED: 'none',
  TIMEOUT: 'try-again',
  UNREACHABLE: 'try-again',
  NOT_LOGGED_IN: 'none',
  NO_JIRA_PERMISSION: 'none',
  NOT_ADMIN: 'none',
  ISSUE_NOT_FOUND: 'none',
  INVALID_INPUT: 'none',
  INVALID_ADDRESS: 'none',
  BOT_TOKEN: 'none',
  EGRESS_DECLINED: 'try-again',
  INTEGRATION_NOT_FOUND: 'none',
  INTEGRATION_NAME_TAKEN: 'none',
  INTEGRATION_CHANGED: 'none',
  INTEGRATION_WITHOUT_CREDENTIAL: 'manage-repositories',
  INTEGRATION_CREDENTIAL_REJECTED: 'manage-repositories',
  INTEGRATION_DISABLED: 'none',
  NO_REPOSITORIES: 'none',
  NOT_OPEN_TO_PROJECT: 'none',
  REPOSITORY_NOT_OF_INTEGRATION: 'none',
  ACTION_SWITCHED_OFF: 'none',
  TOKEN_REQUIRED: 'set-up-token',
  TOKENS_UNSUPPORTED: 'none',
  TOKEN_REPLACED: 'try-again',
  BRANCH_NAME_INVALID: 'none',
  BRANCH_TEMPLATE_INVALID: 'none',
  BRANCH_NOT_OF_ISSUE: 'none',
  SAME_BRANCH: 'none',
  JIRA_UNAVAILABLE: 'try-again',
  STORAGE_UNAVAILABLE: 'try-again',
  STORAGE_BUSY: 'try-again',
  INTERNAL: 'try-again',
};

/** Whether a text is the code of an error that has sentences: what was noted long ago may have another. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(actions, text);
}

const ofNewToken = [
  'AUTH_INVALID',
  'AUTH_EXPIRED',
  'SCOPE_MISSING',
  'TOKEN_LIFETIME_TOO_LONG',
  'TOKEN_WAITS_FOR_APPROVAL',
  'TIMEOUT',
  'UNREACHABLE',
] as const;
const ofIntegrationAccount = [
  'SCOPE_MISSING',
  'SSO_REQUIRED',
  'TOKEN_KIND_REFUSED',
  'TOKEN_LIFETIME_TOO_LONG',
  'TOKEN_WAITS_FOR_APPROVAL',
  'ACCOUNT_BLOCKED',
  'PERMISSION_DENIED',
] as const;

function isOneOf<Code extends ErrorCode>(codes: readonly Code[], code: ErrorCode): code is Code {
  return (codes as readonly ErrorCode[]).includes(code);
}

/**
 * Sentences that need a detail not every error of the code brings: used where it is there. The end of the key is the name of a
 * parameter, or its name and the value it has to have.
 */
const detailed = [
  'error.AUTH_INVALID.why.organization',
  'error.AUTH_INVALID.new-token.next.organization',
  'error.TOKEN_KIND_REFUSED.title.refused-classic',
  'error.TOKEN_KIND_REFUSED.title.refused-fine-grained',
  'error.TOKEN_KIND_REFUSED.title.refused-all',
  'error.TOKEN_KIND_REFUSED.why.refused-classic',
  'error.TOKEN_KIND_REFUSED.why.refused-fine-grained',
  'error.TOKEN_KIND_REFUSED.why.refused-all',
  'error.TOKEN_KIND_REFUSED.next.refused-classic',
  'error.TOKEN_KIND_REFUSED.next.refused-fine-grained',
  'error.TOKEN_KIND_REFUSED.next.refused-all',
  'error.TOKEN_KIND_REFUSED.integration-account.why.refused-classic',
  'error.TOKEN_KIND_REFUSED.integration-account.why.refused-fine-grained',
  'error.TOKEN_KIND_REFUSED.integration-account.why.refused-all',
  'error.TOKEN_LIFETIME_TOO_LONG.why.days',
  'error.TOKEN_LIFETIME_TOO_LONG.new-token.why.days',
  'error.TOKEN_LIFETIME_TOO_LONG.integration-account.why.days',
  'error.TOKEN_REACHES_NO_OWNER.why.owners',
  'error.REPOSITORY_MOVED.title.newName',
  'error.REPOSITORY_MOVED.next.newName',
  'error.BRANCH_NAME_RULE.why.pattern',
  'error.BRANCH_NAME_RULE.next.pattern',
  'error.BRANCH_FOLDERS_ONLY.why.folders',
  'error.BRANCH_FOLDERS_ONLY.next.folders',
  'error.PULL_REQUEST_TEXT_TOO_LONG.title.field-title',
  'error.PULL_REQUEST_TEXT_TOO_LONG.title.field-description',
  'error.PULL_REQUEST_TEXT_TOO_LONG.why.field-description',
  'error.PULL_REQUEST_TEXT_TOO_LONG.why.limit',
  'error.ACCOUNT_POLICY_DENIED.why.policy-mfa',
  'error.ACCOUNT_POLICY_DENIED.why.policy-service-control',
  'error.ACCOUNT_POLICY_DENIED.why.policy-boundary',
  'error.ACCOUNT_POLICY_DENIED.why.policy-identity',
  'error.ACCOUNT_POLICY_DENIED.why.policy-resource',
  'error.UNREACHABLE.new-token.title.typed',
  'error.UNREACHABLE.new-token.why.typed',
  'error.UNREACHABLE.new-token.next.typed',
  'error.TIMEOUT.new-token.title.typed',
  'error.TIMEOUT.new-token.why.typed',
  'error.TIMEOUT.new-token.next.typed',
  'error.UNEXPECTED_ANSWER.why.reading',
  'error.UNEXPECTED_ANSWER.next.reading',
  'error.SERVICE_READ_ONLY.next.retryAt',
  'error.SERVICE_UNAVAILABLE.next.reading',
] as const satisfies readonly MessageKey[];

function withDetails(key: MessageKey, params: PageError['params']): MessageKey {
  const found = detailed.find((longer) => {
    if (!longer.startsWith(`${key}.`)) return false;
    const [, name = '', value] = /^(\w+)(?:-(.+))?$/.exec(longer.slice(key.length + 1)) ?? [];
    return Object.hasOwn(params, name) && (value === undefined || params[name] === value);
  });
  return found ?? key;
}

/**
 * The sentences of an error and what to offer. Every code has its own; a code without one is a type error here.
 *
 * An action that needs an address the error does not bring (`url`) becomes *try again*.
 */
export function messageFor(error: PageError, situation: Situation = 'own-token'): ErrorMessage {
  const { title, why, next, action } = basicMessage(error, situation);
  const { params } = error;
  return {
    title: withDetails(title, params),
    why: withDetails(why, params),
    next: withDetails(next, params),
    action: error.code === 'TOKEN_KIND_REFUSED' && params['refused'] === 'all' ? 'none' : action,
  };
}

function basicMessage(error: PageError, situation: Situation): ErrorMessage {
  const { code } = error;
  if ((situation === 'server-token' || situation === 'password') && code === 'AUTH_INVALID') {
    return { ...keys(`${code}.${situation}`), action: 'none' };
  }
  const isNew = situation === 'new-token' || situation === 'server-token' || situation === 'password';
  if (isNew && isOneOf(ofNewToken, code)) {
    return { ...keys(`${code}.new-token`), action: actions[code] === 'try-again' ? 'try-again' : 'none' };
  }
  if (situation === 'integration-account' && isOneOf(ofIntegrationAccount, code)) {
    return { ...keys(`${code}.integration-account`), action: 'none' };
  }
  const action = actions[code];
  return { ...keys(code), action: action === 'open-url' && error.url === undefined ? 'try-again' : action };
}

type Subject =
  | ErrorCode
  | `${(typeof ofNewToken)[number]}.new-token`
  | `AUTH_INVALID.${'server-token' | 'password'}`
  | `${(typeof ofIntegrationAccount)[number]}.integration-account`;

function keys<S extends Subject>(subject: S) {
  return { title: `error.${subject}.title`, why: `error.${subject}.why`, next: `error.${subject}.next` } as const;
}

/** Where a kind of service speaks differently from the rest. */
const ownWords: Readonly<Record<ProviderKind, Readonly<Partial<Record<ProviderWord, MessageKey>>>>> = {
  github: { scopes: 'word.github.scopes' },
  gitlab: {
    request: 'word.gitlab.request',
    Request: 'word.gitlab.Request',
    requests: 'word.gitlab.requests',
    mark: 'word.gitlab.mark',
    scopes: 'word.gitlab.scopes',
  },
  'azure-devops': { mark: 'word.azure-devops.mark', scopes: 'word.azure-devops.scopes' },
  codecommit: {
    token: 'word.codecommit.token',
    tokenShort: 'word.codecommit.tokenShort',
    aToken: 'word.codecommit.aToken',
    pat: 'word.codecommit.pat',
    heading: 'word.codecommit.heading',
    scopes: 'word.codecommit.scopes',
  },
};

/** The key of a word in the language of one kind of service. */
export function providerWord(provider: ProviderKind, word: ProviderWord): MessageKey {
  return ownWords[provider][word] ?? `word.${word}`;
}
