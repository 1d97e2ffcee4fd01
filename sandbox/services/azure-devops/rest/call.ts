// cspell:ignore cjohnstoniv wardyn adofake
import { rightOf } from '../branches.ts';
import type { AzureDevOps, Repository } from '../context.ts';
import { hasScope } from '../credentials.ts';
import type { Caller } from '../credentials.ts';
import { Refusal } from '../../git-host/api.ts';
import { refuse } from './answer.ts';

/** One request to the API, after its credential and its path were checked. */
export type RestCall = {
  service: AzureDevOps;
  caller: Caller;
  version: string;
  /** Decoded parts of the path: `project`, `repository`, `id`, `reviewer`. */
  params: { readonly [name in 'project' | 'repository' | 'id' | 'reviewer']?: string };
  query: URLSearchParams;
  /** The JSON of the request; refuses any other body. */
  body(): Promise<unknown>;
};

/** Source of the wording: public reports; the status 404 is general knowledge. */
const noProject = (name: string): Refusal =>
  refuse(404, 'ProjectDoesNotExistWithNameException', `TF200016: The following project does not exist: ${name}.`);
const noRepository = (name: string): Refusal =>
  refuse(
    404,
    'GitRepositoryNotFoundException',
    `TF401019: The Git repository with name or identifier ${name} does not exist or you do not have permissions for the operation you are attempting.`,
  );
export const permissionNeeded = (permission: string): string =>
  `TF401027: You need the Git '${permission}' permission to perform this action.`;
export const needsPermission = (permission: string): Refusal =>
  refuse(403, 'GitNeedsPermissionException', permissionNeeded(permission));

/** The hosted service answers with an empty 401 (measured in public: cjohnstoniv/wardyn, its adofake). Assumption: a server says 403. */
export function requireScope(call: RestCall, scope: 'vso.code' | 'vso.code_write'): void {
  if (hasScope(call.caller, scope)) return;
  if (call.service.edition.hosted) throw new Refusal({ status: 401 });
  throw refuse(
    403,
    'UnauthorizedRequestException',
    `TF400813: The user '${call.caller.account.id}' is not authorized to access this resource.`,
  );
}

export function projectOf({ service, params }: RestCall) {
  if (params.project === undefined) return undefined;
  const project = service.catalogue.project(params.project);
  if (project === undefined) throw noProject(params.project);
  return project;
}

/** The repository of a request. A repository that the caller can't see does not exist. The answer for a disabled one is an assumption. */
export function repositoryOf(call: RestCall): Repository {
  const name = call.params.repository ?? '';
  const repository = call.service.catalogue.repository(projectOf(call), name);
  if (repository === undefined || rightOf(repository, call.caller.account) === 'none') throw noRepository(name);
  if (repository.definition.disabled) {
    throw refuse(403, 'GitRepositoryDisabledException', `The Git repository ${name} is disabled.`);
  }
  return repository;
}

export function wholeNumber(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const value = Number(query.get(name) ?? fallback);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, most) : fallback;
}
