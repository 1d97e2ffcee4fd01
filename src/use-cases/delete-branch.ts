import type { PageError } from '../contract/errors';
import type { Card } from '../contract/views';
import type { ActorChoice } from '../domain/attribution';
import { mentionsIssue } from '../domain/issue-key';
import { ok, type Result } from '../domain/result';
import { listWork, removeWork } from '../store/work';
import { act } from './act';
import type { Person } from './open';
import { refuse } from './page-error';

export type DeleteBranch = {
  issueKey: string;
  integrationId: string;
  repository: string;
  branch: string;
  actAs?: ActorChoice | undefined;
};

/**
 * Deletes a branch of this issue: one that names it, or was made for it through the app. Any other is refused, so that the
 * integration account cannot be used to clear repositories. Default and protected branches are refused by the service.
 */
export async function deleteBranch(
  person: Person,
  request: DeleteBranch,
): Promise<Result<{ branch: string }, PageError>> {
  const { repository, branch, integrationId } = request;
  const made = (card: Card) =>
    card.kind === 'branch' &&
    card.integrationId === integrationId &&
    card.repository === repository &&
    card.branch === branch;
  const acted = await act(person, {
    ...request,
    action: 'delete-branch',
    switchedBy: 'branchActions',
    names: { branch },
    check: async ({ issue }) => {
      if (mentionsIssue(branch, issue.key) || (await listWork(issue.id)).some(made)) return undefined;
      return refuse('BRANCH_NOT_OF_ISSUE', { branch, issue: issue.key }).error;
    },
    run: ({ provider, connection }) => provider.deleteBranch(connection, { repository, name: branch }),
    remember: (_, { issue }) => [
      removeWork(issue.id, { kind: 'branch', integrationId, repository, branch, title: branch, url: '' }),
    ],
  });
  return acted.ok ? ok({ branch }) : acted;
}
