import { activityPage, branchPage, homePage, pullPage, repositoryPage } from '../../git-host/pages/repository-pages.ts';
import type { Dialect } from '../../git-host/pages/repository-pages.ts';
import type { PageRoute, Visit } from '../../git-host/pages/site.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import { encodePath } from '../../git-host/router.ts';
import { isProtected } from '../branches.ts';
import type { GitLab, Project } from '../context.ts';
import { ACTIONS } from '../store.ts';

const dialectOf = (gitlab: GitLab): Dialect<Project> => ({
  words: {
    requests: 'Merge requests',
    sign: '!',
    states: { open: 'Open', draft: 'Draft', closed: 'Closed', merged: 'Merged' },
    did: ACTIONS,
  },
  address: {
    repository: ({ fullName }) => fullName,
    branch: ({ fullName }, name) => `${fullName}/-/tree/${encodePath(name)}`,
    pull: ({ fullName }, { number }) => `${fullName}/-/merge_requests/${number}`,
    activity: ({ fullName }) => `${fullName}/activity`,
  },
  numberOf: ({ number }) => number,
  about: ({ definition }) => [
    definition.description,
    `${definition.private ? 'Private' : 'Public'}${definition.archived ? ', archived' : ''}`,
  ],
  states: ({ definition }) => [
    ...(definition.description === '' ? [] : [definition.description]),
    ...(gitlab.readOnly ? ['GitLab is in maintenance mode: nothing can be written.'] : []),
    ...(definition.archived ? ['This is an archived project. It is read-only.'] : []),
    ...definition.formerPaths.map((path) => `It was at ${path} before.`),
    ...(definition.branchNamePattern === undefined ? [] : [`Push rule: names match ${definition.branchNamePattern}`]),
    ...(definition.hookSays === undefined ? [] : [`A hook refuses new branches: ${definition.hookSays}`]),
  ],
  marks: (project, branch) => [isProtected(project, branch) && 'Protected'],
  pulls: (project) => settlePullRequests(gitlab, project),
  activity: ({ fullName }) => gitlab.store.activity(fullName),
});

type Show = (
  visit: Visit,
  dialect: Dialect<Project>,
  project: Project,
  params: Readonly<Record<string, string>>,
) => Response | Promise<Response>;

const under = (path: string, show: Show): PageRoute<GitLab> => ({
  method: 'GET',
  path: `/:project+${path}{/}?`,
  show(gitlab, visit, params) {
    const project = gitlab.catalogue.project(params['project'] ?? '');
    return project && show(visit, dialectOf(gitlab), project, params);
  },
});

export const projectRoutes: readonly PageRoute<GitLab>[] = [
  {
    method: 'GET',
    path: '/',
    show: (gitlab, visit) =>
      homePage(visit, dialectOf(gitlab), { title: 'Projects', repositories: gitlab.catalogue.projects }),
  },
  under('/-/tree/:branch+', (visit, dialect, one, { branch = '' }) => branchPage(visit, dialect, one, branch)),
  under('/-/merge_requests/:number(\\d+)', (visit, dialect, one, { number }) =>
    pullPage(visit, dialect, one, Number(number)),
  ),
  under('/activity', activityPage),
  under('', repositoryPage),
];
