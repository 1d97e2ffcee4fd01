import { NO_OBJECT } from '../git/bare-repository.ts';
import { gitBody, gitCallOf, pushCommands, serveGit } from '../git/smart-http.ts';
import type { PushCommand } from '../git/smart-http.ts';
import { decodePath } from './api/shapes.ts';
import { branchName, canPush, HEADS, isProtected, nameRefusal, noteEvent } from './branches.ts';
import { accessLevel, canReadCode, DEVELOPER, isVisible } from './context.ts';
import type { GitLab, Project } from './context.ts';
import { authenticate, whyDenied } from './credentials.ts';
import type { Caller } from './credentials.ts';
import { settleMergeRequests } from './merge-requests.ts';

const said = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });

const denied = (): Response =>
  said(
    401,
    'HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or you’re required to use a token instead of a password.',
    { 'www-authenticate': 'Basic realm="GitLab"' },
  );

const hidden = (): Response =>
  said(404, "The project you were looking for could not be found or you don't have permission to view it.");

/** What a token must have for git: the API's scope, or one of git's own. */
const reaches = ({ token }: Caller, writes: boolean): boolean => {
  if (token.granular !== undefined) return token.granular.includes(writes ? 'Code: Push' : 'Code: Download');
  const enough = writes ? ['api', 'write_repository'] : ['api', 'read_repository', 'write_repository'];
  return enough.some((scope) => token.scopes.includes(scope));
};

/** Why GitLab does not take one command of a push; undefined when it does (`lib/gitlab/checks`). */
const whyNot = (gitlab: GitLab, project: Project, caller: Caller, command: PushCommand): string | undefined => {
  if (!command.ref.startsWith(HEADS)) {
    return command.ref.startsWith('refs/tags/') ? undefined : 'You can only push to refs/heads/ or refs/tags/.';
  }
  const branch = branchName(command.ref);
  if (command.after === NO_OBJECT) {
    if (branch === project.definition.defaultBranch) return 'The default branch of a project cannot be deleted.';
    return isProtected(project, branch) ? 'You can only delete protected branches using the web interface.' : undefined;
  }
  if (!canPush(gitlab, project, caller.account, branch)) {
    return 'You are not allowed to push code to protected branches on this project.';
  }
  return command.before === NO_OBJECT ? nameRefusal(gitlab, project, branch) : undefined;
};

/** Notes what a push changed, by looking, and brings the merge requests after. */
const afterPush = async (
  gitlab: GitLab,
  project: Project,
  caller: Caller,
  commands: readonly PushCommand[],
): Promise<void> => {
  for (const { before, after, ref } of commands) {
    if (!ref.startsWith(HEADS)) continue;
    const now = (await project.git.ref(ref))?.sha ?? NO_OBJECT;
    if (now !== after) continue;
    const action = before === NO_OBJECT ? 'pushed new' : after === NO_OBJECT ? 'deleted' : 'pushed to';
    noteEvent(gitlab, project, caller.account, action, branchName(ref));
  }
  await settleMergeRequests(gitlab, project);
};

/**
 * Git over HTTPS, with the same tokens as the API (any user name, the token as password). `path` is what follows the
 * installation's own path. Undefined when the request is no git call. Answers to roles and archived projects are what
 * GitLab prints (`lib/gitlab/git_access.rb`), the one for archived projects is an assumption.
 */
export const handleGit = async (gitlab: GitLab, request: Request, path: string): Promise<Response | undefined> => {
  const url = new URL(request.url);
  const [, name, rest] = /^\/(.+?)(?:\.git)?(\/info\/refs|\/git-(?:upload|receive)-pack)$/.exec(path) ?? [];
  const call = rest === undefined ? undefined : gitCallOf(request.method, rest, url.searchParams);
  if (name === undefined || call === undefined) return undefined;

  const authentication = authenticate(gitlab, request.headers);
  if (authentication.kind !== 'known' && authentication.kind !== 'anonymous') return denied();
  const caller = authentication.kind === 'known' ? authentication.caller : undefined;
  const project = gitlab.catalogue.project(decodePath(name) ?? '');
  const writes = call.service === 'receive-pack';
  if (caller !== undefined && !reaches(caller, writes)) return denied();
  const closed = caller && whyDenied(caller.account);
  if (closed !== undefined) return said(403, closed);
  if (project === undefined || !isVisible(gitlab, project, caller?.account)) return caller ? hidden() : denied();
  if (!canReadCode(gitlab, project, caller?.account)) {
    return said(403, 'You are not allowed to download code from this project.');
  }
  if (writes && caller === undefined) return denied();
  if (writes && accessLevel(gitlab, project, caller?.account) < DEVELOPER) {
    return said(403, 'You are not allowed to push code to this project.');
  }
  if (writes && project.definition.archived) return said(403, 'You cannot push to an archived project.');

  const body = await gitBody(request);
  const user = caller ? { user: caller.account.login } : {};
  if (rest !== '/git-receive-pack' || caller === undefined) {
    return serveGit(project.git.path, call, request, body, user);
  }
  const commands = pushCommands(body);
  const refuse = commands.flatMap((command) => {
    const why = whyNot(gitlab, project, caller, command);
    return why === undefined ? [] : [{ ref: command.ref, why: `GitLab: ${why}` }];
  });
  const response = await serveGit(project.git.path, call, request, body, { ...user, refuse });
  await afterPush(gitlab, project, caller, commands);
  return response;
};
