import { NO_OBJECT } from '../git/bare-repository.ts';
import { gitCallOf } from '../git/smart-http.ts';
import type { PushCommand } from '../git/smart-http.ts';
import { HEADS, branchName } from '../git-host/branches.ts';
import { answerGit, gitSays } from '../git-host/git-door.ts';
import { decoded } from '../git-host/router.ts';
import { canPush, isProtected, nameRefusal } from './branches.ts';
import { accessLevel, canReadCode, DEVELOPER, isVisible } from './context.ts';
import type { GitLab, Project } from './context.ts';
import { authenticate, whyDenied } from './credentials.ts';
import type { Caller } from './credentials.ts';

const denied = (): Response =>
  gitSays(
    401,
    'HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or you’re required to use a token instead of a password.',
    { 'www-authenticate': 'Basic realm="GitLab"' },
  );

/** What a token must have for git: the API's scope, or one of git's own. */
function reaches({ token }: Caller, writes: boolean): boolean {
  if (token.granular !== undefined) return token.granular.includes(writes ? 'Code: Push' : 'Code: Download');
  const enough = writes ? ['api', 'write_repository'] : ['api', 'read_repository', 'write_repository'];
  return enough.some((scope) => token.scopes.includes(scope));
}

/** Why GitLab refuses one command of a push; undefined when it accepts it (`lib/gitlab/checks`). */
function whyNot(
  gitlab: GitLab,
  project: Project,
  caller: Caller | undefined,
  { ref, before, after }: PushCommand,
): string | undefined {
  if (!ref.startsWith(HEADS)) {
    return ref.startsWith('refs/tags/') ? undefined : 'You can only push to refs/heads/ or refs/tags/.';
  }
  const branch = branchName(ref);
  if (after === NO_OBJECT) {
    if (branch === project.definition.defaultBranch) return 'The default branch of a project cannot be deleted.';
    return isProtected(project, branch) ? 'You can only delete protected branches using the web interface.' : undefined;
  }
  if (!canPush(gitlab, project, caller?.account, branch)) {
    return 'You are not allowed to push code to protected branches on this project.';
  }
  return before === NO_OBJECT ? nameRefusal(gitlab, project, branch) : undefined;
}

/**
 * Git over HTTPS, with the same tokens as the API (any user name, the token as password). `path` is the part after the
 * installation's own path. Undefined when the request is no git call. Answers about roles and archived projects are what
 * GitLab prints (`lib/gitlab/git_access.rb`), the one for archived projects is an assumption.
 */
export async function handleGit(gitlab: GitLab, request: Request, path: string): Promise<Response | undefined> {
  const call = gitCallOf(request, path);
  if (call === undefined) return undefined;
  const authentication = authenticate(gitlab, request.headers);
  if (authentication.kind !== 'known' && authentication.kind !== 'anonymous') return denied();
  const caller = authentication.kind === 'known' ? authentication.caller : undefined;
  const project = gitlab.catalogue.project(decoded(call.address.replace(/\.git$/, '')) ?? '');
  const writes = call.service === 'receive-pack';
  if (caller !== undefined && !reaches(caller, writes)) return denied();
  const closed = caller && whyDenied(caller.account);
  if (closed !== undefined) return gitSays(403, closed);
  if (project === undefined || !isVisible(gitlab, project, caller?.account)) {
    const hidden = "The project you were looking for could not be found or you don't have permission to view it.";
    return caller ? gitSays(404, hidden) : denied();
  }
  if (!canReadCode(gitlab, project, caller?.account))
    return gitSays(403, 'You are not allowed to download code from this project.');
  if (writes && caller === undefined) return denied();
  if (writes && accessLevel(gitlab, project, caller?.account) < DEVELOPER)
    return gitSays(403, 'You are not allowed to push code to this project.');
  if (writes && project.definition.archived) return gitSays(403, 'You cannot push to an archived project.');
  return answerGit(gitlab, project, request, call, caller?.account, (command) => {
    const why = whyNot(gitlab, project, caller, command);
    return why && `GitLab: ${why}`;
  });
}
