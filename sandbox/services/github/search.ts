import { visibleRepositories } from './access.ts';
import type { HiddenByRule } from './access.ts';
import type { GitHub, Organization, Repository } from './context.ts';
import type { Caller } from './credentials.ts';
import { settlePullRequests } from '../git-host/pull-requests.ts';
import type { PullRequest } from '../git-host/store.ts';

export type Query = { words: string[]; qualifiers: Map<string, string[]> };

/** A qualifier that is not modelled. It is refused, not taken as a word. */
export class SearchNotModelled extends Error {}

/** Splits a search into words and `name:value` qualifiers; quotes hold words together. */
export function parseQuery(text: string, known: readonly string[]): Query {
  const words: string[] = [];
  const qualifiers = new Map<string, string[]>();
  for (const [, negated, name, quoted, plain] of text.matchAll(/(-?)(?:([a-z-]+):)?(?:"([^"]*)"|(\S+))/gi)) {
    const value = quoted ?? plain ?? '';
    if (negated && (name !== undefined || value !== ''))
      throw new SearchNotModelled(`excluding with '-${name ?? value}'`);
    if (name === undefined) words.push(value);
    else if (!known.includes(name.toLowerCase())) throw new SearchNotModelled(`the search qualifier '${name}:'`);
    else qualifiers.set(name.toLowerCase(), [...(qualifiers.get(name.toLowerCase()) ?? []), value]);
  }
  return { words, qualifiers };
}

const parts = (text: string): string[] =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');

/** The word's parts follow each other in the text: DEMO-1 is in "Fix DEMO-1: login", not in "DEMO-12". */
function saysWord(text: string, word: string): boolean {
  const inText = parts(text);
  const wanted = parts(word);
  return inText.some((_, at) => wanted.every((part, offset) => inText[at + offset] === part));
}

/** The name, or one of its parts, begins with the word (assumption: GitHub's own matching of names is not published). */
function namesWord(text: string, word: string): boolean {
  const wanted = word.toLowerCase();
  return text.toLowerCase().startsWith(wanted) || parts(text).some((part) => part.startsWith(wanted));
}

function oneOf(query: Query, name: string, allowed: readonly string[]): string | undefined {
  const value = query.qualifiers.get(name)?.at(-1);
  if (value !== undefined && !allowed.includes(value)) throw new SearchNotModelled(`'${name}:${value}'`);
  return value;
}

const owners = (query: Query): string[] =>
  [...(query.qualifiers.get('user') ?? []), ...(query.qualifiers.get('org') ?? [])].map((login) => login.toLowerCase());

const named = (query: Query): string[] => (query.qualifiers.get('repo') ?? []).map((name) => name.toLowerCase());

/** `user:`, `org:` and `repo:` widen each other; none of them means everywhere. */
function inScope(query: Query, repository: Repository): boolean {
  const [logins, names] = [owners(query), named(query)];
  if (logins.length + names.length === 0) return true;
  return logins.includes(repository.owner.login.toLowerCase()) || names.includes(repository.fullName.toLowerCase());
}

export const REPOSITORY_QUALIFIERS = ['user', 'org', 'repo', 'in', 'archived', 'fork', 'is', 'sort'] as const;

export type Found<T> = { items: T[]; withheld: Organization[]; hiddenByRule?: HiddenByRule[] };

/** Most recently changed first; untouched ones come last, by name. */
export function byLastChange(github: GitHub): (a: Repository, b: Repository) => number {
  const changed = github.store.lastActivity();
  const at = ({ fullName }: Repository): string => changed.get(fullName)?.at ?? '';
  return (a, b) => compare(at(b), at(a)) || a.fullName.localeCompare(b.fullName);
}

/** Compares instants in one notation. `localeCompare` gives the same result much more slowly. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Searches repositories, only those the caller may see. Without `fork:` none is a fork and none is left out, for forks
 * are not modelled.
 */
