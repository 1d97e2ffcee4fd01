import {
  branchNameProblem,
  byteLength,
  SEGMENT_BYTES,
  shorten,
  slug,
  type BranchNameLimits,
  type BranchNameProblem,
} from './branch-name';
import { defaultBranchNameRule, type BranchNameRule, type Separator } from './branch-name-rule';
import { mentionsIssue, readsAsOtherProject } from './issue-key';

export const templateVariables = [
  'issuekey',
  'summary',
  'issuetype',
  'projectkey',
  'sourcebranch',
  'displayname',
  'login',
  'component',
  'fixversion',
  'parentkey',
] as const;
/** A key in the short form that services search for, too. */
export const lowerKey = '${issuekey:lower}';
type Variable = (typeof templateVariables)[number];
const KEYS: readonly Variable[] = ['issuekey', 'projectkey', 'parentkey'];

/** Why a template cannot be used. `unclosed` … `prefix` are about the template, the others about every name it would give. */
export type TemplateProblem =
  'unclosed' | 'variable' | 'mapping' | 'key' | 'neighbour' | 'prefix' | Exclude<BranchNameProblem, 'segment-long'>;

/** The variables of a name. */
export type IssueToName = {
  key: string;
  summary: string;
  type?: string | undefined;
  displayName?: string | undefined;
  /** The first of them. */
  component?: string | undefined;
  fixVersion?: string | undefined;
  parentKey?: string | undefined;
} & ChosenForName;

/** Values that only the form for a new branch knows. */
export type ChosenForName = {
  /** The branch it starts from, where one is chosen. */
  sourceBranch?: string | undefined;
  /** The person's own at the service, where they have a token. */
  login?: string | undefined;
};

type Mapping = { pairs: readonly (readonly [string, string])[]; otherwise: string | undefined };
/** `lower`: a key in lower case (`${issuekey:lower}`), which is recognised like any other. */
type Part = { text: string } | { variable: Variable; mapping?: Mapping; lower?: true };

/** These characters replace the key while the rest is tidied, so the key is not touched. No text can contain them. */
const KEY = '\ue000';
const LOWER_KEY = '\ue001';
const PARENT = '\ue002';
const LOWER_PARENT = '\ue003';
/** Shortened one after the other where a name gets too long. */
const WORDS = ['summary', 'sourcebranch', 'displayname', 'component', 'fixversion', 'login'] as const;

/** Why a template cannot be used, or nothing when every name it gives is one git takes, with the issue's key as a word of its own. */
export function templateProblem({ template, maxBytes }: BranchNameRule): TemplateProblem | undefined {
  if (template.trim() === '') return 'empty';
  const parts = partsOf(template);
  if (typeof parts === 'string') return parts;
  if (!parts.some((part) => isKey(part))) return 'key';
  if (
    parts.some(
      (part, at) =>
        isKey(part) && (touches(parts[at - 1], /[\p{L}\p{M}\p{N}]$/u) || touches(parts[at + 1], /^[\p{L}\p{M}\p{N}]/u)),
    )
  )
    return 'neighbour';
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(template)) return 'control';
  // Git allows each of the two signs, but not one after the other. They meet where everything between them is empty.
  if (
    parts
      .map((part) => ('text' in part ? part.text : isKey(part) ? KEY : ''))
      .join('')
      .includes('@{')
  )
    return 'character';
  for (const type of outcomesOf(parts)) {
    const sample: Partial<Record<Variable, string>> = {
      ...{ issuekey: 'DEMO-1', parentkey: 'DEMO-2', projectkey: 'DEMO' },
      issuetype: type,
    };
    const textOf = (part: Part): string => {
      if ('text' in part) return part.text;
      const value = sample[part.variable] ?? 'x';
      return part.lower ? value.toLowerCase() : value;
    };
    const name = parts.map(textOf).join('');
    // `fix_demo-1` is an issue of FIX_DEMO as well: it would not be known whose branch it is.
    if (readsAsOtherProject(name, 'DEMO-1')) return 'prefix';
    const problem = branchNameProblem(name, { bytes: maxBytes });
    if (problem !== undefined) return problem === 'segment-long' ? 'long' : problem;
  }
  return undefined;
}

/** Whether names need the person's display name, which costs a question to Jira. */
export function needsDisplayName({ template }: BranchNameRule): boolean {
  return /\$\{\s*displayname\s*\}/i.test(template);
}

/** Whether names need what is chosen in a form (`ChosenForName`), so that only the form can give them. */
export function needsForm({ template }: BranchNameRule): boolean {
  return /\$\{\s*(sourcebranch|login)\s*\}/i.test(template);
}

/**
 * The branch name for an issue: always valid for git, always with the issue key as a word of its own, at most 250 bytes a segment
 * and `limits.bytes` in all (the key itself is never cut). The summary is what gets shorter, at a word where possible.
 */
export function branchNameFor(
  issue: IssueToName,
  limits: BranchNameLimits,
  rule: BranchNameRule = defaultBranchNameRule,
): string {
  const bytes = Math.min(limits.bytes, rule.maxBytes);
  const parts = partsOf(rule.template);
  if (typeof parts !== 'string') {
    const name = filled(parts, issue, rule.separator, bytes);
    if (branchNameProblem(name, { bytes }) === undefined && mentionsIssue(name, issue.key)) return name;
  }
  return rule === defaultBranchNameRule ? issue.key : branchNameFor(issue, { bytes }, defaultBranchNameRule);
}

