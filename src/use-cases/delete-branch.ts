import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { Card } from '../contract/views';
import { mentionsIssue, namesIssue } from '../domain/issue-key';
import { ok, type Result } from '../domain/result';
import { readWork } from '../store/work';
import { act } from './act';
import { keysOf } from '../jira/issues';
import type { Person } from './open';
import { followingRename } from './renamed';
import { refuse } from './page-error';
import { reportOf } from './report-development';

export type DeleteBranch = CheckedPayloadOf<'issue', 'delete-branch'>;

/**
 * Deletes a branch of this issue: one that names it by any key it has had, or was made for it through the app. Any other is refused. The integration
 * account has rights that the person may not have, so it is stricter: the branch has the key as a word of its own, or is still at
 * the commit it was made at. Default and protected branches are refused by the service.
 */
export function deleteBranch(person: Person, request: DeleteBranch): Promise<Result<{ branch: string }, PageError>> {
  return followingRename(person, request, deleteBranchOnce);
}

async function deleteBranchOnce(person: Person, request: DeleteBranch): Promise<Result<{ branch: string }, PageError>> {
  const { repository, branch, integrationId } = request;
  const card: Card = { kind: 'branch', integrationId, repository, branch, title: branch, url: '' };
  const notOfIssue = (issue: string) => refuse('BRANCH_NOT_OF_ISSUE', { branch, issue }).error;
  let near: { id: string; made: Card | undefined } | undefined;
  let made: Card | undefined;
  const acted = await act(person, {
    ...request,
    action: 'delete-branch',
    switchedBy: 'branchActions',
    names: { branch },
    from: branch,
    readAhead: async () => {
      const { issueId: id } = person;
      if (id !== undefined && !namesIssue(branch, request.issueKey)) near = { id, made: await readWork(id, card) };
    },
    check: async ({ issue }) => {
      const keys = keysOf(issue);
      if (keys.some((key) => namesIssue(branch, key))) return undefined;
      made = near?.id === issue.id ? near.made : await readWork(issue.id, card);
      const isMeant = made !== undefined || keys.some((key) => mentionsIssue(branch, key));
      return isMeant ? undefined : notOfIssue(issue.key);
    },
    checkHead: ({ issue }, head) =>
      keysOf(issue).some((key) => namesIssue(branch, key)) || made?.commit === head ? undefined : notOfIssue(issue.key),
    run: ({ provider, connection }) => provider.deleteBranch(connection, { repository, name: branch }),
    leaves: ({ opened }) => ({
      card: { kind: 'no-work', issueId: opened.issue.id, card },
      report: reportOf(opened, { branches: [{ repository, name: branch }] }),
    }),
  });
  return acted.ok ? ok({ branch }) : acted;
}
