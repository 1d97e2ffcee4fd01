import type { GitRef } from '../../git/bare-repository.ts';
import { METADATA, accessTo, organizationRefusal, roleOf } from '../access.ts';
import type { Need } from '../access.ts';
import type { GitHub, Organization, Owner, Repository } from '../context.ts';
import type { Caller } from '../credentials.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import { rateStatus } from '../rate-limits.ts';
import { templatesOf } from '../templates.ts';
import { nodeId, pushedAt, timestamp } from '../rest/shapes.ts';
import {
  ISSUE_QUALIFIERS,
  REPOSITORY_QUALIFIERS,
  SearchNotModelled,
  parseQuery,
  searchPullRequests,
  searchRepositories,
} from '../search.ts';
import type { Found } from '../search.ts';
import type { PullRequest } from '../../git-host/store.ts';
import { connection, graphqlError } from './connections.ts';
import type { PageArguments } from './connections.ts';

/** One GraphQL request: its caller, and the headers of its answer. */
export type GraphqlRun = {
  github: GitHub;
  caller: Caller;
  headers: Record<string, string>;
  withheld: Set<Organization>;
};

const READ_CODE: Need = { area: 'contents', right: 'read' };
const READ_PULLS: Need = { area: 'pull_requests', right: 'read' };
const NOT_ACCESSIBLE = 'Resource not accessible by personal access token';

/**
 * A classic token sees the organizations of the viewer only with an `org` scope; one error fails the whole query.
 * Source: the message and its cause as in name-your-contributors issue 72; the owner of a repository needs no scope.
 */
function needOrganizationScope({ token }: Caller): void {
  if (token.kind !== 'classic' || token.scopes.some((scope) => /^(read|write|admin):org$/.test(scope))) return;
  const granted = token.scopes.map((scope) => `'${scope}'`).join(', ');
  throw graphqlError(
    'INSUFFICIENT_SCOPES',
    `Your token has not been granted the required scopes to execute this query. The 'login' field requires one of the following scopes: ['read:org'], but your token has only been granted the: [${granted}] scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`,
  );
}

const ownerNode = (run: GraphqlRun, owner: Owner) => ({
  __typename: owner.type,
  id: nodeId(owner.type === 'User' ? 'U' : 'O', owner.id),
  login: owner.login,
  name: owner.type === 'User' ? owner.name : undefined,
  url: `${run.github.webUrl}/${owner.login}`,
  organizations: (args: PageArguments) => {
    needOrganizationScope(run.caller);
    const mine = run.github.catalogue.organizations.filter(({ members }) => members.includes(owner.login));
    return connection(
      'organizations',
      mine.map((organization) => ownerNode(run, organization)),
      args,
    );
  },
});

function commitNode(repository: Repository, sha: string) {
  const commit = async () => (await repository.git.commits(sha, undefined, 1))[0];
  return {
    __typename: 'Commit',
    oid: sha,
    id: nodeId('C', `${repository.id}:${sha}`),
    author: async () => ({ name: (await commit())?.author }),
    authoredDate: async () => (await commit())?.date,
    messageHeadline: async () => (await commit())?.subject,
  };
}

const refNode = (run: GraphqlRun, repository: Repository, ref: GitRef, prefix: string) => ({
  id: nodeId('REF', `${repository.id}:${ref.name}`),
  name: ref.name.slice(prefix.length),
  prefix,
  // Pull requests whose head is the branch.
  associatedPullRequests: async (args: PageArguments & { states?: readonly string[] | null }) => {
    if (accessTo(repository, run.caller, READ_PULLS).kind !== 'allowed')
      throw graphqlError('FORBIDDEN', NOT_ACCESSIBLE);
    const pulls = (await settlePullRequests(run.github, repository))
      .filter((pull) => `refs/heads/${pull.source}` === ref.name)
      .filter((pull) => !args.states || args.states.includes(STATES[pull.state]));
    return connection(
      'associatedPullRequests',
      pulls.map((pull) => pullNode(run, repository, pull)),
      args,
    );
  },
  target: () => {
    if (ref.type === 'commit') return commitNode(repository, ref.sha);
    throw graphqlError('NOT_MODELLED', `Not modelled by the simulated GitHub: a ref to a ${ref.type}`);
  },
});

const STATES = { open: 'OPEN', closed: 'CLOSED', merged: 'MERGED' } as const;

