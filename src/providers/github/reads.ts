import { z } from 'zod';
import { mentionsIssue } from '../../domain/issue-key';
import { ok } from '../../domain/result';
import type { Page, Provider, PullRequest } from '../provider';
import { answered, client, ownerAndRepo } from './client';
import { tokens } from './links';

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
    nodes: z.array(
      z.object({
        nameWithOwner: z.string(),
        url: z.string(),
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
  const octokit = client(connection, 'read');
  // Docs "Authenticating to the REST API": `partial-results` names the organizations, by number, that withhold theirs.
  let partial = false;
  octokit.hook.after('request', ({ headers }) => {
    partial = String(headers['x-github-sso'] ?? '').startsWith('partial-results');
  });
  const asked = await answered(connection, async () => {
    const answer = await octokit.graphql(REPOSITORIES, {
      text: repositoryQuery(search, owners),
      after: cursor ?? null,
    });
    return repositoriesAnswer.parse(answer).search;
  });
  if (!asked.ok) return asked;
  const items = asked.value.nodes
    .filter((node) => !node.isArchived && WRITERS.includes(node.viewerPermission))
    .map((node) => ({
      name: node.nameWithOwner,
      url: node.url,
      ...(node.defaultBranchRef === null ? {} : { defaultBranch: node.defaultBranchRef.name }),
    }));
  return ok<Page<(typeof items)[number]>>({
    items,
    ...nextOf(asked.value.pageInfo),
    ...(partial ? { approveUrl: tokens(connection.service) } : {}),
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

const branchNodes = z.array(z.object({ name: z.string(), target }));
const branchesAnswer = z.object({ repository: z.object({ refs: z.object({ pageInfo, nodes: branchNodes }) }) });

export const listBranches: Provider['listBranches'] = async (connection, { repository, search, cursor }) => {
  const variables = { ...ownerAndRepo(repository), text: search === '' ? null : search, after: cursor ?? null };
  const asked = await answered(
    connection,
    async () => branchesAnswer.parse(await client(connection, 'read').graphql(BRANCHES, variables)).repository.refs,
  );
  if (!asked.ok) return asked;
  return ok({ items: asked.value.nodes.map(branchOf), ...nextOf(asked.value.pageInfo) });
};

function branchOf(node: z.output<typeof branchNodes>[number]): { name: string; commit: string } {
  return { name: node.name, commit: node.target.oid };
}

const PULL_REQUEST = `fragment pull on PullRequest {
  number title url state isDraft updatedAt headRefName baseRefName author { login } repository { nameWithOwner }
}`;

const pullRequestNode = z.object({
  number: z.number(),
  title: z.string(),
  url: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  updatedAt: z.string(),
  headRefName: z.string(),
  baseRefName: z.string(),
  author: z.object({ login: z.string() }).nullable(),
  repository: z.object({ nameWithOwner: z.string() }),
});

/** One request: an alias a repository for the branches, and one search for pull requests. */
export const findWork: Provider['findWork'] = async (connection, { issueKey, owners, repositories }) => {
  const asked = await answered(connection, async () => {
    const fields = repositories.map((repository, index) => {
      const { owner, repo } = ownerAndRepo(repository);
      const named = `owner: ${JSON.stringify(owner)}, name: ${JSON.stringify(repo)}`;
      return `r${index}: repository(${named}) { refs(refPrefix: "refs/heads/", query: $key, first: 50) { nodes { name target { oid } } } }`;
    });
    const document = `query work($key: String!, $text: String!) {
      ${fields.join('\n')}
      search(type: ISSUE, query: $text, first: 50) { nodes { ... pull } }
    }
    ${PULL_REQUEST}`.replace('$key: String!, ', fields.length > 0 ? '$key: String!, ' : '');
    const text = [
      `"${issueKey}"`,
      'in:title,body',
      'is:pr',
      ...ownersOf(owners).map((owner) => `user:${owner}`),
      'sort:updated-desc',
    ].join(' ');
    return partial(() =>
      client(connection, 'read').graphql<Record<string, unknown>>(document, { key: issueKey, text }),
    );
  });
  if (!asked.ok) return asked;
  return answered(connection, async () => ({
    branches: repositories.flatMap((repository, index) => {
      const found = z
        .object({ refs: z.object({ nodes: branchNodes }) })
        .nullish()
        .parse(asked.value[`r${index}`]);
      return (found?.refs.nodes ?? [])
        .filter((node) => mentionsIssue(node.name, issueKey))
        .map((node) => ({ ...branchOf(node), repository }));
    }),
    pullRequests: z
      .object({ nodes: z.array(pullRequestNode) })
      .parse(asked.value['search'])
      .nodes.filter((node) => mentionsIssue(`${node.title} ${node.headRefName}`, issueKey))
      .map(pullRequestOf),
  }));
};

/** GraphQL gives what it has beside the errors of what it has not: a repository that is hidden or gone hides no other. */
async function partial(ask: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown>> {
  try {
    return await ask();
  } catch (thrown) {
    const known = z.object({ data: z.record(z.string(), z.unknown()), errors: z.array(z.unknown()) }).safeParse(thrown);
    if (!known.success || known.data.data['search'] == null) throw thrown;
    return known.data.data;
  }
}

function pullRequestOf(node: z.output<typeof pullRequestNode>): PullRequest {
  return {
    repository: node.repository.nameWithOwner,
    number: node.number,
    title: node.title,
    url: node.url,
    state: node.state === 'OPEN' ? (node.isDraft ? 'draft' : 'open') : node.state === 'MERGED' ? 'merged' : 'closed',
    source: node.headRefName,
    target: node.baseRefName,
    updatedAt: node.updatedAt,
    ...(node.author === null ? {} : { author: node.author.login }),
  };
}
