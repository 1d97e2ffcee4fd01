import { html, type Html } from 'local-forge/html';
import { encodePath } from '../api/shapes.ts';
import { branchesOf, branchName, branchOf, isProtected } from '../branches.ts';
import type { Project } from '../context.ts';
import { isDraft, settleMergeRequests } from '../merge-requests.ts';
import type { MergeRequestRecord } from '../store.ts';
import { notFoundPage, pageResponse, to } from './page.ts';
import type { Visit } from './page.ts';

const stateText = (request: MergeRequestRecord): string =>
  request.state === 'opened' ? (isDraft(request) ? 'Draft' : 'Open') : request.state === 'merged' ? 'Merged' : 'Closed';

const tabs = (visit: Visit, { path }: Project): Html =>
  html`<p>
    <a href="${to(visit, path)}">Branches and merge requests</a> ·
    <a href="${to(visit, `${path}/activity`)}">Activity</a>
  </p>`;

const table = (rows: readonly Html[]): Html =>
  html`<table>
    <tbody>
      ${rows}
    </tbody>
  </table>`;

/** What somebody who is refused wants to know. */
const statesOf = ({ gitlab }: Visit, { definition }: Project): string[] => [
  ...(gitlab.readOnly ? ['GitLab is in maintenance mode: nothing can be written.'] : []),
  ...(definition.archived ? ['This is an archived project. It is read-only.'] : []),
  ...definition.formerPaths.map((path) => `It was at ${path} before.`),
  ...(definition.branchNamePattern === undefined ? [] : [`Push rule: names match ${definition.branchNamePattern}`]),
  ...(definition.hookSays === undefined ? [] : [`A hook refuses new branches: ${definition.hookSays}`]),
];

/** Everybody may look at these pages: they belong to whoever runs the sandbox, and show no token. */
export const homePage = (visit: Visit): Response =>
  pageResponse(
    visit,
    'Projects',
    table(
      visit.gitlab.catalogue.projects.map(
        ({ path, definition }) =>
          html`<tr>
            <td><a href="${to(visit, path)}">${path}</a></td>
            <td>${definition.description}</td>
            <td>${definition.private ? 'Private' : 'Public'}${definition.archived && ', archived'}</td>
          </tr>`,
      ),
    ),
  );

export const projectPage = async (visit: Visit, project: Project): Promise<Response> => {
  const { store } = visit.gitlab;
  const main = project.definition.defaultBranch;
  const created = new Map(
    store
      .events(project.path)
      .filter(({ action }) => action === 'pushed new')
      .toReversed()
      .map(({ what, actor }) => [what, actor]),
  );
  const branches = (await branchesOf(project)).map(({ name: ref, sha }) => {
    const name = branchName(ref);
    const actor = created.get(name);
    return html`<tr>
      <td><a href="${to(visit, `${project.path}/-/tree/${encodePath(name)}`)}">${name}</a></td>
      <td><code>${sha.slice(0, 8)}</code></td>
      <td>${name === main && 'Default '}${isProtected(project, name) && 'Protected'}</td>
      <td>${actor !== undefined && `created by ${actor}`}</td>
    </tr>`;
  });
  const requests = (await settleMergeRequests(visit.gitlab, project)).map(
    (request) =>
      html`<tr>
        <td>
          <a href="${to(visit, `${project.path}/-/merge_requests/${request.iid}`)}">!${request.iid} ${request.title}</a>
        </td>
        <td>${stateText(request)}</td>
        <td><code>${request.source}</code> into <code>${request.target}</code></td>
        <td>by ${request.author}</td>
      </tr>`,
  );
  return pageResponse(
    visit,
    project.path,
    html`${tabs(visit, project)}
      <p>${project.definition.description}</p>
      ${statesOf(visit, project).map((state) => html`<p class="note">${state}</p>`)}
      <h2>Branches</h2>
      ${branches.length === 0 ? html`<p>The repository for this project is empty.</p>` : table(branches)}
      <h2>Merge requests</h2>
      ${requests.length === 0 ? html`<p>There are no merge requests.</p>` : table(requests)}`,
  );
};

const commitTable = (commits: Awaited<ReturnType<Project['git']['commits']>>): Html =>
  table(
    commits.map(
      ({ sha, subject, author, date }) =>
        html`<tr>
          <td><code>${sha.slice(0, 8)}</code></td>
          <td>${subject}</td>
          <td>${author}</td>
          <td>${date}</td>
        </tr>`,
    ),
  );

export const branchPage = async (visit: Visit, project: Project, name: string): Promise<Response> => {
  const branch = await branchOf(project, name);
  if (branch === undefined) return notFoundPage(visit);
  const commits = await project.git.commits(branch.sha, undefined, 20);
  const content = html`${tabs(visit, project)}
    <h2>Commits</h2>
    ${commitTable(commits)}`;
  return pageResponse(visit, `${project.path}: ${name}`, content);
};

export const mergeRequestPage = async (visit: Visit, project: Project, iid: number): Promise<Response> => {
  const request = (await settleMergeRequests(visit.gitlab, project)).find((one) => one.iid === iid);
  if (request === undefined) return notFoundPage(visit);
  return pageResponse(
    visit,
    `!${request.iid} ${request.title}`,
    html`${tabs(visit, project)}
      <p>
        <strong>${stateText(request)}</strong> · opened by <strong>${request.author}</strong> on
        ${request.createdAt.slice(0, 10)}
      </p>
      <p>From <code>${request.source}</code> into <code>${request.target}</code></p>
      ${(request.description ?? '').split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`)}
      <h2>Commits</h2>
      ${commitTable(await project.git.commits(request.sha, request.targetSha))}`,
  );
};

export const activityPage = (visit: Visit, project: Project): Response => {
  const events = visit.gitlab.store.events(project.path).map(
    ({ actor, action, what, at }) =>
      html`<tr>
        <td><strong>${actor}</strong></td>
        <td>${action} <code>${what}</code></td>
        <td>${at}</td>
      </tr>`,
  );
  const content = events.length === 0 ? html`<p>Nothing has happened yet.</p>` : table(events);
  return pageResponse(visit, `Activity in ${project.path}`, html`${tabs(visit, project)} ${content}`);
};
