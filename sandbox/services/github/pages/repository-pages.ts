import { branchName, branchOf, branchesOf, isProtected } from '../branches.ts';
import type { GitHub, Repository } from '../context.ts';
import { settlePullRequests } from '../pull-requests.ts';
import type { ActivityType, PullRequestRecord } from '../store.ts';
import { encodePath } from '../rest/shapes.ts';
import { html, type Html } from 'local-forge/html';
import { relative } from '../../pages/look.ts';
import { notFoundPage, pageResponse } from './page.ts';

const stateText = (pull: PullRequestRecord): string =>
  pull.state === 'open' && pull.draft ? 'Draft' : `${pull.state.charAt(0).toUpperCase()}${pull.state.slice(1)}`;

const tabs = (path: string, repository: Repository): Html =>
  html`<p>
    <a href="${relative(path, repository.fullName)}">Branches and pull requests</a> ·
    <a href="${relative(path, `${repository.fullName}/activity`)}">Activity</a>
  </p>`;

/** What somebody who is refused wants to know. */
const statesOf = ({ definition }: Repository): string[] => [
  ...(definition.archived ? ['This repository was archived. It is read-only.'] : []),
  ...(definition.locked ? ['This repository is locked for migration.'] : []),
  ...(definition.drafts ? [] : ['The plan of this repository has no draft pull requests.']),
  ...(definition.branchNamePattern === undefined ? [] : [`Ruleset: names match ${definition.branchNamePattern}`]),
  ...(definition.signedCommits ? ['Ruleset: commits must be signed.'] : []),
  ...definition.restrictedBranches.map((pattern) => `Ruleset: nobody creates or deletes ${pattern}`),
];

/** Everybody may look at these pages: they belong to whoever runs the sandbox, and show no token. */
export const homePage = (github: GitHub, path: string): Response =>
  pageResponse(
    path,
    'Repositories',
    html`<table>
      <tbody>
        ${github.catalogue.repositories.map(
          ({ fullName, definition }) =>
            html`<tr>
              <td><a href="${relative(path, fullName)}">${fullName}</a></td>
              <td>${definition.description}</td>
              <td>${definition.private ? 'Private' : 'Public'}${definition.archived && ', archived'}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );

const pullRows = (path: string, repository: Repository, pulls: readonly PullRequestRecord[]): Html =>
  html`<table>
    <tbody>
      ${pulls.map(
        (pull) =>
          html`<tr>
            <td>
              <a href="${relative(path, `${repository.fullName}/pull/${pull.number}`)}"
                >#${pull.number} ${pull.title}</a
              >
            </td>
            <td>${stateText(pull)}</td>
            <td><code>${pull.head}</code> into <code>${pull.base}</code></td>
            <td>by ${pull.author}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

export const repositoryPage = async (github: GitHub, path: string, repository: Repository): Promise<Response> => {
  const branches = await branchesOf(repository);
  const pulls = await settlePullRequests(github, repository);
  const main = repository.definition.defaultBranch;
  const created = new Map(
    github.store
      .activity(repository.fullName)
      .filter(({ type }) => type === 'branch_creation')
      .toReversed()
      .map(({ ref, actor }) => [ref, actor]),
  );
  const rows = branches.map(({ name: ref, sha }) => {
    const name = branchName(ref);
    const actor = created.get(ref);
    return html`<tr>
      <td><a href="${relative(path, `${repository.fullName}/tree/${encodePath(name)}`)}">${name}</a></td>
      <td><code>${sha.slice(0, 7)}</code></td>
      <td>${name === main && 'Default '}${isProtected(repository, name) && 'Protected'}</td>
      <td>${actor !== undefined && `created by ${actor}`}</td>
    </tr>`;
  });
  return pageResponse(
    path,
    repository.fullName,
    html`${tabs(path, repository)}
      <p>${repository.definition.description}</p>
      ${statesOf(repository).map((state) => html`<p class="note">${state}</p>`)}
      <h2>Branches</h2>
      ${
        rows.length === 0
          ? html`<p>This repository is empty.</p>`
          : html`<table>
              <tbody>
                ${rows}
              </tbody>
            </table>`
      }
      <h2>Pull requests</h2>
      ${pulls.length === 0 ? html`<p>There are no pull requests.</p>` : pullRows(path, repository, pulls)}`,
  );
};