function pullNode(run: GraphqlRun, repository: Repository, pull: PullRequest) {
  const author = run.github.catalogue.account(pull.author);
  return {
    __typename: 'PullRequest',
    author: author ? ownerNode(run, author) : null,
    baseRefName: pull.target,
    body: pull.body ?? '',
    createdAt: timestamp(pull.createdAt),
    headRefName: pull.source,
    id: nodeId('PR', pull.id),
    isDraft: pull.draft,
    mergedAt: pull.state === 'merged' && pull.closedAt !== undefined ? timestamp(pull.closedAt) : null,
    number: pull.number,
    repository: () => repositoryNode(run, repository),
    state: STATES[pull.state],
    title: pull.title,
    updatedAt: timestamp(pull.updatedAt),
    url: `${run.github.webUrl}/${repository.fullName}/pull/${pull.number}`,
  };
}

type RefArguments = PageArguments & {
  refPrefix: string;
  query?: string | null;
  orderBy?: { field: string; direction: 'ASC' | 'DESC' } | null;
};
type PullArguments = PageArguments & {
  headRefName?: string | null;
  baseRefName?: string | null;
  states?: readonly string[] | null;
  orderBy?: { field: string; direction: 'ASC' | 'DESC' } | null;
};

const VIEWER_PERMISSION = { none: 'READ', read: 'READ', write: 'WRITE', admin: 'ADMIN' } as const;

function repositoryNode(run: GraphqlRun, repository: Repository) {
  const { github, caller } = run;
  const { definition, fullName } = repository;
  /** A fine-grained token without the permission gets null and this error; the rest of the answer does not change. */
  const need = (wanted: Need): void => {
    if (accessTo(repository, caller, wanted).kind !== 'allowed') throw graphqlError('FORBIDDEN', NOT_ACCESSIBLE);
  };
  const findRef = async (name: string, prefix: string) => {
    need(READ_CODE);
    const ref = await repository.git.ref(name);
    return ref ? refNode(run, repository, ref, prefix) : null;
  };
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    name: definition.name,
    nameWithOwner: fullName,
    description: definition.description === '' ? null : definition.description,
    url: `${github.webUrl}/${fullName}`,
    isArchived: definition.archived,
    isPrivate: definition.private,
    isEmpty: () => repository.git.isEmpty(),
    owner: ownerNode(run, repository.owner),
    updatedAt: pushedAt(github, repository),
    viewerPermission: VIEWER_PERMISSION[roleOf(repository, caller.account)],
    defaultBranchRef: () => findRef(`refs/heads/${definition.defaultBranch}`, 'refs/heads/'),
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      const name = qualifiedName.startsWith('refs/') ? qualifiedName : `refs/heads/${qualifiedName}`;
      return findRef(name, /^refs\/[^/]+\//.exec(name)?.[0] ?? '');
    },
    // Assumption: `query` is contained in the name, upper and lower case alike.
    refs: async (args: RefArguments) => {
      need(READ_CODE);
      const prefix = args.refPrefix.endsWith('/') ? args.refPrefix : `${args.refPrefix}/`;
      if (args.orderBy && args.orderBy.field !== 'ALPHABETICAL') {
        throw graphqlError('NOT_MODELLED', 'Not modelled by the simulated GitHub: refs by TAG_COMMIT_DATE');
      }
      const wanted = (args.query ?? '').toLowerCase();
      const refs = (await repository.git.refs(prefix)).filter(({ name }) =>
        name.slice(prefix.length).toLowerCase().includes(wanted),
      );
      if (args.orderBy?.direction === 'DESC') refs.reverse();
      const page = connection('refs', refs, args);
      return { ...page, nodes: page.nodes.map((ref) => refNode(run, repository, ref, prefix)) };
    },
    // Labels by name; another order is not modelled.
    labels: (args: PageArguments) =>
      connection(
        'labels',
        [...definition.labels].sort().map((name) => ({ id: nodeId('LA', `${repository.id}:${name}`), name })),
        args,
      ),
    // `refs/heads/main:path` alone, of all that git would take.
    object: async ({ expression }: { expression?: string | null }) => {
      need(READ_CODE);
      const [, ref = '', path = ''] = /^(refs\/heads\/[^:]+):(.+)$/.exec(expression ?? '') ?? [];
      if (ref === '') throw graphqlError('NOT_MODELLED', 'Not modelled by the simulated GitHub: this expression');
      const [commit, text] = await Promise.all([repository.git.ref(ref), repository.git.text(ref, path)]);
      if (commit === undefined || text === undefined) return null;
      return { __typename: 'Blob', oid: commit.sha, id: nodeId('B', commit.sha), text };
    },
    pullRequestTemplates: () => {
      need(READ_CODE);
      return templatesOf(github, repository);
    },
    // Assumption: `query` is contained in the login or the name, upper and lower case alike.
    assignableUsers: (args: PageArguments & { query?: string | null }) => {
      const wanted = (args.query ?? '').toLowerCase();
      const people = github.catalogue.accounts
        .filter((account) => roleOf(repository, account) !== 'none')
        .filter(({ login, name }) => `${login} ${name}`.toLowerCase().includes(wanted));
      return connection(
        'assignableUsers',
        people.map((account) => ownerNode(run, account)),
        args,
      );
    },
    pullRequest: async ({ number }: { number: number }) => {
      need(READ_PULLS);
      const pull = (await settlePullRequests(github, repository)).find((one) => one.number === number);
      if (pull) return pullNode(run, repository, pull);
      throw graphqlError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
    },
    pullRequests: async (args: PullArguments) => {
      need(READ_PULLS);
      if (args.orderBy?.field === 'COMMENTS') {
        throw graphqlError('NOT_MODELLED', 'Not modelled by the simulated GitHub: pull requests by COMMENTS');
      }
      const key = args.orderBy?.field === 'UPDATED_AT' ? 'updatedAt' : 'createdAt';
      const pulls = (await settlePullRequests(github, repository))
        .filter((pull) => !args.headRefName || pull.source === args.headRefName)
        .filter((pull) => !args.baseRefName || pull.target === args.baseRefName)
        .filter((pull) => !args.states || args.states.includes(STATES[pull.state]))
        .sort((a, b) => a[key].localeCompare(b[key]) || a.number - b.number);
      if (args.orderBy?.direction === 'DESC') pulls.reverse();
      return connection(
        'pullRequests',
        pulls.map((pull) => pullNode(run, repository, pull)),
        args,
      );
    },
  };
}

