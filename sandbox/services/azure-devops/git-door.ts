import { NO_OBJECT } from '../git/bare-repository.ts';
import { gitBody, gitCallOf, pushCommands, serveGit } from '../git/smart-http.ts';
import { HEADS, noteRefChange, rightOf, whyNot } from './branches.ts';
import type { UpdateStatus } from './branches.ts';
import type { AzureDevOps } from './context.ts';
import { authenticate, hasScope } from './credentials.ts';
import { settlePullRequests } from './pull-requests.ts';

const said = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });

/** What git shows after `remote: error:`; numbers from public reports, wording by general knowledge. */
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
 * git call. `path` is what follows the organization or collection.
 */
export const handleGit = async (
  service: AzureDevOps,
  request: Request,
  path: string,
): Promise<Response | undefined> => {
  const [, project, name, rest] =
    /^\/([^/]+)\/_git\/([^/]+)(\/info\/refs|\/git-(?:upload|receive)-pack)$/.exec(path) ?? [];
  const call = rest === undefined ? undefined : gitCallOf(request.method, rest, new URL(request.url).searchParams);
  if (project === undefined || name === undefined || call === undefined) return undefined;
  const authentication = authenticate(service, request.headers.get('authorization'));
  if (authentication.kind !== 'known') {
    return said(401, 'Sign in with a personal access token.', {
      'www-authenticate': `Basic realm="${service.baseUrl}"`,
    });
  }
  const { caller } = authentication;
  const inside = service.catalogue.project(decodeURIComponent(project));
  const repository = inside && service.catalogue.repository(inside, decodeURIComponent(name));
  if (repository === undefined || rightOf(repository, caller.account) === 'none') {
    return said(
      404,
      `TF401019: The Git repository with name or identifier ${decodeURIComponent(name)} does not exist.`,
    );
  }
  if (repository.definition.disabled) return said(403, 'The Git repository is disabled.');
  const writes = call.service === 'receive-pack';
  if (!hasScope(caller, writes ? 'vso.code_write' : 'vso.code')) return said(403, 'TF400813: Not authorized.');

  const body = await gitBody(request);
  const user = { user: caller.account.login };
  if (rest !== '/git-receive-pack') return serveGit(repository.git.path, call, request, body, user);
  const updates = pushCommands(body).map(({ ref, before, after }) => ({ name: ref, before, after }));
  const refuse = updates
    .filter(({ name: ref }) => ref.startsWith(HEADS))
    .flatMap((update) => {
      const why = REASONS[whyNot(service, repository, caller.account, update) ?? 'succeeded'];
      return why === undefined ? [] : [{ ref: update.name, why }];
    });
  const response = await serveGit(repository.git.path, call, request, body, { ...user, refuse });
  for (const update of updates) {
    const now = (await repository.git.ref(update.name))?.sha ?? NO_OBJECT;
    if (update.name.startsWith(HEADS) && now === update.after)
      noteRefChange(service, repository, caller.account, update);
  }
  await settlePullRequests(service, repository);
  return response;
};