function filled(parts: readonly Part[], issue: IssueToName, separator: Separator, bytes: number): string {
  const parent = issue.parentKey ?? '';
  const values = {
    issuekey: KEY,
    parentkey: parent && PARENT,
    projectkey: issue.key.replace(/-\d+$/, ''),
    summary: slug(issue.summary),
    sourcebranch: slug(issue.sourceBranch ?? ''),
    displayname: slug(issue.displayName ?? ''),
    component: slug(issue.component ?? ''),
    // They are known as they are: `2.1.0`, `alice.dev`. The part behind an `@` is the same for a whole company.
    fixversion: withDots(issue.fixVersion ?? ''),
    login: withDots(issue.login?.replace(/(?<=.)@.*/s, '') ?? ''),
  };
  const name = () => {
    const texts = parts.map((part) => {
      if ('text' in part) return part.text;
      if (part.variable === 'issuetype') return typeText(issue.type ?? '', part.mapping, separator);
      if (part.lower && part.variable !== 'projectkey')
        return values[part.variable] && (part.variable === 'issuekey' ? LOWER_KEY : LOWER_PARENT);
      if (part.lower) return values[part.variable].toLowerCase();
      return values[part.variable].replaceAll('-', separator);
    });
    const segments = texts.join('').split('/').map(tidied);
    return segments
      .filter((segment) => segment !== '')
      .join('/')
      .replaceAll(KEY, issue.key)
      .replaceAll(LOWER_KEY, issue.key.toLowerCase())
      .replaceAll(PARENT, parent)
      .replaceAll(LOWER_PARENT, parent.toLowerCase());
  };
  for (const part of WORDS) {
    for (let over = excess(name(), bytes); over > 0 && values[part] !== ''; over = excess(name(), bytes))
      values[part] = shorten(values[part], byteLength(values[part]) - over);
  }
  return name();
}

/** Like `slug`, but `.` and `_` are not replaced. */
function withDots(text: string): string {
  return text
    .split(/([._])/)
    .map((part, at) => (at % 2 === 0 ? slug(part) : part))
    .join('');
}

/** By how many bytes a name is too long, as a whole or in its longest segment. */
function excess(name: string, bytes: number): number {
  return Math.max(byteLength(name) - bytes, ...name.split('/').map((segment) => byteLength(segment) - SEGMENT_BYTES));
}

/** Removes what an empty variable leaves: doubled separators, and those at the ends. */
function tidied(segment: string): string {
  return segment
    .replace(/[-_.]{2,}/g, (run) => run.charAt(0))
    .replace(/^[-_.]/, '')
    .replace(/(?<!\.lock|[-_.])(\.lock|[-_.])+$/, '');
}

/** The text a mapping gives for an issue type, case ignored; without one, the type itself in lower case without blanks. */
function typeText(type: string, mapping: Mapping | undefined, separator: Separator): string {
  const mapped = mapping?.pairs.find(([from]) => from.toLowerCase() === type.trim().toLowerCase())?.[1];
  return mapped ?? mapping?.otherwise ?? slug(type.replace(/\s/gu, '')).replaceAll('-', separator);
}

/** The template taken apart, or what is wrong with how it is written. */
function partsOf(template: string): Part[] | 'unclosed' | 'variable' | 'mapping' {
  const parts: Part[] = [];
  for (const [at, piece] of template
    .trim()
    .split(/\$\{([^}]{0,300})\}/)
    .entries()) {
    if (at % 2 === 0) {
      if (piece.includes('${')) return 'unclosed';
      if (piece !== '') parts.push({ text: piece });
      continue;
    }
    const [name = '', ...rest] = piece.split(':');
    const variable = templateVariables.find((one) => one === name.trim().toLowerCase());
    if (variable === undefined) return 'variable';
    if (rest.length > 0 && variable !== 'issuetype') {
      const isLower = KEYS.includes(variable) && rest.join(':').trim().toLowerCase() === 'lower';
      if (!isLower) return 'variable';
      parts.push({ variable, lower: true });
      continue;
    }
    const mapping = rest.length === 0 ? undefined : mappingOf(rest.join(':'));
    if (mapping === 'mapping') return mapping;
    parts.push({ variable, ...(mapping && { mapping }) });
  }
  return parts;
}

/** `Bug Fix,bug,Story,feature,other`: pairs, and what everything else becomes. */
function mappingOf(text: string): Mapping | 'mapping' {
  const items = text.split(',').map((item) => item.trim());
  if (items.includes('')) return 'mapping';
  const otherwise = items.length % 2 === 1 ? items.pop() : undefined;
  const pairs = items.flatMap((from, at) => (at % 2 === 0 ? [[from, items[at + 1] ?? ''] as const] : []));
  return { pairs, otherwise };
}

/** Every text that can become the issue type, to be checked before a name is made of it. */
function outcomesOf(parts: readonly Part[]): string[] {
  const mappings = parts.flatMap((part) => ('variable' in part && part.mapping ? [part.mapping] : []));
  const texts = mappings.flatMap(({ pairs, otherwise }) => [...pairs.map(([, to]) => to), otherwise ?? 'x']);
  return ['x', ...texts];
}

function isKey(part: Part): boolean {
  return 'variable' in part && part.variable === 'issuekey';
}

/** Whether something beside the key would run together with it. */
function touches(beside: Part | undefined, edge: RegExp): boolean {
  return beside !== undefined && ('text' in beside ? edge.test(beside.text) : true);
}
