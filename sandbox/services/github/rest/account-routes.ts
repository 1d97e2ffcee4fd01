import { METADATA, partialResults, roleOf, visibleRepositories } from '../access.ts';
import type { Repository } from '../context.ts';
import { rateStatus } from '../rate-limits.ts';
import type { RateResource } from '../rate-limits.ts';
import {
  ISSUE_QUALIFIERS,
  REPOSITORY_QUALIFIERS,
  SearchNotModelled,
  asksForNothingVisible,
  byLastChange,
  parseQuery,
  searchPullRequests,
  searchRepositories,
} from '../search.ts';
import type { Query } from '../search.ts';
import { Refusal, notModelled, validationFailed } from './answer.ts';
import { pullShape } from './pull-shapes.ts';
import { callerOf, choice, get, page, repositoryFor } from './route.ts';
import type { RestCall, Route } from './route.ts';
import { currentUser, repositoryShape, repositoryUrl, simpleUser } from './shapes.ts';

const AFFILIATIONS = ['owner', 'collaborator', 'organization_member'] as const;

function affiliation(repository: Repository, login: string): (typeof AFFILIATIONS)[number] {
  if (repository.owner.login === login) return 'owner';
  const { owner } = repository;
  return owner.type === 'Organization' && owner.members.includes(login) ? 'organization_member' : 'collaborator';
}

function readQuery(call: RestCall, known: readonly string[]): Query {
  const text = call.query.get('q') ?? '';
  if (text.trim() === '') throw validationFailed([{ resource: 'Search', field: 'q', code: 'missing' }]);
  const query = parseQuery(text, known);
  if (asksForNothingVisible(call.github, call.caller, query)) {
    const message =
      'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.';
    throw validationFailed([{ message, resource: 'Search', field: 'q', code: 'invalid' }]);
  }
  return query;
}

/** Runs a search. A term that is not modelled becomes the refusal that names it. */
async function searching<T>(search: () => T | Promise<T>): Promise<T> {
  try {
    return await search();
  } catch (error) {
    throw error instanceof SearchNotModelled ? notModelled(error.message) : error;
  }
}

