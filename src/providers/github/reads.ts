import { z } from 'zod';
import { mentionsIssue } from '../../domain/issue-key';
import { fail, ok } from '../../domain/result';
import type { Service } from '../../domain/service';
import { unseenOf, type Page, type Provider, type PullRequest } from '../provider';
import { answered, instant, ownerAndRepo } from './client';
import { problemOf } from './errors';
import { ownLink } from '../own-link';
import { ask, present } from './graphql';
import { pullRequest as pullRequestPage, repository as repositoryPage, tokens } from './links';

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const target = z.object({ oid: z.string() });

function nextOf(info: z.output<typeof pageInfo>): { next?: string } {
  return info.hasNextPage && info.endCursor !== null ? { next: info.endCursor } : {};
}

const REPOSITORIES = `query repositories($text: String!, $after: String) {
  search(type: REPOSITORY, query: $text, first: 50, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { ... on Repository { nameWithOwner url isArchived viewerPermission defaultBranchRef { name } } }
  }
}`;

const repositoriesAnswer = z.object({
  search: z.object({
    pageInfo,
    nodes: present(
      z.object({
        nameWithOwner: z.string(),
        url: z.string().optional(),
        isArchived: z.boolean(),
        viewerPermission: z.string().nullable(),
        defaultBranchRef: z.object({ name: z.string() }).nullable(),
      }),
    ),
  }),
});

const WRITERS: readonly (string | null)[] = ['WRITE', 'MAINTAIN', 'ADMIN'];

/**
 * GitHub's repository search: one request for any number of repositories, most recently updated first, and private ones
 * the token may see are in it. It matches words of the name and their beginnings (docs "Searching for repositories").
 */
export const listRepositories: Provider['listRepositories'] = async (connection, { owners, search, cursor }) => {
  const variables = { text: repositoryQuery(search, owners), after: cursor ?? null };
  const asked = await answered(
    connection,
    async () => {
      const { value, sso, refused, withheld } = await ask(connection, repositoriesAnswer, REPOSITORIES, variables);
      // Nothing came, and not for want of an approval: the reason says more than an empty list.
      if (value.search.nodes.length === 0 && refused !== undefined && !sso) throw refused;
      return { ...value.search, sso, withheld };
    },
    'owners',
  );
  if (!asked.ok) return asked;
  const items = asked.value.nodes
    .filter((node) => !node.isArchived && WRITERS.includes(node.viewerPermission))
    .map((node) => ({
      name: node.nameWithOwner,
      url: ownLink(connection.service, node.url, repositoryPage(connection.service, node.nameWithOwner)),
      ...(node.defaultBranchRef === null ? {} : { defaultBranch: node.defaultBranchRef.name }),
    }));
  return ok<Page<(typeof items)[number]>>({
    items,
    ...nextOf(asked.value.pageInfo),
    ...(asked.value.sso ? { approveUrl: tokens(connection.service) } : {}),
    ...(asked.value.withheld && { withheld: problemOf(asked.value.withheld, connection.service) }),
  });
};

/** Without owners, one's own repositories: never all of GitHub. */
function ownersOf(owners: readonly string[]): readonly string[] {
  return owners.length === 0 ? ['@me'] : owners;
}

/** `acme/we` looks for `we` among the owners that start with `acme`. What is no letter, digit, `-`, `_` or `.` is no part of a name. */
function repositoryQuery(typed: string, among: readonly string[]): string {
  const owners = ownersOf(among);
  const [owner = '', ...rest] = typed.split('/');
  const text = (rest.length > 0 ? rest.join(' ') : owner).replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim();
  const meant =
    rest.length > 0 ? owners.filter((known) => known.toLowerCase().startsWith(owner.toLowerCase())) : owners;
  const users = (meant.length > 0 ? meant : owners).map((known) => `user:${known}`);
  return [...(text === '' ? [] : [text, 'in:name']), ...users, 'fork:true', 'archived:false', 'sort:updated-desc'].join(
    ' ',
  );
}

const BRANCHES = `query branches($owner: String!, $repo: String!, $text: String, $after: String) {
  repository(owner: $owner, name: $repo) {
    refs(refPrefix: "refs/heads/", query: $text, first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { name target { oid } }
    }
  }
}`;

const branchNodes = present(z.object({ name: z.string(), target }));
const branchesAnswer = z.object({ repository: z.object({ refs: z.object({ pageInfo, nodes: branchNodes }) }) });

export const listBranches: Provider['listBranches'] = async (connection, { repository, search, cursor }) => {
  const variables = { ...ownerAndRepo(repository), text: search === '' ? null : search, after: cursor ?? null };
  const asked = await answered(
    connection,
    async () => (await ask(connection, branchesAnswer, BRANCHES, variables)).value.repository.refs,
  );
  if (!asked.ok) return asked;
  return ok({ items: asked.value.nodes.map(branchOf), ...nextOf(asked.value.pageInfo) });
};

function branchOf(node: z.output<typeof branchNodes>[number]): { name: string; commit: string } {
  return { name: node.name, commit: node.target.oid };
}

const HEAD = `query head($owner: String!, $repo: String!, $ref: String!) {
  repository(owner: $owner, name: $repo, followRenames: false) {
    ref(qualifiedName: $ref) { target { oid ... on Commit { messageHeadline authoredDate author { name } } } }
  }
}`;

const headAnswer = z.object({
  repository: z.object({
    ref: z
      .object({
        target: z.object({
          oid: z.string(),
          messageHeadline: z.string().catch(''),
          authoredDate: z.iso.datetime({ offset: true }),
          author: z.object({ name: z.string().nullable() }).nullable(),
        }),
      })
      .nullable(),
  }),
});

export const readHeadCommit: NonNullable<Provider['readHeadCommit']> = async (connection, { repository, name }) => {
  const variables = { ...ownerAndRepo(repository), ref: `refs/heads/${name}` };
  const asked = await answered(connection, async () => (await ask(connection, headAnswer, HEAD, variables)).value);
  if (!asked.ok) return asked;
  const target = asked.value.repository.ref?.target;
  if (target === undefined) return fail({ code: 'BRANCH_MISSING' });
  const { oid: id, messageHeadline: message, authoredDate, author } = target;
  return ok({ id, message, author: author?.name ?? '', at: new Date(authoredDate).toISOString() });
};

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
export const findWork: Provider['findWork'] = async (connection, { issueKey, owners, repositories }) => {
  const known = ownersOf(owners);
  const document = workDocument(known.length, repositories);
  const texts = known.map((owner, index): [string, string] => [
    `t${index}`,
    `"${issueKey}" in:title,body is:pr user:${owner} sort:updated-desc`,
  ]);
  const variables: Record<string, string> = {
    ...Object.fromEntries(texts),
    ...(repositories.length > 0 ? { key: issueKey } : {}),
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
      ...known.flatMap((_, index) => foundBySearch.parse(given[searchAlias(index)])?.nodes ?? []),
    ].filter((node) => mentionsIssue(`${node.title} ${node.headRefName}`, issueKey));
    return {
      branches: repositories.flatMap((repository, index) =>
        (foundBranches.parse(given[`r${index}`])?.refs.nodes ?? [])
          .filter((node) => mentionsIssue(node.name, issueKey))
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
};

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
  const declared = [...(fields.length > 0 ? ['$key: String!'] : []), ...each.map((index) => `$t${index}: String!`)];
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
