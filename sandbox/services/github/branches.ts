import { matchesGlob } from 'node:path';
import { NO_OBJECT, isValidRefName } from '../git/bare-repository.ts';
import type { GitRef } from '../git/bare-repository.ts';
import { HEADS, branchName, noteRefChange } from '../git-host/branches.ts';
import { settlePullRequests } from '../git-host/pull-requests.ts';
import type { Account, GitHub, Repository } from './context.ts';

/** A ruleset forbids to create, update or delete the branch. */
const isRestricted = (repository: Repository, branch: string): boolean =>
  repository.definition.restrictedBranches.some((pattern) => matchesGlob(branch, pattern));

/** Branch protection: nobody pushes to it or deletes it. */
export const isProtected = (repository: Repository, branch: string): boolean =>
  isRestricted(repository, branch) ||
  repository.definition.branches.some(({ name, protected: itIs }) => name === branch && itIs);

/** Names that git accepts and GitHub refuses. Source: GitHub's push error GH002 (40 hex characters). */
const refusedByGitHub = (ref: string): boolean => /^refs\/(heads|tags)\/[0-9a-f]{40}$/i.test(ref);

/** How a ruleset refuses a new branch, in GitHub's words (github-mcp-server#3081). */
function ruleViolation({ definition }: Repository, branch: string): string | undefined {
  const { branchNamePattern, signedCommits } = definition;
  const rules = [
    ...(branchNamePattern !== undefined && !new RegExp(branchNamePattern).test(branch)
      ? [`Branch name must match a given regex pattern: ${branchNamePattern}`]
      : []),
    ...(signedCommits ? ['Commits must have verified signatures.'] : []),
  ];
  return rules.length === 0 ? undefined : `Repository rule violations found\n\n${rules.join('\n\n')}\n\n`;
}

export type RefAnswer = { ok: true; ref: GitRef } | { ok: false; message: string };

/**
 * Creates a ref as `POST git/refs` does, and records who did it. The refusals are GitHub's messages, all status 422.
 * Messages about the name are as quoted in octokit.rb issue 675; that a ruleset and a name of 40 hex characters answer
 * "Reference update failed" is an assumption.
 */
export async function createRef(
  github: GitHub,
  repository: Repository,
  actor: Account,
  name: string,
  sha: string,
): Promise<RefAnswer> {
  const no = (message: string): RefAnswer => ({ ok: false, message });
  if (!name.startsWith('refs/')) return no("Reference name must start with 'refs/'.");
  if (name.split('/').length < 3) return no('Reference name must contain at least three slash-separated components.');
  const [isValid, type, existing] = await Promise.all([
    isValidRefName(name),
    repository.git.objectType(sha),
    repository.git.ref(name),
  ]);
  if (!isValid) return no(`${name} is not a valid ref name.`);
  if (!/^[0-9a-f]{40}$/.test(sha)) {
    return no('The sha parameter must be exactly 40 characters and contain only [0-9a-f].');
  }
  if (type === undefined) return no('Object does not exist');
  const isBranch = name.startsWith(HEADS);
  if (isBranch && type !== 'commit') return no('Reference update failed');
  if (refusedByGitHub(name)) return no('Reference update failed');
  if (name.startsWith('refs/pull/')) return no('Reference update failed');
  if (existing !== undefined) return no('Reference already exists');
  if (isBranch && isRestricted(repository, branchName(name))) return no('Reference update failed');
  const violation = isBranch ? ruleViolation(repository, branchName(name)) : undefined;
  if (violation !== undefined) return no(violation);
  const change = await repository.git.createRef(name, sha);
  if (!change.ok) return no(change.why === 'exists' ? 'Reference already exists' : 'Reference update failed');
  if (isBranch) noteRefChange(github, repository, actor, { ref: name, before: NO_OBJECT, after: sha });
  return { ok: true, ref: { name, sha, type } };
}

/**
 * Deletes a ref as `DELETE git/refs/…` does, records who did it and closes its pull requests. Returns
 * GitHub's message for a refusal (status 422), undefined on success. The wording for the default and for protected
 * branches is an assumption.
 */
export async function deleteRef(
  github: GitHub,
  repository: Repository,
  actor: Account,
  name: string,
): Promise<string | undefined> {
  const current = await repository.git.ref(name);
  if (current === undefined) return 'Reference does not exist';
  if (name.startsWith('refs/pull/')) return 'Reference cannot be deleted';
  if (name === `${HEADS}${repository.definition.defaultBranch}`) return 'Cannot delete the default branch';
  if (name.startsWith(HEADS) && isProtected(repository, branchName(name))) return 'Cannot delete a protected branch';
  const change = await repository.git.deleteRef(name);
  if (!change.ok) return change.why === 'missing' ? 'Reference does not exist' : 'Reference update failed';
  if (name.startsWith(HEADS)) {
    noteRefChange(github, repository, actor, { ref: name, before: current.sha, after: NO_OBJECT });
    await settlePullRequests(github, repository);
  }
  return undefined;
}