export const accountRoutes: readonly Route[] = [
  {
    ...get('/user', 'users/users#get-the-authenticated-user'),
    async handle(call) {
      const { account, token } = callerOf(call);
      const isPrivate = token.kind === 'fine-grained' || token.scopes.some((scope) => /^(user|read:user)$/.test(scope));
      return { status: 200, body: currentUser(call.github, account, isPrivate) };
    },
  },
  {
    ...get('/user/repos', 'repos/repos#list-repositories-for-the-authenticated-user', 'metadata=read'),
    query: ['affiliation', 'visibility', 'type', 'sort', 'direction', 'per_page', 'page'],
    async handle(call) {
      const { account } = callerOf(call);
      if (call.query.has('type')) {
        if (call.query.has('affiliation') || call.query.has('visibility')) {
          throw validationFailed([{ resource: 'Repository', field: 'type', code: 'invalid' }]);
        }
        throw notModelled("the query parameter 'type' of this call");
      }
      const wanted = (call.query.get('affiliation') ?? AFFILIATIONS.join(',')).split(',');
      const visibility = choice(call, 'visibility', ['all', 'public', 'private'], 'all', 'Repository');
      const sort = choice(call, 'sort', ['created', 'updated', 'pushed', 'full_name'], 'full_name', 'Repository');
      const direction = choice(call, 'direction', ['asc', 'desc'], sort === 'full_name' ? 'asc' : 'desc', 'Repository');
      const { repositories, withheld } = visibleRepositories(call.github, call.caller);
      const mine = repositories
        .filter((repository) => roleOf(repository, account) !== 'none')
        .filter((repository) => wanted.includes(affiliation(repository, account.login)))
        .filter(({ definition }) => visibility === 'all' || definition.private === (visibility === 'private'));
      const newestFirst = sort === 'created' ? mine.sort((a, b) => b.id - a.id) : mine.sort(byLastChange(call.github));
      const sorted = sort === 'full_name' ? mine.sort((a, b) => b.fullName.localeCompare(a.fullName)) : newestFirst;
      const { items, headers } = page(call, direction === 'desc' ? sorted : sorted.reverse());
      const body = items.map((repository) => repositoryShape(call.github, repository, account));
      return { status: 200, body, headers: { ...headers, ...partialResults(withheld) } };
    },
  },
  {
    ...get('/search/repositories', 'search/search#search-repositories', 'metadata=read'),
    query: ['q', 'sort', 'order', 'per_page', 'page'],
    async handle(call) {
      choice(call, 'sort', ['updated'], 'updated');
      const order = choice(call, 'order', ['asc', 'desc'], 'desc');
      const query = await searching(() => readQuery(call, REPOSITORY_QUALIFIERS));
      const found = await searching(() => searchRepositories(call.github, call.caller, query));
      const { items, headers } = page(call, order === 'desc' ? found.items : found.items.toReversed());
      const shapes = items.map((one) => ({ ...repositoryShape(call.github, one, call.caller?.account), score: 1 }));
      const body = { total_count: found.items.length, incomplete_results: false, items: shapes };
      return { status: 200, body, headers: { ...headers, ...partialResults(found.withheld) } };
    },
  },
  {
    ...get('/search/issues', 'search/search#search-issues-and-pull-requests', 'issues=read,pull_requests=read'),
    query: ['q', 'sort', 'order', 'per_page', 'page', 'advanced_search'],
    async handle(call) {
      const sort = choice(call, 'sort', ['created', 'updated'], 'created');
      const order = choice(call, 'order', ['asc', 'desc'], 'desc');
      const query = await searching(() => readQuery(call, ISSUE_QUALIFIERS));
      if (!query.qualifiers.has('sort')) query.qualifiers.set('sort', [`${sort}-${order}`]);
      const found = await searching(() => searchPullRequests(call.github, call.caller, query));
      const { items, headers } = page(call, found.items);
      const shapes = items.map(({ repository, pull }) => {
        const shape = pullShape(call.github, repository, pull, call.caller?.account);
        const issue = shape.issue_url;
        return {
          url: issue,
          repository_url: repositoryUrl(call.github, repository),
          labels_url: `${issue}/labels{/name}`,
          comments_url: `${issue}/comments`,
          events_url: `${issue}/events`,
          html_url: shape.html_url,
          id: shape.id,
          node_id: shape.node_id,
          number: shape.number,
          title: shape.title,
          user: shape.user,
          labels: [],
          state: shape.state,
          locked: false,
          assignee: null,
          assignees: [],
          milestone: null,
          comments: 0,
          created_at: shape.created_at,
          updated_at: shape.updated_at,
          closed_at: shape.closed_at,
          author_association: shape.author_association,
          draft: shape.draft,
          pull_request: {
            url: shape.url,
            html_url: shape.html_url,
            diff_url: shape.diff_url,
            patch_url: shape.patch_url,
            merged_at: shape.merged_at,
          },
          body: shape.body,
          score: 1,
        };
      });
      const body = {
        total_count: found.items.length,
        incomplete_results: false,
        search_type: 'lexical',
        items: shapes,
      };
      return { status: 200, body, headers: { ...headers, ...partialResults(found.withheld) } };
    },
  },
  {
    ...get('/repos/:owner/:repo', 'repos/repos#get-a-repository', 'metadata=read'),
    async handle(call) {
      const repository = repositoryFor(call, METADATA);
      const { owner } = repository;
      const body = {
        ...repositoryShape(call.github, repository, call.caller?.account),
        ...(owner.type === 'Organization' ? { organization: simpleUser(call.github, owner) } : {}),
        network_count: 0,
        subscribers_count: 0,
      };
      return { status: 200, body };
    },
  },
  {
    ...get('/meta', 'meta/meta#get-apiname-meta-information'),
    handle: async ({ github: { version } }) => ({
      status: 200,
      body: {
        verifiable_password_authentication: version !== undefined,
        ...(version === undefined ? {} : { installed_version: version }),
      },
    }),
  },
  {
    ...get('/rate_limit', 'rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user'),
    async handle(call) {
      if (!call.github.hasRateLimits) throw new Refusal(404, 'Rate limiting is not enabled.');
      const now = (resource: RateResource) => {
        const { resource: _resource, ...rate } = rateStatus(call.github, call.caller, resource);
        return rate;
      };
      const resources = { core: now('core'), search: now('search'), graphql: now('graphql') };
      return { status: 200, body: { resources, rate: resources.core } };
    },
  },
];
