import { html, type Html } from '../../html.ts';
import type { DevelopmentEntity } from '../development.ts';

type Branch = Extract<DevelopmentEntity, { kind: 'branch' }>;
type PullRequest = Extract<DevelopmentEntity, { kind: 'pull_request' }>;

const counted = (count: number, name: string): string =>
  `${count} ${name}${count === 1 ? '' : name.endsWith('h') ? 'es' : 's'}`;

/** The newest state, which Jira shows beside the count: an open one wins. */
const stateOf = (pulls: readonly PullRequest[]): string =>
  ['OPEN', 'MERGED', 'DECLINED'].find((status) => pulls.some(({ data }) => data.status === status)) ?? 'UNKNOWN';

const byRepository = <Entity extends DevelopmentEntity>(entities: readonly Entity[]): [string, Entity[]][] => [
  ...Map.groupBy(entities, ({ repository }) => repository.name),
];

/**
 * Jira's own *Development* on an issue: counts that open a dialog with branches and pull requests, each pull request beside the branch
 * whose address it names. Undefined without information from apps. `here`: the address
 * on this machine for an address of a service.
 */
export function developmentSection(
  entities: readonly DevelopmentEntity[],
  here: (url: string) => string,
): Html | undefined {
  const branches = entities.filter((one): one is Branch => one.kind === 'branch');
  const pulls = entities.filter((one): one is PullRequest => one.kind === 'pull_request');
  if (entities.length === 0) return undefined;
  return html`<section class="details development" aria-labelledby="development">
    <h2 id="development">Development</h2>
    ${branches.length > 0 ? opener(counted(branches.length, 'branch'), undefined) : undefined}
    ${pulls.length > 0 ? opener(counted(pulls.length, 'pull request'), stateOf(pulls)) : undefined}
    <dialog id="development-dialog" aria-labelledby="development-dialog-title">
      <h2 id="development-dialog-title">Development</h2>
      ${branches.length > 0 ? html`<h3>Branches</h3>` : undefined}
      ${byRepository(branches).map(
        ([repository, some]) =>
          html`<table>
            <caption>
              ${repository}
            </caption>
            <thead>
              <tr>
                <th scope="col">Branch</th>
                <th scope="col">Last commit</th>
                <th scope="col">Pull request</th>
              </tr>
            </thead>
            <tbody>
              ${some.map(({ data }) => branchRow(data, pulls, here))}
            </tbody>
          </table>`,
      )}
      ${pulls.length > 0 ? html`<h3>Pull requests</h3>` : undefined}
      ${byRepository(pulls).map(
        ([repository, some]) =>
          html`<table>
            <caption>
              ${repository}
            </caption>
            <thead>
              <tr>
                <th scope="col">Pull request</th>
                <th scope="col">Author</th>
                <th scope="col">Status</th>
              </tr>
            </thead>
            <tbody>
              ${some.map(
                ({ data }) =>
                  html`<tr>
                    <td><a href="${here(data.url)}">${data.displayId} ${data.title}</a></td>
                    <td>${data.author.name}</td>
                    <td><span class="lozenge">${data.status}</span></td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
      )}
      <form method="dialog"><button class="button button-default">Close</button></form>
    </dialog>
  </section>`;
}

function opener(text: string, state: string | undefined): Html {
  return html`<p>
    <button type="button" class="button button-subtle" data-dialog="development-dialog">${text}</button>
    ${state === undefined ? undefined : html`<span class="lozenge">${state}</span>`}
  </p>`;
}

function branchRow(data: Branch['data'], pulls: readonly PullRequest[], here: (url: string) => string): Html {
  const own = pulls.filter((pull) => pull.data.sourceBranchUrl === data.url);
  return html`<tr>
    <td><a href="${here(data.url)}">${data.name}</a></td>
    <td><a href="${here(data.lastCommit.url)}">${data.lastCommit.displayId}</a> ${data.lastCommit.message}</td>
    <td>${own.map((pull) => html`<a href="${here(pull.data.url)}">${pull.data.displayId}</a> `)}</td>
  </tr>`;
}
