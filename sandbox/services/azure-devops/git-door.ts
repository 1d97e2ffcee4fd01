import { gitCallOf } from '../git/smart-http.ts';
import { HEADS } from '../git-host/branches.ts';
import { answerGit, gitSays } from '../git-host/git-door.ts';
import { rightOf, whyNot } from './branches.ts';
import type { UpdateStatus } from './branches.ts';
import type { AzureDevOps } from './context.ts';
import { authenticate, hasScope } from './credentials.ts';

/** The text that git shows after `remote: error:`. Numbers come from public reports; the wording is general knowledge. */
const REASONS: Partial<Record<UpdateStatus, string>> = {
  writePermissionRequired: "TF401027: You need the Git 'GenericContribute' permission to perform this action.",
  createBranchPermissionRequired: "TF401027: You need the Git 'CreateBranch' permission to perform this action.",
  forcePushRequired: "TF401027: You need the Git 'ForcePush' permission to perform this action.",
  rejectedByPolicy:
    'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.',
  locked: 'TF402023: The branch is locked.',
};

/**
 * Git over HTTPS: clone, fetch, ls-remote and push, with the same credentials as the API. Undefined when the request is no
 * git call. `path` is the part after the organization or collection, and can be decoded.
 */
export async function handleGit(service: AzureDevOps, request: Request, path: string): Promise<Response | undefined> {
  const call = gitCallOf(request, path);
  const [, project, name] = (/^([^/]+)\/_git\/([^/]+)$/.exec(call?.address ?? '') ?? []).map(decodeURIComponent);
  if (call === undefined || project === undefined || name === undefined) return undefined;
  const authentication = authenticate(service, request.headers.get('authorization'));
  if (authentication.kind !== 'known') {
    const realm = { 'www-authenticate': `Basic realm="${service.baseUrl}"` };
    return gitSays(401, 'Sign in with a personal access token.', realm);
  }
  const { caller } = authentication;
  const inside = service.catalogue.project(project);
  const repository = inside && service.catalogue.repository(inside, name);
  if (repository === undefined || rightOf(repository, caller.account) === 'none')
    return gitSays(404, `TF401019: The Git repository with name or identifier ${name} does not exist.`);
  if (repository.definition.disabled) return gitSays(403, 'The Git repository is disabled.');
  const scope = call.service === 'receive-pack' ? 'vso.code_write' : 'vso.code';
  if (!hasScope(caller, scope)) return gitSays(403, 'TF400813: Not authorized.');
  return answerGit(service, repository, request, call, caller.account, (command) =>
    command.ref.startsWith(HEADS)
      ? REASONS[whyNot(service, repository, caller.account, command) ?? 'succeeded']
      : undefined,
  );
}
