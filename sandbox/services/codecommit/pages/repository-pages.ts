import { html, type Html } from 'local-forge/html';
import { readFields } from '../../pages/form.ts';
import type { CodeCommit, Repository } from '../context.ts';
import { HEADS, heads } from '../names.ts';
import { endPullRequest } from '../pull-requests.ts';
import type { PullRequestRecord } from '../store.ts';
import { notFoundPage, pageResponse } from './page.ts';

const rows = (lines: readonly (readonly (string | undefined)[])[]): Html =>
  html`<table>
    <tbody>
      ${lines.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell) => html`<td>${cell ?? ''}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;

/** The repositories, and who did what to them: the trail. */
export const homePage = (aws: CodeCommit): Response =>
  pageResponse(
    `CodeCommit in ${aws.definition.region}`,
    html`<h2>Repositories</h2>
      ${rows(aws.repositories.map(({ definition, arn }) => [definition.name, definition.description, arn]))}
      <h2>What policies deny</h2>
      ${rows(
        aws.definition.users.flatMap(({ name, policy }) =>
          policy
            .filter(({ effect }) => effect === 'deny')
            .map((deny) => [
              name,
              deny.actions.join(', '),
              `${deny.in} ${deny.policy ?? ''}`,
              deny.references?.join(', '),
            ]),
        ),
      )}
      <h2>Event history</h2>
      ${rows(
        aws.store
          .events()
          .map((event) => [
            event.eventTime,
            event.userArn,
            event.eventName,
            event.repository,
            event.reference,
            event.errorCode,
          ]),
      )}`,
  );

/** A repository's branches and pull requests. */
export const repositoryPage = async (aws: CodeCommit, { definition, git }: Repository): Promise<Response> => {
  const branches = await git.refs(HEADS);
  const pulls = aws.store.pullRequests().filter(({ repository }) => repository === definition.name);
  return pageResponse(
    definition.name,
    html`<p>${definition.description}</p>
      <h2>Branches</h2>
      ${rows(branches.map(({ name, sha }) => [name.slice(HEADS.length), sha]))}
      <h2>Pull requests</h2>
      ${rows(pulls.map((pull) => [String(pull.id), pull.title, pull.source, pull.target, pull.status]))}`,
  );
};

export const branchPage = async (path: string, { definition, git }: Repository, branch: string): Promise<Response> => {
  const ref = await git.ref(heads(branch));
  if (ref === undefined) return notFoundPage(path);
  const commits = await git.commits(ref.sha, undefined, 20);
  return pageResponse(
    `${definition.name}: ${branch}`,
    rows(commits.map(({ sha, author, date, subject }) => [sha, author, date, subject])),
  );
};

/** Shows a pull request; `POST` closes or merges it. */
export const pullRequestPage = async (
  aws: CodeCommit,
  request: Request,
  repository: Repository,
  pull: PullRequestRecord,
): Promise<Response> => {
  let said: string | undefined;
  if (request.method === 'POST') {
    const how = (await readFields(request)).get('do');
    said =
      how === 'close' || how === 'merge'
        ? ((await endPullRequest(aws, repository, pull, how)) ?? 'Done')
        : 'This is not something to do with a pull request';
  }
  const now = aws.store.pullRequests().find(({ id }) => id === pull.id) ?? pull;
  return pageResponse(
    `${now.id}: ${now.title}`,
    html`${said !== undefined && html`<p role="alert">${said}.</p>`}
      ${rows([
        ['Status', now.merged ? 'Merged' : now.status === 'OPEN' ? 'Open' : 'Closed'],
        ['Source', now.source],
        ['Destination', now.target],
        ['Author', now.authorArn],
        ['Description', now.description],
      ])}
      <form method="post">
        <button name="do" value="merge">Merge</button>
        <button name="do" value="close">Close pull request</button>
      </form>`,
    said === undefined || said === 'Done' ? 200 : 422,
  );
};
