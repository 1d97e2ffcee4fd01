import { html } from 'local-forge/html';
import { lookOf } from '../../git-host/pages/look.ts';
import { branchPage, homePage, pullPage, repositoryPage } from '../../git-host/pages/repository-pages.ts';
import type { Dialect } from '../../git-host/pages/repository-pages.ts';
import { createPages, visitOf } from '../../git-host/pages/site.ts';
import type { PageRoute, Visit } from '../../git-host/pages/site.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import { lockOf } from '../branches.ts';
import type { AzureDevOps, Repository } from '../context.ts';
import { tokenPage } from './token-page.ts';

const LOOK = lookOf({
  light: { ink: '#1b1a19', paper: '#fff', link: '#005a9e', go: '#0078d4' },
  dark: { ink: '#f3f2f1', paper: '#1b1a19', link: '#6cb8f6', go: '#0078d4' },
  edge: '3px solid #0078d4',
});

const pathOf = ({ project, definition }: Repository): string =>
  `${encodeURIComponent(project.name)}/_git/${encodeURIComponent(definition.name)}`;

const dialectOf = (service: AzureDevOps): Dialect<Repository> => ({
  words: {
    requests: 'Pull requests',
    sign: '!',
    states: { open: 'active', draft: 'draft', closed: 'abandoned', merged: 'completed' },
    did: {
      branch_creation: 'created',
      branch_deletion: 'deleted',
      push: 'pushed',
      force_push: 'pushed',
      opened: 'opened',
    },
  },
  address: {
    repository: pathOf,
    branch: (repository, name) => `${pathOf(repository)}?version=GB${encodeURIComponent(name)}`,
    pull: (repository, { id }) => `${pathOf(repository)}/pullrequest/${id}`,
  },
  numberOf: ({ id }) => id,
  about: ({ definition }) => [definition.disabled && 'Disabled'],
  states: () => [],
  marks: (repository, branch) => {
    const lockedBy = lockOf(repository, branch);
    return [lockedBy !== undefined && `locked by ${lockedBy}`];
  },
  pulls: (repository) => settlePullRequests(service, repository),
  activity: ({ fullName }) => service.store.activity(fullName),
});

type Show = (
  visit: Visit,
  dialect: Dialect<Repository>,
  repository: Repository,
  params: Readonly<Record<string, string>>,
) => Promise<Response>;

const under = (path: string, show: Show): PageRoute<AzureDevOps> => ({
  method: 'GET',
  path: `/:project/_git/:name${path}`,
  show(service, visit, params) {
    const project = service.catalogue.project(params['project'] ?? '');
    const repository = project && service.catalogue.repository(project, params['name'] ?? '');
    return repository && show(visit, dialectOf(service), repository, params);
  },
});

const pages = createPages<AzureDevOps>([
  {
    method: 'GET',
    path: '/',
    show: (service, visit) =>
      homePage(visit, dialectOf(service), {
        title: 'Repositories',
        repositories: service.catalogue.repositories,
        more: html`${service.catalogue.accounts
          .filter(({ neverSignedIn }) => neverSignedIn)
          .map(({ name }) => html`<p class="note">${name} has never signed in with a browser.</p>`)}
        ${service.catalogue.accounts
          .filter(({ directorySays }) => directorySays !== undefined)
          .map(
            ({ name, directorySays }) => html`<p class="note">The directory turns ${name} away: ${directorySays}</p>`,
          )}`,
      }),
  },
  under('', (visit, dialect, repository) => {
    const version = visit.url.searchParams.get('version');
    return version?.startsWith('GB')
      ? branchPage(visit, dialect, repository, version.slice(2))
      : repositoryPage(visit, dialect, repository);
  }),
  under('/pullrequest/:number(\\d+)', (visit, dialect, one, { number }) =>
    pullPage(visit, dialect, one, Number(number)),
  ),
  {
    path: '/:page+',
    show: (service, visit, { page }) =>
      service.edition.tokens && page === service.edition.tokenPage ? tokenPage(service, visit) : undefined,
  },
]);

/** The pages; `path` is what follows the organization or collection, undefined for another one's. */
export const handlePages = (service: AzureDevOps, request: Request, path: string | undefined): Promise<Response> => {
  const { edition, baseUrl, basePath, collection } = service;
  const { pathname, hostname } = new URL(request.url);
  const site = {
    look: LOOK,
    name: edition.hosted ? 'Azure DevOps' : `Azure DevOps (${edition.id})`,
    note: collection,
    base: `https://${hostname}` === new URL(baseUrl).origin ? basePath : '',
    links: [['', 'Repositories'], ...(edition.tokens ? [[edition.tokenPage, 'Personal access tokens'] as const] : [])],
  } as const;
  return pages(service, visitOf(site, request), path ?? (pathname === '/' ? '/' : '/-'));
};
