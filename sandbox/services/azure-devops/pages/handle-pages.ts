import { html, type Html } from 'local-forge/html';
import { branchName, branchesOf, branchOf, lockOf } from '../branches.ts';
import type { AzureDevOps, Repository } from '../context.ts';
import { settlePullRequests } from '../pull-requests.ts';
import { linksFrom, pageResponse } from './page.ts';
import type { Links } from './page.ts';
import { tokenPage } from './token-page.ts';

const notFound = (service: AzureDevOps, to: Links, path: string): Response =>
  pageResponse(service, to, 'Page not found', html`<p>There is nothing at <code>${path}</code>.</p>`, 404);

const pathOf = ({ project, definition }: Repository): string =>
  `${encodeURIComponent(project.name)}/_git/${encodeURIComponent(definition.name)}`;

const table = (rows: readonly Html[], none: string): Html =>
  rows.length === 0
    ? html`<p>${none}</p>`
    : html`<table>
        <tbody>
          ${rows}
        </tbody>
      </table>`;

const homePage = (service: AzureDevOps, to: Links): Response =>
  pageResponse(
    service,
    to,
    'Repositories',
    html`${table(
      service.catalogue.repositories.map(
        (repository) =>
          html`<tr>
            <td><a href="${to(pathOf(repository))}">${repository.fullName}</a></td>
            <td>${repository.definition.disabled && 'Disabled'}</td>
          </tr>`,
      ),
      'There are no repositories.',
    )}
    ${service.catalogue.accounts
      .filter(({ neverSignedIn }) => neverSignedIn)
      .map(({ name }) => html`<p class="note">${name} has never signed in with a browser.</p>`)}`,
  );

/** Branches with who made them, pull requests, and the log of who did what. */
const repositoryPage = async (service: AzureDevOps, to: Links, repository: Repository): Promise<Response> => {
  const activity = service.store.activity(repository.fullName);
  const creators = new Map(
    activity.filter(({ type }) => type === 'created').map(({ branch, actor }) => [branch, actor]),
  );
  const branches = (await branchesOf(repository)).map(({ name: ref, sha }) => {
    const name = branchName(ref);
    const creator = creators.get(name);
    const lockedBy = lockOf(repository, name);
    return html`<tr>
      <td><a href="${to(`${pathOf(repository)}?version=GB${encodeURIComponent(name)}`)}">${name}</a></td>
      <td><code>${sha.slice(0, 8)}</code></td>
      <td>
        ${name === repository.definition.defaultBranch && 'Default '}${lockedBy !== undefined && `locked by ${lockedBy} `}
        ${creator !== undefined && `created by ${creator}`}
      </td>
    </tr>`;
  });
  const pulls = (await settlePullRequests(service, repository)).map(
    (pull) =>
      html`<tr>
        <td><a href="${to(`${pathOf(repository)}/pullrequest/${pull.id}`)}">!${pull.id} ${pull.title}</a></td>
        <td>${pull.status === 'active' && pull.draft ? 'draft' : pull.status}</td>
        <td><code>${pull.source}</code> into <code>${pull.target}</code></td>
        <td>by ${pull.author}</td>
      </tr>`,
  );
  const log = activity.map(
    ({ actor, type, branch, at }) =>
      html`<tr>
        <td><strong>${actor}</strong></td>
        <td>${type} <code>${branch}</code></td>
        <td>${at}</td>
      </tr>`,
  );
  return pageResponse(
    service,
    to,
    repository.fullName,
    html`<h2>Branches</h2>
      ${table(branches, 'This repository is empty.')}
      <h2>Pull requests</h2>
      ${table(pulls, 'There are no pull requests.')}
      <h2>Activity</h2>
      ${table(log, 'Nothing has happened yet.')}`,
  );
};

const commitsPage = async (
  service: AzureDevOps,
  to: Links,
  title: string,
  repository: Repository,
  commit: string,
  about?: Html,
): Promise<Response> => {
  const commits = await repository.git.commits(commit, undefined, 20);
  return pageResponse(
    service,
    to,
    title,
    html`<p><a href="${to(pathOf(repository))}">${repository.fullName}</a></p>
      ${about}
      ${table(
        commits.map(
          ({ sha, subject, author }) =>
            html`<tr>
              <td><code>${sha.slice(0, 8)}</code></td>
              <td>${subject}</td>
              <td>${author}</td>
            </tr>`,
        ),
        'There are no commits.',
      )}`,
  );
};

const repositoryPages = async (
  service: AzureDevOps,
  to: Links,
  url: URL,
  repository: Repository,
  rest: string,
): Promise<Response> => {
  const version = url.searchParams.get('version');
  if (rest === '' && version?.startsWith('GB')) {
    const branch = await branchOf(repository, version.slice(2));
    if (branch === undefined) return notFound(service, to, `${url.pathname}${url.search}`);
    return commitsPage(service, to, `${repository.fullName}: ${version.slice(2)}`, repository, branch.sha);
  }
  if (rest === '') return repositoryPage(service, to, repository);
  const [, number] = /^\/pullrequest\/(\d+)$/.exec(rest) ?? [];
  const pull = (await settlePullRequests(service, repository)).find(({ id }) => String(id) === number);
  if (pull === undefined) return notFound(service, to, url.pathname);
  const about = html`<p>
      <strong>${pull.draft ? 'draft' : pull.status}</strong> · <code>${pull.source}</code> into
      <code>${pull.target}</code> · by <strong>${pull.author}</strong>
    </p>
    <p>${pull.description}</p>`;
  return commitsPage(service, to, `!${pull.id} ${pull.title}`, repository, pull.sourceCommit, about);
};

/** The pages; `path` is what follows the organization or collection, undefined for another one's. */
export const handlePages = async (
  service: AzureDevOps,
  request: Request,
  path: string | undefined,
): Promise<Response> => {
  const url = new URL(request.url);
  const to = linksFrom(service, request);
  const isTokenPage = service.edition.tokens && path === `/${service.edition.tokenPage}`;
  if (request.method !== 'GET' && !(request.method === 'POST' && isTokenPage)) {
    return new Response(null, { status: 405, headers: { allow: 'GET' } });
  }
  if (isTokenPage) return tokenPage(service, request, to);
  if (path === '/' || url.pathname === '/') return homePage(service, to);
  const [, project = '', name = '', rest = ''] = /^\/([^/]+)\/_git\/([^/]+)(\/.*)?$/.exec(path ?? '') ?? [];
  const inside = service.catalogue.project(decodeURIComponent(project));
  const repository = inside && service.catalogue.repository(inside, decodeURIComponent(name));
  if (repository === undefined) return notFound(service, to, url.pathname);
  return repositoryPages(service, to, url, repository, rest);
};
