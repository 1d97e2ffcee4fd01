import { branchOf } from '../git-host/branches.ts';
import { keepReachable, newPullRequest, openBetween, settlePullRequests } from '../git-host/pull-requests.ts';
import type { PullRequest } from '../git-host/store.ts';
import type { Account, GitLab, Project } from './context.ts';

export type NewMergeRequest = Pick<
  PullRequest,
  'title' | 'source' | 'target' | 'body' | 'reviewers' | 'assignees' | 'labels'
> & {
  removeSource: boolean;
};

/** `message` as GitLab puts it: a list for what the branches are to each other, lists by field for the rest. */
export type MergeRequestAnswer =
  | { ok: true; request: PullRequest }
  | { ok: false; status: 400 | 409 | 422; message: string[] | Record<string, string[]> };

/**
 * Opens a merge request as `POST merge_requests` does, commits or none. Statuses: GitLab's request specs; that a missing
 * branch is `{"source_branch": ["does not exist"]}` was seen in a public report of 2026, its status 400 is an assumption.
 */
export async function openMergeRequest(
  gitlab: GitLab,
  project: Project,
  author: Account,
  wanted: NewMergeRequest,
): Promise<MergeRequestAnswer> {
  const { title, source, target } = wanted;
  if (source === target) {
    return { ok: false, status: 422, message: ["You can't use same project/branch for source and target"] };
  }
  const [from, to] = [await branchOf(project, source), await branchOf(project, target)];
  if (from === undefined) return { ok: false, status: 400, message: { source_branch: ['does not exist'] } };
  if (to === undefined) return { ok: false, status: 400, message: { target_branch: ['does not exist'] } };
  await settlePullRequests(gitlab, project);
  const twin = openBetween(gitlab, project, source, target);
  if (twin !== undefined) {
    const message = [`Another open merge request already exists for this source branch: !${twin.number}`];
    return { ok: false, status: 409, message };
  }
  const made = newPullRequest(gitlab, project, author);
  const request = gitlab.store.addPullRequest({
    ...made,
    ...wanted,
    ...{ sourceSha: from.sha, targetSha: to.sha, draft: isDraft(wanted) },
  });
  await keepReachable(gitlab, project, request);
  const { repository, createdAt: at } = made;
  const shas = { before: to.sha, after: from.sha };
  gitlab.store.addActivity({
    repository,
    type: 'opened',
    actor: author.login,
    ref: `!${request.number} ${title}`,
    ...shas,
    at,
  });
  return { ok: true, request };
}

/** A title that begins with `Draft:`, `[Draft]` or `(Draft)`. */
export const isDraft = ({ title }: { title: string }): boolean => /^\s*(draft:|\[draft\]|\(draft\))/i.test(title);