export function searchRepositories(github: GitHub, caller: Caller | undefined, query: Query): Found<Repository> {
  const { repositories, withheld, hiddenByRule } = visibleRepositories(github, caller);
  const archived = oneOf(query, 'archived', ['true', 'false']);
  const fork = oneOf(query, 'fork', ['true', 'false', 'only']);
  const visibility = oneOf(query, 'is', ['private', 'public']);
  const sort = oneOf(query, 'sort', ['updated', 'updated-desc', 'updated-asc']);
  const fields = (query.qualifiers.get('in') ?? ['name,description']).join(',').split(',');
  if (fields.some((field) => field !== 'name' && field !== 'description')) {
    throw new SearchNotModelled(`'in:${fields.join(',')}'`);
  }
  const items = repositories
    .filter((repository) => inScope(query, repository))
    .filter(({ definition }) => archived === undefined || String(definition.archived) === archived)
    .filter(({ definition }) => visibility === undefined || definition.private === (visibility === 'private'))
    .filter(() => fork !== 'only')
    .filter(({ definition, fullName }) =>
      query.words.every(
        (word) =>
          (fields.includes('name') &&
            (namesWord(definition.name, word) ||
              (word.includes('/') && fullName.toLowerCase().startsWith(word.toLowerCase())))) ||
          (fields.includes('description') && saysWord(definition.description, word)),
      ),
    )
    .sort(byLastChange(github));
  return {
    items: sort === 'updated-asc' ? items.reverse() : items,
    withheld: withheldIn(query, withheld),
    hiddenByRule: hiddenByRule.filter(({ repository }) => query.words.length === 0 && inScope(query, repository)),
  };
}

export const ISSUE_QUALIFIERS = [
  'is',
  'type',
  'repo',
  'user',
  'org',
  'in',
  'state',
  'author',
  'head',
  'base',
  'sort',
  'archived',
] as const;

/** A pull request and where it is. */
export type FoundPull = { repository: Repository; pull: PullRequest };

function stateFits(pull: PullRequest, wanted: string): boolean {
  if (wanted === 'open' || wanted === 'merged') return pull.state === wanted;
  if (wanted === 'closed') return pull.state !== 'open';
  if (wanted === 'unmerged') return pull.state !== 'merged';
  if (wanted === 'draft') return pull.draft;
  return true;
}

/** Searches pull requests the caller may see. There are no issues here, so `is:issue` finds nothing. */
export async function searchPullRequests(
  github: GitHub,
  caller: Caller | undefined,
  query: Query,
): Promise<Found<FoundPull>> {
  const { repositories, withheld } = visibleRepositories(github, caller);
  const is = [
    ...(query.qualifiers.get('is') ?? []),
    ...(query.qualifiers.get('type') ?? []),
    ...(query.qualifiers.get('state') ?? []),
  ];
  for (const value of is) {
    if (!['pr', 'pull-request', 'issue', 'open', 'closed', 'merged', 'unmerged', 'draft'].includes(value)) {
      throw new SearchNotModelled(`'is:${value}'`);
    }
  }
  const fields = (query.qualifiers.get('in') ?? ['title,body']).join(',').split(',');
  if (fields.some((field) => !['title', 'body', 'comments'].includes(field)))
    throw new SearchNotModelled(`'in:${fields.join(',')}'`);
  const sort = oneOf(query, 'sort', [
    'created',
    'created-desc',
    'created-asc',
    'updated',
    'updated-desc',
    'updated-asc',
  ]);
  const archived = oneOf(query, 'archived', ['true', 'false']);
  const authors = query.qualifiers
    .get('author')
    ?.map((login) => (login === '@me' ? (caller?.account.login ?? '') : login));
  const fits = (pull: PullRequest): boolean =>
    !is.includes('issue') &&
    is.every((value) => stateFits(pull, value)) &&
    (authors === undefined || authors.includes(pull.author)) &&
    (query.qualifiers.get('head')?.every((name) => pull.source.startsWith(name)) ?? true) &&
    (query.qualifiers.get('base')?.every((name) => pull.target === name) ?? true) &&
    query.words.every(
      (word) =>
        (fields.includes('title') && saysWord(pull.title, word)) ||
        (fields.includes('body') && saysWord(pull.body ?? '', word)),
    );
  // Several owners mean any of them, since advanced search is the default (changelog of 2025-03-06; cli/cli#11638).
  const asksForAll = new Set(owners(query)).size > 1;
  const items: FoundPull[] = [];
  for (const repository of repositories) {
    if (asksForAll || !inScope(query, repository)) continue;
    if (archived !== undefined && String(repository.definition.archived) !== archived) continue;
    const pulls = await settlePullRequests(github, repository);
    items.push(...pulls.filter(fits).map((pull) => ({ repository, pull })));
  }
  const key = sort?.startsWith('updated') ? 'updatedAt' : 'createdAt';
  items.sort((a, b) => b.pull[key].localeCompare(a.pull[key]) || b.pull.id - a.pull.id);
  return { items: sort?.endsWith('-asc') ? items.reverse() : items, withheld: withheldIn(query, withheld) };
}

function withheldIn(query: Query, withheld: readonly Organization[]): Organization[] {
  const asked = [...owners(query), ...named(query).map((name) => name.split('/')[0] ?? '')];
  return withheld.filter(({ login }) => asked.length === 0 || asked.includes(login.toLowerCase()));
}
