import { METADATA, partialResults, roleOf, visibleRepositories } from '../access.ts';
import { byLastChange } from '../search.ts';
import { callerOf, choice, get, page, repositoryFor } from './route.ts';
import type { Route } from './route.ts';
import { currentUser, repositoryShape, simpleUser } from './shapes.ts';

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
    query: ['sort', 'per_page', 'page'],
    async handle(call) {
      const { account } = callerOf(call);
      const sort = choice(call, 'sort', ['pushed', 'full_name'], 'full_name', 'Repository');
      const { repositories, withheld } = visibleRepositories(call.github, call.caller);
      const mine = repositories
        .filter((repository) => roleOf(repository, account) !== 'none')
        .sort(sort === 'pushed' ? byLastChange(call.github) : (a, b) => a.fullName.localeCompare(b.fullName));
      const { items, headers } = page(call, mine);
      const body = items.map((repository) => repositoryShape(call.github, repository, account));
      return { status: 200, body, headers: { ...headers, ...partialResults(withheld) } };
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
];
