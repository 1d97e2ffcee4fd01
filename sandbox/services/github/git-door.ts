import { NO_OBJECT } from '../git/bare-repository.ts';
import { gitBody, gitCallOf, pushCommands, serveGit } from '../git/smart-http.ts';
import type { PushCommand } from '../git/smart-http.ts';
import { accessTo } from './access.ts';
import { branchName, HEADS, isProtected, noteRefChange } from './branches.ts';
import type { GitHub, Repository } from './context.ts';
import { authenticate } from './credentials.ts';
import type { Caller } from './credentials.ts';
import { settlePullRequests } from './pull-requests.ts';

const said = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });

const signIn = (message: string): Response => said(401, message, { 'www-authenticate': 'Basic realm="GitHub"' });

/** Why GitHub does not take one command of a push; undefined when it does. Source: GitHub's push errors GH002, GH006. */
const whyNot = (repository: Repository, command: PushCommand): string | undefined => {
  if (!command.ref.startsWith(HEADS)) return undefined;
  const branch = branchName(command.ref);
  if (/^[0-9a-f]{40}$/i.test(branch)) {
    return 'GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed.';
  }
  if (command.after === NO_OBJECT && branch === repository.definition.defaultBranch) {
    return `refusing to delete the current branch: ${command.ref}`;
  }
  return isProtected(repository, branch) ? `GH006: Protected branch update failed for ${command.ref}.` : undefined;
};

/** Notes what a push changed, by looking, and brings the pull requests after. */
const afterPush = async (
  github: GitHub,
  repository: Repository,
  caller: Caller,
  commands: readonly PushCommand[],
): Promise<void> => {
  for (const { before, after, ref } of commands) {
    if (!ref.startsWith(HEADS)) continue;
    const now = (await repository.git.ref(ref))?.sha ?? NO_OBJECT;
    if (now !== after) continue;
    const forced = before !== NO_OBJECT && after !== NO_OBJECT && !(await repository.git.isAncestor(before, after));
    const type =
      before === NO_OBJECT
        ? 'branch_creation'
        : after === NO_OBJECT
          ? 'branch_deletion'
          : forced
            ? 'force_push'
            : 'push';
    noteRefChange(github, repository, caller.account, { ref, before, after }, type);
  }
  await settlePullRequests(github, repository);
};

/**
 * Git over HTTPS: clone, fetch, ls-remote and push, with the same tokens as the API (any user name, the token as
 * password). Undefined when the request is no git call. Messages are those git prints after `remote:`; the one for
 * single sign-on is an assumption.
 */
export const handleGit = async (github: GitHub, request: Request): Promise<Response | undefined> => {
  const url = new URL(request.url);
  const [, owner, name, rest] =
    /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/info\/refs|\/git-(?:upload|receive)-pack)$/.exec(url.pathname) ?? [];
  const call = rest === undefined ? undefined : gitCallOf(request.method, rest, url.searchParams);
  if (owner === undefined || name === undefined || call === undefined) return undefined;

  const authentication = authenticate(github, request.headers.get('authorization'));
  if (authentication.kind === 'bad') {
    return signIn('Invalid username or token. Password authentication is not supported for Git operations.');
  }
  const caller = authentication.kind === 'known' ? authentication.caller : undefined;
  const repository = github.catalogue.repository(decodeURIComponent(owner), decodeURIComponent(name));
  const writes = call.service === 'receive-pack';
  const access = repository && accessTo(repository, caller, { area: 'contents', right: writes ? 'write' : 'read' });
  if (repository === undefined || access === undefined || access.kind === 'hidden') {
    return caller ? said(404, 'Repository not found.') : signIn('Repository not found.');
  }
  if (access.kind === 'locked') return said(403, 'Repository has been locked for migration.');
  if (access.kind === 'archived') return said(403, 'This repository was archived so it is read-only.');
  if (access.kind === 'organization') {
    if (access.rule === 'no-classic-tokens') {
      return said(403, 'Personal access tokens (classic) are forbidden from accessing this repository.');
    }
    if (access.rule === 'ip-allow-list') {
      return said(403, `The repository owner has an IP allow list enabled, and your IP address is not permitted.`);
    }
    return said(
      403,
      `The '${access.organization.login}' organization has enabled or enforced SAML SSO. To access this repository, you must re-authorize the personal access token.`,
    );
  }
  if (access.kind === 'not-allowed') {
    if (access.byToken && caller?.token.kind === 'fine-grained')
      return said(403, 'Write access to repository not granted.');
    return said(403, `Permission to ${repository.fullName}.git denied to ${caller?.account.login ?? ''}.`);
  }

  const body = await gitBody(request);
  const user = caller ? { user: caller.account.login } : {};
  if (rest !== '/git-receive-pack' || caller === undefined)
    return serveGit(repository.git.path, call, request, body, user);
  const commands = pushCommands(body);
  const refuse = commands.flatMap((command) => {
    const why = whyNot(repository, command);
    return why === undefined ? [] : [{ ref: command.ref, why }];
  });
  const response = await serveGit(repository.git.path, call, request, body, { ...user, refuse });
  await afterPush(github, repository, caller, commands);
  return response;
};