const commitRows = (commits: Awaited<ReturnType<Repository['git']['commits']>>): Html =>
  html`<table>
    <tbody>
      ${commits.map(
        ({ sha, subject, author, date }) =>
          html`<tr>
            <td><code>${sha.slice(0, 7)}</code></td>
            <td>${subject}</td>
            <td>${author}</td>
            <td>${date}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

export const branchPage = async (path: string, repository: Repository, name: string): Promise<Response> => {
  const branch = await branchOf(repository, name);
  if (branch === undefined) return notFoundPage(path);
  const commits = await repository.git.commits(branch.sha, undefined, 20);
  const main = repository.definition.defaultBranch;
  const compare = relative(path, `${repository.fullName}/compare/${encodePath(main)}...${encodePath(name)}`);
  return pageResponse(
    path,
    `${repository.fullName}: ${name}`,
    html`${tabs(path, repository)} ${name !== main && html`<p><a href="${compare}">Compare with ${main}</a></p>`}
      <h2>Commits</h2>
      ${commitRows(commits)}`,
  );
};

export const comparePage = async (
  path: string,
  repository: Repository,
  base: string,
  head: string,
): Promise<Response> => {
  const [from, to] = [await branchOf(repository, base), await branchOf(repository, head)];
  if (from === undefined || to === undefined) return notFoundPage(path);
  const commits = await repository.git.commits(to.sha, from.sha);
  return pageResponse(
    path,
    `Comparing ${base} with ${head}`,
    html`${tabs(path, repository)}
    ${
      commits.length === 0
        ? html`<p class="note">There isn’t anything to compare: no commits between ${base} and ${head}.</p>`
        : commitRows(commits)
    }`,
  );
};

export const pullPage = async (
  github: GitHub,
  path: string,
  repository: Repository,
  number: number,
): Promise<Response> => {
  const pull = (await settlePullRequests(github, repository)).find((one) => one.number === number);
  if (pull === undefined) return notFoundPage(path);
  return pageResponse(
    path,
    `#${pull.number} ${pull.title}`,
    html`${tabs(path, repository)}
      <p>
        <strong>${stateText(pull)}</strong> · opened by <strong>${pull.author}</strong> on
        ${pull.createdAt.slice(0, 10)}
      </p>
      <p>
        From <a href="${relative(path, `${repository.fullName}/tree/${encodePath(pull.head)}`)}">${pull.head}</a> into
        <a href="${relative(path, `${repository.fullName}/tree/${encodePath(pull.base)}`)}">${pull.base}</a>
      </p>
      ${pull.reviewers.length > 0 && html`<p>Review requested from ${pull.reviewers.join(', ')}</p>`}
      ${(pull.body ?? '').split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`)}
      <h2>Commits</h2>
      ${commitRows(await repository.git.commits(pull.headSha, pull.baseSha))}`,
  );
};

const DID: Record<ActivityType, string> = {
  branch_creation: 'created',
  branch_deletion: 'deleted',
  push: 'pushed to',
  force_push: 'force-pushed to',
};

export const activityPage = (github: GitHub, path: string, repository: Repository): Response => {
  const entries = github.store.activity(repository.fullName);
  return pageResponse(
    path,
    `Activity in ${repository.fullName}`,
    html`${tabs(path, repository)}
    ${
      entries.length === 0
        ? html`<p>Nothing has happened yet.</p>`
        : html`<table>
            <tbody>
              ${entries.map(
                ({ actor, type, ref, at }) =>
                  html`<tr>
                    <td><strong>${actor}</strong></td>
                    <td>${DID[type]} <code>${branchName(ref)}</code></td>
                    <td>${at}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`,
  );
};
