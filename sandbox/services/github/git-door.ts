import { NO_OBJECT } from '../git/bare-repository.ts';
import { gitCallOf } from '../git/smart-http.ts';
import type { PushCommand } from '../git/smart-http.ts';
import { HEADS, branchName } from '../git-host/branches.ts';
import { answerGit, gitSays } from '../git-host/git-door.ts';
import { decoded } from '../git-host/router.ts';
import { accessTo } from './access.ts';
import type { Access } from './access.ts';
import { isProtected } from './branches.ts';
import type { GitHub, Repository } from './context.ts';
import { authenticate } from './credentials.ts';
import type { Caller } from './credentials.ts';

const signIn = (message: string): Response => gitSays(401, message, { 'www-authenticate': 'Basic realm="GitHub"' });

/** Why GitHub refuses one command of a push; undefined when it accepts it. Source: GitHub's push errors GH002, GH006. */
function whyNot(repository: Repository, command: PushCommand): string | undefined {
  if (!command.ref.startsWith(HEADS)) return undefined;
  const branch = branchName(command.ref);
  if (/^[0-9a-f]{40}$/i.test(branch)) {
    return 'GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed.';
  }
  if (command.after === NO_OBJECT && branch === repository.definition.defaultBranch) {
    return `refusing to delete the current branch: ${command.ref}`;
  }
  return isProtected(repository, branch) ? `GH006: Protected branch update failed for ${command.ref}.` : undefined;
}

/** The text that git prints when the caller sees the repository but lacks the access. The sentence for single sign-on is an assumption. */
function refusalOf(access: Access, { fullName }: Repository, caller: Caller | undefined): string | undefined {
  if (access.kind === 'locked') return 'Repository has been locked for migration.';
  if (access.kind === 'archived') return 'This repository was archived so it is read-only.';
  if (access.kind === 'organization') {
    if (access.rule === 'no-classic-tokens')
      return 'Personal access tokens (classic) are forbidden from accessing this repository.';
    if (access.rule === 'ip-allow-list')
      return 'The repository owner has an IP allow list enabled, and your IP address is not permitted.';
    return `The '${access.organization.login}' organization has enabled or enforced SAML SSO. To access this repository, you must re-authorize the personal access token.`;
  }
  if (access.kind !== 'not-allowed') return undefined;
  return access.byToken && caller?.token.kind === 'fine-grained'
    ? 'Write access to repository not granted.'
    : `Permission to ${fullName}.git denied to ${caller?.account.login ?? ''}.`;
}

/**
 * Git over HTTPS: clone, fetch, ls-remote and push, with the same tokens as the API (any user name, the token as
 * password). Undefined when the request is no git call.
 */
export async function handleGit(github: GitHub, request: Request): Promise<Response | undefined> {
  const call = gitCallOf(request, new URL(request.url).pathname);
  if (call === undefined) return undefined;
  const authentication = authenticate(github, request.headers.get('authorization'));
  if (authentication.kind === 'bad') {
    return signIn('Invalid username or token. Password authentication is not supported for Git operations.');
  }
  const caller = authentication.kind === 'known' ? authentication.caller : undefined;
  const repository = github.catalogue.named(decoded(call.address.replace(/\.git$/, '')) ?? '');
  const right = call.service === 'receive-pack' ? 'write' : 'read';
  const access = repository && accessTo(repository, caller, { area: 'contents', right });
  if (repository === undefined || access === undefined || access.kind === 'hidden') {
    return caller ? gitSays(404, 'Repository not found.') : signIn('Repository not found.');
  }
  const refused = refusalOf(access, repository, caller);
  if (refused !== undefined) return gitSays(403, refused);
  return answerGit(github, repository, request, call, caller?.account, (command) => whyNot(repository, command));
}
