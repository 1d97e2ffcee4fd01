/**
 * Writes docs/guides/errors.md from `locales/en-US.json`: every error a page can show, and who can do something about it. With
 * `--write` the guide is written; without, it has to be the one that would be.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../src/contract/errors.ts';

type Who = 'you' | 'the owner of the repository' | 'a Jira admin' | 'whoever runs the service' | 'time';

/** Who can do something about it, in the order to ask them. */
const who: Readonly<Record<ErrorCode, readonly Who[]>> = {
  AUTH_INVALID: ['you'],
  AUTH_EXPIRED: ['you'],
  SCOPE_MISSING: ['you'],
  SSO_REQUIRED: ['you'],
  TOKEN_KIND_REFUSED: ['you'],
  TOKEN_LIFETIME_TOO_LONG: ['you'],
  TOKEN_WAITS_FOR_APPROVAL: ['whoever runs the service'],
  TOKEN_REACHES_NO_OWNER: ['you', 'whoever runs the service'],
  SIGN_IN_FIRST: ['you'],
  ACCOUNT_BLOCKED: ['you', 'whoever runs the service'],
  IP_BLOCKED: ['whoever runs the service'],
  PERMISSION_DENIED: ['the owner of the repository'],
  REPOSITORY_NOT_FOUND: ['you', 'the owner of the repository'],
  REPOSITORY_ARCHIVED: ['you', 'the owner of the repository'],
  REPOSITORY_MOVED: ['you'],
  REPOSITORY_LOCKED: ['the owner of the repository', 'time'],
  REPOSITORY_DISABLED: ['the owner of the repository', 'whoever runs the service'],
  REPOSITORY_EMPTY: ['you', 'the owner of the repository'],
  SOURCE_BRANCH_MISSING: ['you'],
  TARGET_BRANCH_MISSING: ['you'],
  BRANCH_MISSING: ['you'],
  BRANCH_EXISTS: ['you'],
  BRANCH_MOVED: ['you'],
  BRANCH_NAME_REFUSED: ['you'],
  BRANCH_NAME_RULE: ['you'],
  BRANCH_FOLDERS_ONLY: ['you', 'the owner of the repository'],
  BRANCH_NAME_CONFLICT: ['you'],
  BRANCH_PROTECTED: ['you', 'the owner of the repository'],
  SIGNATURE_RULE: ['you', 'the owner of the repository'],
  PULL_REQUEST_EXISTS: ['you'],
  PULL_REQUEST_WITHOUT_COMMITS: ['you'],
  NO_COMMON_HISTORY: ['you'],
  DRAFTS_UNAVAILABLE: ['you'],
  PULL_REQUEST_LIMIT: ['the owner of the repository'],
  PULL_REQUEST_TEXT_TOO_LONG: ['you'],
  REVIEWERS_REFUSED: ['you'],
  ONE_REVIEWER_ONLY: ['you'],
  ACCESS_KEY_TEMPORARY: ['you'],
  ACCESS_KEY_ROOT: ['you'],
  ACCESS_KEY_SWAPPED: ['you'],
  ACCESS_KEY_ELSEWHERE: ['you'],
  ACCESS_KEY_SECRET_WRONG: ['you'],
  ACCOUNT_POLICY_DENIED: ['whoever runs the service'],
  CLOCK_SKEW: ['time'],
  ENCRYPTION_KEY_UNAVAILABLE: ['whoever runs the service'],
  RATE_LIMITED: ['time'],
  SERVICE_TOO_OLD: ['a Jira admin'],
  SERVICE_READ_ONLY: ['time', 'whoever runs the service'],
  SERVICE_UNAVAILABLE: ['time', 'whoever runs the service'],
  REQUEST_REFUSED: ['you', 'the owner of the repository', 'a Jira admin'],
  UNEXPECTED_ANSWER: ['time', 'a Jira admin'],
  NOT_AN_API_ANSWER: ['time', 'a Jira admin'],
  NOT_THIS_SERVICE: ['a Jira admin'],
  EGRESS_REFUSED: ['a Jira admin'],
  TIMEOUT: ['time'],
  UNREACHABLE: ['time', 'whoever runs the service'],
  NOT_LOGGED_IN: ['you'],
  NO_JIRA_PERMISSION: ['a Jira admin'],
  NOT_ADMIN: ['a Jira admin'],
  ISSUE_NOT_FOUND: ['you'],
  INVALID_INPUT: ['you'],
  INVALID_ADDRESS: ['a Jira admin'],
  BOT_TOKEN: ['you'],
  EGRESS_DECLINED: ['a Jira admin'],
  INTEGRATION_NOT_FOUND: ['you', 'a Jira admin'],
  INTEGRATION_DISABLED: ['a Jira admin'],
  INTEGRATION_NAME_TAKEN: ['a Jira admin'],
  INTEGRATION_CHANGED: ['a Jira admin'],
  INTEGRATION_WITHOUT_CREDENTIAL: ['a Jira admin'],
  INTEGRATION_CREDENTIAL_REJECTED: ['a Jira admin'],
  NO_REPOSITORIES: ['a Jira admin', 'whoever runs the service'],
  NOT_OPEN_TO_PROJECT: ['a Jira admin'],
  REPOSITORY_NOT_OF_INTEGRATION: ['you', 'a Jira admin'],
  ACTION_SWITCHED_OFF: ['a Jira admin'],
  TOKEN_REQUIRED: ['you'],
  TOKENS_UNSUPPORTED: ['a Jira admin'],
  TOKEN_REPLACED: ['you'],
  BRANCH_NAME_INVALID: ['you'],
  BRANCH_TEMPLATE_INVALID: ['a Jira admin'],
  BRANCH_NOT_OF_ISSUE: ['you'],
  SAME_BRANCH: ['you'],
  JIRA_UNAVAILABLE: ['time'],
  STORAGE_UNAVAILABLE: ['time'],
  STORAGE_BUSY: ['time'],
  INTERNAL: ['time', 'a Jira admin'],
};

