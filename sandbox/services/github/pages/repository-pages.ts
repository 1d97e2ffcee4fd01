import { homePage, repositoryRoutes as routesOf, WORDS } from '../../git-host/pages/repository-pages.ts';
import type { Dialect } from '../../git-host/pages/repository-pages.ts';
import type { PageRoute } from '../../git-host/pages/site.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import { encodePath } from '../../git-host/router.ts';
import { isProtected } from '../branches.ts';
import type { GitHub, Repository } from '../context.ts';

const dialectOf = (github: GitHub): Dialect<Repository> => ({
  words: { ...WORDS, sign: '#' },
  address: {
    repository: ({ fullName }) => fullName,
    branch: ({ fullName }, name) => `${fullName}/tree/${encodePath(name)}`,
    pull: ({ fullName }, { number }) => `${fullName}/pull/${number}`,
    activity: ({ fullName }) => `${fullName}/activity`,
    compare: ({ fullName, definition }, name) =>
      `${fullName}/compare/${encodePath(definition.defaultBranch)}...${encodePath(name)}`,
  },
  numberOf: ({ number }) => number,
  states: ({ definition }) => [
    ...(definition.archived ? ['This repository was archived. It is read-only.'] : []),
    ...(definition.locked ? ['This repository is locked for migration.'] : []),
    ...(definition.drafts ? [] : ['The plan of this repository has no draft pull requests.']),
    ...(definition.branchNamePattern === undefined ? [] : [`Ruleset: names match ${definition.branchNamePattern}`]),
    ...(definition.signedCommits ? ['Ruleset: commits must be signed.'] : []),
    ...definition.restrictedBranches.map((pattern) => `Ruleset: nobody creates or deletes ${pattern}`),
  ],
  mark: (repository, branch) => isProtected(repository, branch) && 'Protected',
  pulls: (repository) => settlePullRequests(github, repository),
  activity: ({ fullName }) => github.store.activity(fullName),
});

export const repositoryRoutes: readonly PageRoute<GitHub>[] = [
  {
    method: 'GET',
    path: '/',
    show: (github, visit) =>
      homePage(visit, dialectOf(github), { title: 'Repositories', repositories: github.catalogue.repositories }),
  },
  ...routesOf(dialectOf, (github, { owner = '', name = '' }) => github.catalogue.repository(owner, name), {
    repository: '/:owner/:name',
    branch: '/:owner/:name/tree/:branch+',
    pull: '/:owner/:name/pull/:number(\\d+)',
    activity: '/:owner/:name/activity',
    compare: '/:owner/:name/compare/:range+',
  }),
];
