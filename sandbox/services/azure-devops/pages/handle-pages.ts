import { html } from 'local-forge/html';
import { lookOf } from '../../git-host/pages/look.ts';
import { homePage, repositoryRoutes, WORDS } from '../../git-host/pages/repository-pages.ts';
import type { Dialect } from '../../git-host/pages/repository-pages.ts';
import { createPages, visitOf } from '../../git-host/pages/site.ts';
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
    ...WORDS,
    sign: '!',
    states: { open: 'active', draft: 'draft', closed: 'abandoned', merged: 'completed' },
  },
  address: {
    repository: pathOf,
    branch: (repository, name) => `${pathOf(repository)}?version=GB${encodeURIComponent(name)}`,
    branchIn: ({ searchParams }) => /^GB(.*)$/s.exec(searchParams.get('version') ?? '')?.[1],
    pull: (repository, { id }) => `${pathOf(repository)}/pullrequest/${id}`,
  },
  numberOf: ({ id }) => id,
  about: ({ definition }) => definition.disabled && 'Disabled',
  states: () => [],
  mark: (repository, branch) => {
    const lockedBy = lockOf(repository, branch);
    return lockedBy !== undefined && `locked by ${lockedBy}`;
  },
  pulls: (repository) => settlePullRequests(service, repository),
  activity: ({ fullName }) => service.store.activity(fullName),
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
  ...repositoryRoutes(
    dialectOf,
    ({ catalogue }: AzureDevOps, { project = '', name = '' }) => {
      const inside = catalogue.project(project);
      return inside && catalogue.repository(inside, name);
    },
    { repository: '/:project/_git/:name', pull: '/:project/_git/:name/pullrequest/:number(\\d+)' },
  ),
  {
    path: '/:page+',
    show: (service, visit, { page }) =>
      service.edition.tokens && page === service.edition.tokenPage ? tokenPage(service, visit) : undefined,
  },
]);

/** The pages; `path` is the part after the organization or collection; undefined for another one. */
export function handlePages(service: AzureDevOps, request: Request, path: string | undefined): Promise<Response> {
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
}
