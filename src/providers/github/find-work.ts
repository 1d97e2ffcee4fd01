import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import type { Result } from '../../domain/result';
import type { Service } from '../../domain/service';
import { unseenOf, type Connection, type Provider, type PullRequest, type Work } from '../provider';
import { ownLink } from '../own-link';
import { namingIssue, withWords, longestOf, type Wanted } from '../wanted-work';
import { answered, instant, ownerAndRepo } from './client';
import { problemOf } from './errors';
import { ask, present } from './graphql';
import { pullRequest as pullRequestPage, tokens } from './links';
import { branchNodes, branchOf, ownersOf } from './reads';

const PULL_REQUEST = `fragment pull on PullRequest {
  number title url state isDraft updatedAt headRefName baseRefName author { login } repository { nameWithOwner }
}`;

const pullRequestNode = z.object({
  number: z.number(),
  title: z.string(),
  url: z.string().optional(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  updatedAt: instant,
  headRefName: z.string(),
  baseRefName: z.string(),
  author: z.object({ login: z.string() }).nullable(),
  repository: z.object({ nameWithOwner: z.string() }),
});

const pullNodes = present(pullRequestNode);

const workAnswer = z
  .record(z.string(), z.unknown())
  // A search that failed is no search without results.
  .refine((answer) => Object.entries(answer).some(([alias, found]) => /^(search|s\d+)$/.test(alias) && found !== null));
const foundBranches = z.object({ refs: z.object({ nodes: branchNodes }) }).nullish();
const foundByBranch = z
  .object({ refs: z.object({ nodes: present(z.object({ associatedPullRequests: z.object({ nodes: pullNodes }) })) }) })
  .nullish();
const foundBySearch = z.object({ nodes: pullNodes }).nullish();

/** Repositories in one question: each makes its answer larger. */
const IN_ONE_QUESTION = 20;

/** One question is one request, whatever is in it. */
export const affordable: NonNullable<Provider['affordable']> = (_, { owners, repositories }) => ({
  owners,
  repositories: repositories.slice(0, IN_ONE_QUESTION),
});

/**
 * One request. An alias a repository for its branches, and another for the pull requests from them, so that a token that may not see
 * pull requests still sees branches. An alias an owner for the pull requests that name the issue: a search for several owners at
 * once finds what belongs to all of them, which is nothing (GitHub changelog of 2025-03-06; cli/cli#11638).
 */
export const findWork: Provider['findWork'] = (connection, { issueKey, owners, repositories }) =>
  lookFor(connection, namingIssue(issueKey), {
    repositories,
    searches: ownersOf(owners).map((owner) => `"${issueKey}" in:title,body is:pr user:${owner} sort:updated-desc`),
  });

/**
 * The same for words. GitHub finds whole words of titles only (docs "Searching issues and pull requests"), so that the last changed of
 * each owner are looked through as well, for parts of words and of branches.
 */
export const searchWork: NonNullable<Provider['searchWork']> = (connection, { search, owners, repositories }) => {
  const wanted = withWords(search);
  const places =
    owners.length > 0 || repositories.length === 0
      ? ownersOf(owners).map((owner) => `user:${owner}`)
      : repositories.map((repository) => `repo:${repository}`);
  // In quotes a word is never a qualifier. One without a letter or digit is in no index.
  const quoted = wanted.words
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `"${word.replace(/["\\]/g, ' ')}"`);
  const texts = [...(quoted.length > 0 ? [`${quoted.join(' ')} in:title `] : []), ''];
  return lookFor(connection, wanted, {
    repositories,
    searches: places.flatMap((place) => texts.map((text) => `${text}is:pr ${place} sort:updated-desc`)),
  });
};

