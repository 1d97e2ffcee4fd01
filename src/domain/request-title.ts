import type { IssueToName } from './branch-template';
import { cutTo } from './cut-text';

/** The variables of a title, besides the branches. */
type Facts = IssueToName & { sourceBranch: string; targetBranch: string };

const values: Readonly<Record<string, (facts: Facts) => string | undefined>> = {
  issuekey: ({ key }) => key,
  projectkey: ({ key }) => key.replace(/-\d+$/, ''),
  summary: ({ summary }) => summary,
  issuetype: ({ type }) => type,
  component: ({ component }) => component,
  fixversion: ({ fixVersion }) => fixVersion,
  parentkey: ({ parentKey }) => parentKey,
  sourcebranch: ({ sourceBranch }) => sourceBranch,
  targetbranch: ({ targetBranch }) => targetBranch,
};
export const titleVariables: readonly string[] = Object.keys(values);
/** Those a page knows without Jira. */
const KNOWN: readonly string[] = ['issuekey', 'projectkey', 'sourcebranch', 'targetbranch'];

export type TitleProblem = 'unclosed' | 'title-variable' | 'key' | 'control';

/** Line breaks as well: a title is one line. */
const BLANKS = /[\s\p{Cc}]+/gu;

/** Longest pattern of a title that is stored. */
export const LONGEST_PATTERN = 200;

/** Why a pattern cannot be used, or nothing. Its key makes a pull request show up on its issue, whatever the branch is called. */
export function titleProblem(pattern: string): TitleProblem | undefined {
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(pattern)) return 'control';
  if (pattern.replace(/\$\{[^}]{0,200}\}/g, '').includes('${')) return 'unclosed';
  const names = namesIn(pattern);
  if (names.some((name) => !titleVariables.includes(name))) return 'title-variable';
  // Beside a letter or digit it would be another key.
  return /(?<![\p{L}\p{N}}])\$\{\s*issuekey\s*\}(?![\p{L}\p{N}$])/iu.test(pattern) ? undefined : 'key';
}

/** The site's pattern for titles, and those of integrations by id. */
export type TitlePatterns = { pattern?: string | undefined; own?: Readonly<Record<string, string>> | undefined };

/** The pattern for an integration: its own, or else the site's. */
export function patternFor({ pattern, own = {} }: TitlePatterns, integrationId = ''): string | undefined {
  return Object.hasOwn(own, integrationId) ? own[integrationId] : pattern;
}

/** Whether a title takes what only Jira knows of the issue. */
export function needsIssue(pattern: string): boolean {
  return namesIn(pattern).some((name) => !KNOWN.includes(name));
}

function namesIn(pattern: string): string[] {
  return [...pattern.matchAll(/\$\{([^}]{0,200})\}/g)].map(([, name = '']) => name.trim().toLowerCase());
}

/** The title that a pattern gives. It has nothing that an empty variable leaves: no empty brackets, and no signs at the ends. */
export function titleOf(pattern: string, facts: Facts): string {
  return pattern
    .replace(/\$\{([^}]{0,200})\}/g, (_, name: string) => values[name.trim().toLowerCase()]?.(facts) ?? '')
    .replace(/\(\s*\)|\[\s*\]|\{\s*\}|<\s*>/g, '')
    .replace(BLANKS, ' ')
    .replace(/^[\s:|/–—-]+|[\s:|/–—-]+$/g, '');
}

/** The same, no longer than `longest` where a shorter summary makes it so: the key may come last. */
export function titleWithin(pattern: string, facts: Facts, longest: number): string {
  const whole = titleOf(pattern, facts);
  const over = whole.length - longest;
  const summary = facts.summary.replace(BLANKS, ' ').trim();
  return over <= 0 ? whole : titleOf(pattern, { ...facts, summary: cutTo(summary, summary.length - over) });
}