async function searching<T>(run: GraphqlRun, search: () => Found<T> | Promise<Found<T>>): Promise<Found<T>> {
  try {
    const found = await search();
    for (const organization of found.withheld) run.withheld.add(organization);
    return found;
  } catch (error) {
    if (!(error instanceof SearchNotModelled)) throw error;
    throw graphqlError('NOT_MODELLED', `Not modelled by the simulated GitHub: ${error.message}`);
  }
}

/** The root of an answer: the values of `Query`'s fields for this caller. */
export const rootValue = (run: GraphqlRun) => ({
  viewer: () => ownerNode(run, run.caller.account),
  rateLimit: () => {
    const { limit, remaining, used } = rateStatus(run.github, run.caller, 'graphql');
    return { cost: 1, limit, remaining, used };
  },
  repository: ({ owner, name, followRenames }: { owner: string; name: string; followRenames: boolean }) => {
    const { catalogue } = run.github;
    const repository =
      catalogue.repository(owner, name) ?? (followRenames ? catalogue.renamed(owner, name) : undefined);
    const access = repository && accessTo(repository, run.caller, METADATA);
    if (repository && access?.kind === 'allowed') return repositoryNode(run, repository);
    if (repository && access?.kind === 'organization') {
      const said = organizationRefusal(run.github, run.caller, access.organization, access.rule);
      Object.assign(run.headers, said.headers);
      throw graphqlError('FORBIDDEN', said.message, access.rule === 'sso' ? { saml_failure: true } : {});
    }
    throw graphqlError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  },
  search: async (args: PageArguments & { query: string; type: 'REPOSITORY' | 'ISSUE' }) => {
    if (args.type === 'REPOSITORY') {
      const found = await searching(run, () =>
        searchRepositories(run.github, run.caller, parseQuery(args.query, REPOSITORY_QUALIFIERS)),
      );
      const page = connection('search', found.items, args);
      // A repository that a rule hides is null, with an error whose path says where: at the end of the first page.
      const withheld = args.after ? [] : (found.hiddenByRule ?? []);
      const nodes = [
        ...page.nodes.map((repository) => repositoryNode(run, repository)),
        ...withheld.map(({ rule, organization }) =>
          graphqlError('FORBIDDEN', organizationRefusal(run.github, run.caller, organization, rule).message),
        ),
      ];
      return { ...page, nodes, repositoryCount: page.totalCount, issueCount: 0 };
    }
    const found = await searching(run, () =>
      searchPullRequests(run.github, run.caller, parseQuery(args.query, ISSUE_QUALIFIERS)),
    );
    const page = connection(
      'search',
      found.items.map(({ repository, pull }) => pullNode(run, repository, pull)),
      args,
    );
    return { ...page, issueCount: page.totalCount, repositoryCount: 0 };
  },
});
