import { branchesOf, branchName, branchOf, noteEvent } from './branches.ts';
import type { Account, GitLab, Project } from './context.ts';
import type { MergeRequestRecord } from './store.ts';

export type NewMergeRequest = {
  title: string;
  source: string;
  target: string;
  description: string | undefined;
  removeSource: boolean;
  reviewers: string[];
};

/** `message` as GitLab puts it: a list for what the branches are to each other, lists by field for the rest. */
export type MergeRequestAnswer =
  | { ok: true; request: MergeRequestRecord }
  | { ok: false; status: 400 | 409 | 422; message: string[] | Record<string, string[]> };

/** Brings a project's merge requests up to what git says now, newest first. One whose source is gone stays open, as on GitLab. */
export const settleMergeRequests = async (gitlab: GitLab, project: Project): Promise<MergeRequestRecord[]> => {
  const requests = gitlab.store.mergeRequests(project.path);
  if (!requests.some(({ state }) => state === 'opened')) return requests;
  const shas = new Map((await branchesOf(project)).map(({ name, sha }) => [branchName(name), sha]));
  const settled: MergeRequestRecord[] = [];
  for (const request of requests) {
    const next = request.state === 'opened' ? await settle(gitlab, project, request, shas) : request;
    if (next !== request) gitlab.store.saveMergeRequest(next);
    settled.push(next);
  }
  return settled;
};

const settle = async (
  gitlab: GitLab,
  project: Project,
  request: MergeRequestRecord,
  shas: ReadonlyMap<string, string>,
): Promise<MergeRequestRecord> => {
  const sha = shas.get(request.source) ?? request.sha;
  const targetSha = shas.get(request.target) ?? request.targetSha;
  if (sha === request.sha && targetSha === request.targetSha) return request;
  const now = gitlab.now().toISOString();
  const moved = { ...request, sha, targetSha, updatedAt: now };
  const merged = targetSha !== request.targetSha && (await project.git.isAncestor(sha, targetSha));
  return merged ? { ...moved, state: 'merged', mergedAt: now } : moved;
};

/**
 * Opens a merge request as `POST merge_requests` does, commits or none. Statuses: GitLab's request specs; that a missing
 * branch is `{"source_branch": ["does not exist"]}` was seen in a public report of 2026, its status 400 is an assumption.
 */
export const openMergeRequest = async (
  gitlab: GitLab,
  project: Project,
  author: Account,
  wanted: NewMergeRequest,
): Promise<MergeRequestAnswer> => {
  const { title, source, target, description, removeSource, reviewers } = wanted;
  if (source === target) {
    return { ok: false, status: 422, message: ["You can't use same project/branch for source and target"] };
  }
  const [from, to] = [await branchOf(project, source), await branchOf(project, target)];
  if (from === undefined) return { ok: false, status: 400, message: { source_branch: ['does not exist'] } };
  if (to === undefined) return { ok: false, status: 400, message: { target_branch: ['does not exist'] } };
  await settleMergeRequests(gitlab, project);
  // Read without waiting, so that of two at the same time the second sees the first.
  const twin = gitlab.store
    .mergeRequests(project.path)
    .find((one) => one.state === 'opened' && one.source === source && one.target === target);
  if (twin !== undefined) {
    const message = [`Another open merge request already exists for this source branch: !${twin.iid}`];
    return { ok: false, status: 409, message };
  }
  const now = gitlab.now().toISOString();
  const request = gitlab.store.addMergeRequest({
    project: project.path,
    title,
    description,
    author: author.login,
    source,
    target,
    sha: from.sha,
    targetSha: to.sha,
    removeSource,
    reviewers,
    state: 'opened',
    createdAt: now,
    updatedAt: now,
    mergedAt: undefined,
  });
  await project.git.setRef(`refs/merge-requests/${request.iid}/head`, from.sha);
  noteEvent(gitlab, project, author, 'opened', `!${request.iid} ${title}`);
  return { ok: true, request };
};

/** A title that begins with `Draft:`, `[Draft]` or `(Draft)`. */
export const isDraft = ({ title }: { title: string }): boolean => /^\s*(draft:|\[draft\]|\(draft\))/i.test(title);
