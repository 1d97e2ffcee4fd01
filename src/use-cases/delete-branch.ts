import type { PageError } from '../contract/errors';
import type { Card } from '../contract/views';
import type { ActorChoice } from '../domain/attribution';
import { mentionsIssue } from '../domain/issue-key';
import { ok, type Result } from '../domain/result';
import { keepNote } from '../store/notes';
import { hasWork } from '../store/work';
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
  const card: Card = { kind: 'branch', integrationId, repository, branch, title: branch, url: '' };
  let near: { id: string; isMade: boolean } | undefined;
  const acted = await act(person, {
    ...request,
    action: 'delete-branch',
    switchedBy: 'branchActions',
    names: { branch },
    readAhead: async () => {
      const { issueId: id } = person;
      if (id !== undefined && !mentionsIssue(branch, request.issueKey)) near = { id, isMade: await hasWork(id, card) };
    },
    check: async ({ issue }) => {
      if (mentionsIssue(branch, issue.key)) return undefined;
      const isMade = near?.id === issue.id ? near.isMade : await hasWork(issue.id, card);
      return isMade ? undefined : refuse('BRANCH_NOT_OF_ISSUE', { branch, issue: issue.key }).error;
    },
    run: ({ provider, connection }) => provider.deleteBranch(connection, { repository, name: branch }),
    remember: ({ opened: { issue } }) => [keepNote({ kind: 'no-work', issueId: issue.id, card })],
  });
  return acted.ok ? ok({ branch }) : acted;
}
