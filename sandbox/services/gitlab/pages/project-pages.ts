import { homePage, repositoryRoutes, WORDS } from '../../git-host/pages/repository-pages.ts';
import type { Dialect } from '../../git-host/pages/repository-pages.ts';
import type { PageRoute } from '../../git-host/pages/site.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import { encodePath } from '../../git-host/router.ts';
import { isProtected } from '../branches.ts';
import type { GitLab, Project } from '../context.ts';
import { ACTIONS } from '../store.ts';

const dialectOf = (gitlab: GitLab): Dialect<Project> => ({
  words: { ...WORDS, requests: 'Merge requests', sign: '!', did: ACTIONS },
  address: {
    repository: ({ fullName }) => fullName,
    branch: ({ fullName }, name) => `${fullName}/-/tree/${encodePath(name)}`,
    pull: ({ fullName }, { number }) => `${fullName}/-/merge_requests/${number}`,
    activity: ({ fullName }) => `${fullName}/activity`,
  },
  numberOf: ({ number }) => number,
  states: ({ definition }) => [
    ...(gitlab.readOnly ? ['GitLab is in maintenance mode: nothing can be written.'] : []),
    ...(definition.archived ? ['This is an archived project. It is read-only.'] : []),
    ...definition.formerPaths.map((path) => `It was at ${path} before.`),
    ...(definition.branchNamePattern === undefined ? [] : [`Push rule: names match ${definition.branchNamePattern}`]),
    ...(definition.hookSays === undefined ? [] : [`A hook refuses new branches: ${definition.hookSays}`]),
  ],
  mark: (project, branch) => isProtected(project, branch) && 'Protected',
  pulls: (project) => settlePullRequests(gitlab, project),
  activity: ({ fullName }) => gitlab.store.activity(fullName),
});

export const projectRoutes: readonly PageRoute<GitLab>[] = [
  {
    method: 'GET',
    path: '/',
    show: (gitlab, visit) =>
      homePage(visit, dialectOf(gitlab), { title: 'Projects', repositories: gitlab.catalogue.projects }),
  },
  ...repositoryRoutes(dialectOf, (gitlab, { project = '' }) => gitlab.catalogue.project(project), {
    repository: '/:project+{/}?',
    branch: '/:project+/-/tree/:branch+{/}?',
    pull: '/:project+/-/merge_requests/:number(\\d+){/}?',
    activity: '/:project+/activity{/}?',
  }),
];