const root = join(import.meta.dirname, '..');
const guide = 'docs/guides/errors.md';
const sentences = JSON.parse(readFileSync(join(root, 'locales/en-US.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

type Names = Readonly<Record<string, string>>;

/** What stands in the places of names: one issue of one team. */
const example: Names = {
  service: 'GitHub',
  host: 'github.com',
  integration: 'Acme on GitHub',
  login: 'alice',
  repository: 'acme/web',
  branch: 'DEMO-1-login',
  source: 'DEMO-1-login',
  target: 'main',
  organization: 'Acme',
  missing: 'repo',
  conflict: 'DEMO-1',
  who: 'Ada',
  project: 'DEMO',
  issue: 'DEMO-1',
  field: 'the title',
  reason: 'A branch name has no spaces.',
  status: '500',
  expiredAt: '2 hours ago',
  retryAt: 'in 5 minutes',
};
const ofAws: Names = { service: 'AWS CodeCommit', host: 'AWS eu-central-1', integration: 'Acme on AWS' };
const ofServer: Names = { service: 'GitHub Enterprise Server 3.19', host: 'git.acme.example' };
/** Errors that would not happen there. */
const elsewhere: Readonly<Partial<Record<ErrorCode, Names>>> = {
  TOKENS_UNSUPPORTED: { service: 'TFS 2015', integration: 'Acme on TFS' },
  SERVICE_TOO_OLD: ofServer,
  NOT_THIS_SERVICE: ofServer,
  EGRESS_REFUSED: ofServer,
  EGRESS_DECLINED: ofServer,
  BOT_TOKEN: { login: 'acme-bot' },
  ONE_REVIEWER_ONLY: { service: 'GitLab' },
  SIGN_IN_FIRST: { service: 'Azure DevOps', host: 'dev.azure.com/acme' },
  BRANCH_FOLDERS_ONLY: { service: 'Azure DevOps', host: 'dev.azure.com/acme' },
  BRANCH_NAME_CONFLICT: { branch: 'DEMO-1/login' },
};

function plain(code: ErrorCode, part: 'title' | 'why' | 'next'): string {
  const sentence = sentences[`error.${code}.${part}`];
  if (sentence === undefined) throw new Error(`locales/en-US.json has no error.${code}.${part}`);
  const isOfAws = /^(ACCESS_KEY|ACCOUNT_POLICY|ENCRYPTION|CLOCK)|TEXT_TOO_LONG/.test(code);
  const names: Names = { ...example, ...(isOfAws ? ofAws : {}), ...elsewhere[code] };
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const found =
      names[name] ??
      sentences[`word.${isOfAws ? 'codecommit' : 'github'}.${name}`] ??
      sentences[`word.${name}`] ??
      sentences[`fallback.${name}`];
    if (found === undefined) throw new Error(`error.${code}.${part} has {${name}}, which has no example here`);
    return found;
  });
}

const rows = (Object.keys(who) as ErrorCode[]).map((code) => {
  const [title, why, next] = (['title', 'why', 'next'] as const).map((part) => plain(code, part));
  return `| <a id="${code}"></a>${title}<br>\`${code}\` | ${why} | ${next} | ${who[code].join(', then ')} |`;
});
const text = `# Errors, and who can do something about them

Written by \`npm run guides -- --write\` from the sentences in \`locales/en-US.json\`. The names in it are
examples: alice works on DEMO-1 in \`acme/web\`. *Time*: trying again later is all there is. Nothing typed is lost on an error.

Where nobody has to use a token of their own and it is yours that failed, the page also offers *Continue as the integration account*.

| what it says | why | what to do | who |
|---|---|---|---|
${rows.join('\n')}
`;

if (process.argv.includes('--write')) writeFileSync(join(root, guide), text);
else if (readFileSync(join(root, guide), 'utf8') !== text) {
  console.error(`${guide} is out of date: npm run guides -- --write`);
  process.exitCode = 1;
} else console.log(`${rows.length} errors are explained.`);