async function lookFor(
  connection: Connection,
  wanted: Wanted,
  { repositories, searches }: { repositories: readonly string[]; searches: readonly string[] },
): Promise<Result<Work, ProviderError>> {
  const word = longestOf(wanted);
  const document = workDocument(searches.length, repositories);
  const variables: Record<string, string | null> = {
    ...Object.fromEntries(searches.map((text, index): [string, string] => [`t${index}`, text])),
    ...(repositories.length > 0 ? { key: word === '' ? null : word } : {}),
  };
  const asked = await answered(connection, () => ask(connection, workAnswer, document, variables), 'owners');
  if (!asked.ok) return asked;
  const { value: given, sso, withheld } = asked.value;
  const { service } = connection;
  // What can be approved is said first: that is something the person can do.
  const kept = sso
    ? ({ code: 'SSO_REQUIRED', url: tokens(service) } as const)
    : withheld && problemOf(withheld, service);
  return answered(connection, async () => {
    const inBranches = repositories.map((_, index) => foundByBranch.parse(given[`p${index}`]));
    const pulls = [
      ...inBranches.flatMap((found) => found?.refs.nodes ?? []).flatMap((node) => node.associatedPullRequests.nodes),
      ...searches.flatMap((_, index) => foundBySearch.parse(given[searchAlias(index)])?.nodes ?? []),
    ].filter((node) => wanted.fits(node.title, node.headRefName));
    return {
      branches: repositories.flatMap((repository, index) =>
        (foundBranches.parse(given[`r${index}`])?.refs.nodes ?? [])
          .filter((node) => wanted.fits(node.name))
          .map((node) => ({ ...branchOf(node), repository })),
      ),
      pullRequests: [
        ...new Map(pulls.map((node) => [`${node.repository.nameWithOwner}/${node.number}`, node])).values(),
      ]
        .sort((a, b) => Date.parse(b.updatedAt ?? '') - Date.parse(a.updatedAt ?? '') || 0)
        .map((node) => pullRequestOf(service, node)),
      ...(kept && { withheld: kept }),
      ...unseenOf(repositories.filter((_, index) => !foundBranches.parse(asked.value.value[`r${index}`]))),
    };
  });
}

/** The first search has no other name than GitHub's. */
function searchAlias(index: number): string {
  return index === 0 ? 'search' : `s${index}`;
}

function workDocument(searches: number, repositories: readonly string[]): string {
  const fields = repositories.map((repository, index) => {
    const { owner, repo } = ownerAndRepo(repository);
    const named = `repository(owner: ${JSON.stringify(owner)}, name: ${JSON.stringify(repo)})`;
    const refs = 'refs(refPrefix: "refs/heads/", query: $key, first: 50)';
    return `r${index}: ${named} { ${refs} { nodes { name target { oid } } } }
      p${index}: ${named} { ${refs} { nodes { associatedPullRequests(first: 10) { nodes { ... pull } } } } }`;
  });
  const each = Array.from({ length: searches }, (_, index) => index);
  const declared = [...(fields.length > 0 ? ['$key: String'] : []), ...each.map((index) => `$t${index}: String!`)];
  return `query work(${declared.join(', ')}) {
      ${fields.join('\n')}
      ${each.map((index) => `${searchAlias(index)}: search(type: ISSUE, query: $t${index}, first: 50) { nodes { ... pull } }`).join('\n')}
    }
    ${PULL_REQUEST}`;
}

const PULL = `query pull($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo, followRenames: false) { pullRequest(number: $number) { ...pull } }
}
${PULL_REQUEST}`;

const pullAnswer = z.object({ repository: z.object({ pullRequest: pullRequestNode }) });

export const readPullRequest: NonNullable<Provider['readPullRequest']> = async (connection, { repository, number }) =>
  answered(connection, async () => {
    const { value } = await ask(connection, pullAnswer, PULL, { ...ownerAndRepo(repository), number });
    return pullRequestOf(connection.service, value.repository.pullRequest);
  });

function pullRequestOf(service: Service, node: z.output<typeof pullRequestNode>): PullRequest {
  return {
    repository: node.repository.nameWithOwner,
    number: node.number,
    title: node.title,
    url: ownLink(service, node.url, pullRequestPage(service, node.repository.nameWithOwner, node.number)),
    state: node.state === 'OPEN' ? (node.isDraft ? 'draft' : 'open') : node.state === 'MERGED' ? 'merged' : 'closed',
    source: node.headRefName,
    target: node.baseRefName,
    ...(node.updatedAt !== undefined && { updatedAt: node.updatedAt }),
    ...(node.author === null ? {} : { author: node.author.login }),
  };
}
