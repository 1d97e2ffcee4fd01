import { matchesGlob } from 'node:path';
import { NO_OBJECT, isValidRefName } from '../git/bare-repository.ts';
import type { RefRefusal } from '../git/bare-repository.ts';
import { HEADS, branchName, branchesOf, noteRefChange } from '../git-host/branches.ts';
import type { RefUpdate } from '../git-host/branches.ts';
import { settlePullRequests } from '../git-host/pull-requests.ts';
import type { Account, AzureDevOps, Repository } from './context.ts';

export type Right = 'none' | 'read' | 'no-branches' | 'contribute' | 'admin';
export const rightOf = (repository: Repository, account: Account): Right =>
  repository.definition.rights[account.login] ?? 'none';

export const lockOf = (repository: Repository, branch: string): string | undefined =>
  repository.definition.branches.find(({ name }) => name === branch)?.lockedBy;

const matches = (patterns: readonly string[], branch: string): boolean =>
  patterns.some((pattern) => matchesGlob(branch, pattern));

/** Names of `GitRefUpdateStatus`. */
export type UpdateStatus =
  | 'succeeded'
  | 'succeededNonExistentRef'
  | 'staleOldObjectId'
  | 'invalidRefName'
  | 'unresolvableToCommit'
  | 'writePermissionRequired'
  | 'createBranchPermissionRequired'
  | 'forcePushRequired'
  | 'locked'
  | 'refNameConflict'
  | 'rejectedByPolicy';

/** Why rights, locks and policies forbid this change of a branch; undefined when it is allowed. Pushes are checked too. */
export function whyNot(
  service: AzureDevOps,
  repository: Repository,
  actor: Account,
  { ref, before, after }: RefUpdate,
): UpdateStatus | undefined {
  const { definition } = repository;
  const branch = branchName(ref);
  const right = rightOf(repository, actor);
  const lockedBy = lockOf(repository, branch);
  if (right === 'read' || right === 'none') return 'writePermissionRequired';
  if (lockedBy !== undefined && lockedBy !== actor.login) return 'locked';
  if (before === NO_OBJECT) {
    const outside = definition.branchFolders.length > 0 && !matches(definition.branchFolders, branch);
    if (right === 'no-branches' || outside) return 'createBranchPermissionRequired';
  }
  // A branch's creator may delete it, others need the right to force a push (docs "Set Git repository permissions").
  if (after === NO_OBJECT && right !== 'admin' && creatorOf(service, repository, ref) !== actor.login) {
    return 'forcePushRequired';
  }
  return matches(definition.policies, branch) ? 'rejectedByPolicy' : undefined;
}

/** The login of the person who created a branch, if the service saw it. */
export const creatorOf = (service: AzureDevOps, repository: Repository, ref: string): string | undefined =>
  service.store.activity(repository.fullName).find((entry) => entry.ref === ref && entry.type === 'branch_creation')
    ?.actor;

/** The answer for a branch that git refuses to create. */
const refusals: Readonly<Partial<Record<RefRefusal, UpdateStatus>>> = {
  exists: 'staleOldObjectId',
  'no-object': 'unresolvableToCommit',
};

/**
 * Creates (`before` is zeros) or deletes (`after` is zeros) a branch as `POST refs` does, and records who did it. Assumption:
 * a branch that is a folder of others, or needs one that is a branch, is a `refNameConflict`.
 */
export async function updateRef(
  service: AzureDevOps,
  repository: Repository,
  actor: Account,
  update: RefUpdate,
): Promise<UpdateStatus> {
  const { ref: name, before, after } = update;
  if (!name.startsWith(HEADS) || !(await isValidRefName(name))) return 'invalidRefName';
  if (before !== NO_OBJECT || after === NO_OBJECT) {
    const current = await repository.git.ref(name);
    if (after === NO_OBJECT && current === undefined) return 'succeededNonExistentRef';
    if ((current?.sha ?? NO_OBJECT) !== before) return 'staleOldObjectId';
  }
  const refused = whyNot(service, repository, actor, update);
  if (refused !== undefined) return refused;
  if (after === NO_OBJECT) {
    const change = await repository.git.deleteRef(name);
    if (!change.ok) return 'staleOldObjectId';
    noteRefChange(service, repository, actor, update);
    await settlePullRequests(service, repository);
    return 'succeeded';
  }
  if (repository.definition.caseEnforcement) {
    const others = await branchesOf(repository);
    const isLike = (other: string): boolean => other !== name && other.toLowerCase() === name.toLowerCase();
    if (others.some((other) => isLike(other.name))) return 'refNameConflict';
  }
  const change = await repository.git.createRef(name, after);
  if (!change.ok) return refusals[change.why] ?? 'refNameConflict';
  noteRefChange(service, repository, actor, update);
  return 'succeeded';
}
