import { matchesGlob } from 'node:path';
import { isValidRefName, NO_OBJECT } from '../git/bare-repository.ts';
import type { GitRef } from '../git/bare-repository.ts';
import { git } from '../git/run-git.ts';
import { branchName, branchOf, HEADS, noteRefChange } from '../git-host/branches.ts';
import { accessLevel, isOld, MAINTAINER } from './context.ts';
import type { Account, GitLab, Project } from './context.ts';

/** Only maintainers push to, create and delete protected branches. */
export const isProtected = (project: Project, branch: string): boolean =>
  branch === project.definition.defaultBranch ||
  project.definition.protectedBranches.some((pattern) => matchesGlob(branch, pattern)) ||
  project.definition.branches.some(({ name, protected: itIs }) => name === branch && itIs);

export const canPush = (gitlab: GitLab, project: Project, account: Account | undefined, branch: string): boolean =>
  accessLevel(gitlab, project, account) >= (isProtected(project, branch) ? MAINTAINER : 30);

/** Names that git accepts and GitLab refuses. Newer versions also refuse ids of SHA-256 and names that begin with one. */
const looksLikeCommit = (gitlab: GitLab, name: string): boolean =>
  gitlab.version === 'current' ? /^[0-9a-f]{40}([0-9a-f]{24})?(-|\/|$)/i.test(name) : /^[0-9a-f]{40}$/i.test(name);

/** Why a branch may not be pushed under this name, in the words of GitLab's checks (`lib/gitlab/checks`). */
export function nameRefusal(gitlab: GitLab, project: Project, name: string): string | undefined {
  if (looksLikeCommit(gitlab, name)) {
    return 'You cannot create a branch with a 40-character hexadecimal branch name.';
  }
  const { branchNamePattern } = project.definition;
  if (branchNamePattern !== undefined && !new RegExp(branchNamePattern).test(name)) {
    return `Branch name '${name}' does not follow the pattern '${branchNamePattern}'`;
  }
  return undefined;
}

/** The commit of a branch, a tag or a full commit id. */
async function commitOf(project: Project, ref: string): Promise<string | undefined> {
  const named = (await branchOf(project, ref)) ?? (await project.git.ref(`refs/tags/${ref}`));
  if (named !== undefined) return named.sha;
  return (await project.git.objectType(ref)) === 'commit' ? ref : undefined;
}

/** GitLab's way into an empty repository: before the first branch it commits an empty README.md (`create_service.rb`). */
async function addReadme(project: Project, actor: Account): Promise<void> {
  const cwd = project.git.path;
  const blob = (await git(['hash-object', '-w', '--stdin'], { cwd, input: '' })).trim();
  const tree = (await git(['mktree'], { cwd, input: `100644 blob ${blob}\tREADME.md\n` })).trim();
  const who = { GIT_AUTHOR_NAME: actor.name, GIT_AUTHOR_EMAIL: actor.email };
  const env = { ...who, GIT_COMMITTER_NAME: actor.name, GIT_COMMITTER_EMAIL: actor.email };
  const commit = (await git(['commit-tree', tree, '-m', 'Add README.md'], { cwd, env })).trim();
  await project.git.setRef(`${HEADS}${project.definition.defaultBranch}`, commit);
}

/** The answer of a branch service: what is wrong in GitLab's words, or the branch. */
export type BranchAnswer = { ok: true; ref: GitRef } | { ok: false; message: string };

/** Creates a branch as `POST repository/branches` does, and records who did it. Every refusal is status 400. */
export async function createBranch(
  gitlab: GitLab,
  project: Project,
  actor: Account,
  name: string,
  ref: string,
): Promise<BranchAnswer> {
  const no = (message: string): BranchAnswer => ({ ok: false, message });
  const full = `${HEADS}${name}`;
  if (!(await isValidRefName(full)) || name.startsWith('-')) return no('Branch name is invalid');
  if (await project.git.isEmpty()) await addReadme(project, actor);
  if ((await branchOf(project, name)) !== undefined) return no('Branch already exists');
  const sha = await commitOf(project, ref);
  if (sha === undefined) {
    return no(
      isOld(gitlab)
        ? `Invalid reference name: ${name}`
        : `Failed to create branch '${name}': invalid reference name '${ref}'`,
    );
  }
  if (isProtected(project, name) && accessLevel(gitlab, project, actor) < MAINTAINER) {
    return no('You are not allowed to create protected branches on this project.');
  }
  const refused = nameRefusal(gitlab, project, name);
  if (refused !== undefined) return no(refused);
  const { hookSays } = project.definition;
  if (hookSays !== undefined) return no(hookSays);
  const change = await project.git.createRef(full, sha);
  if (!change.ok && change.why === 'conflict') {
    const said = isOld(gitlab) ? change.said : 'Branch name conflicts with existing branch hierarchy.';
    return no(`Failed to create branch '${name}': ${said}`);
  }
  if (!change.ok) return no(change.why === 'exists' ? 'Branch already exists' : `Failed to create branch '${name}'`);
  noteRefChange(gitlab, project, actor, { ref: full, before: NO_OBJECT, after: sha });
  return { ok: true, ref: { name: full, sha, type: 'commit' } };
}

/** Deletes an existing branch as `DELETE repository/branches/:branch` does, or returns the message of a 400. */
export async function deleteBranch(
  gitlab: GitLab,
  project: Project,
  actor: Account,
  { name: ref, sha }: GitRef,
): Promise<string | undefined> {
  const name = branchName(ref);
  if (name === project.definition.defaultBranch) return 'The default branch of a project cannot be deleted.';
  if (isProtected(project, name) && accessLevel(gitlab, project, actor) < MAINTAINER) {
    return 'You are not allowed to delete protected branches from this project. Only a project maintainer or owner can delete a protected branch.';
  }
  const change = await project.git.deleteRef(ref);
  if (!change.ok) return 'Failed to remove branch';
  noteRefChange(gitlab, project, actor, { ref, before: sha, after: NO_OBJECT });
  return undefined;
}
