import {
  activityPage,
  branchPage,
  comparePage,
  homePage,
  pullPage,
  repositoryPage,
} from '../../git-host/pages/repository-pages.ts';
import type { Dialect } from '../../git-host/pages/repository-pages.ts';
import type { PageRoute, Visit } from '../../git-host/pages/site.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import { encodePath } from '../../git-host/router.ts';
import { isProtected } from '../branches.ts';
import type { GitHub, Repository } from '../context.ts';

const dialectOf = (github: GitHub): Dialect<Repository> => ({
  words: {
    requests: 'Pull requests',
    sign: '#',
    states: { open: 'Open', draft: 'Draft', closed: 'Closed', merged: 'Merged' },
    did: {
      branch_creation: 'created',
      branch_deletion: 'deleted',
      push: 'pushed to',
      force_push: 'force-pushed to',
      opened: 'opened',
    },
  },
  address: {
    repository: ({ fullName }) => fullName,
    branch: ({ fullName }, name) => `${fullName}/tree/${encodePath(name)}`,
    pull: ({ fullName }, { number }) => `${fullName}/pull/${number}`,
    activity: ({ fullName }) => `${fullName}/activity`,
    compare: ({ fullName, definition }, name) =>
      `${fullName}/compare/${encodePath(definition.defaultBranch)}...${encodePath(name)}`,
  },
  numberOf: ({ number }) => number,
  about: ({ definition }) => [
    definition.description,
    `${definition.private ? 'Private' : 'Public'}${definition.archived ? ', archived' : ''}`,
  ],
  states: ({ definition }) => [
    ...(definition.description === '' ? [] : [definition.description]),
    ...(definition.archived ? ['This repository was archived. It is read-only.'] : []),
    ...(definition.locked ? ['This repository is locked for migration.'] : []),
    ...(definition.drafts ? [] : ['The plan of this repository has no draft pull requests.']),
    ...(definition.branchNamePattern === undefined ? [] : [`Ruleset: names match ${definition.branchNamePattern}`]),
    ...(definition.signedCommits ? ['Ruleset: commits must be signed.'] : []),
    ...definition.restrictedBranches.map((pattern) => `Ruleset: nobody creates or deletes ${pattern}`),
  ],
  marks: (repository, branch) => [isProtected(repository, branch) && 'Protected'],
  pulls: (repository) => settlePullRequests(github, repository),
  activity: ({ fullName }) => github.store.activity(fullName),
});

type Show = (
  visit: Visit,
  dialect: Dialect<Repository>,
  repository: Repository,
  params: Readonly<Record<string, string>>,
) => Response | Promise<Response>;

const under = (path: string, show: Show): PageRoute<GitHub> => ({
  method: 'GET',
  path: `/:owner/:name${path}`,
  show(github, visit, params) {
    const repository = github.catalogue.repository(params['owner'] ?? '', params['name'] ?? '');
    return repository && show(visit, dialectOf(github), repository, params);
  },
});

export const repositoryRoutes: readonly PageRoute<GitHub>[] = [
  {
    method: 'GET',
    path: '/',
    show: (github, visit) =>
      homePage(visit, dialectOf(github), { title: 'Repositories', repositories: github.catalogue.repositories }),
  },
  under('', repositoryPage),
  under('/activity', activityPage),
  under('/tree/:branch+', (visit, dialect, one, { branch = '' }) => branchPage(visit, dialect, one, branch)),
  under('/pull/:number(\\d+)', (visit, dialect, one, { number }) => pullPage(visit, dialect, one, Number(number))),
  under('/compare/:range+', (visit, dialect, one, { range = '' }) =>
    comparePage(visit, dialect, one, range.split('...')),
  ),
];
