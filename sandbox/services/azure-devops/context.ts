import { createHash } from 'node:crypto';
import type { AzureDevOpsRepository, AzureDevOpsService } from '../../world/world.ts';
import type { BareRepository } from '../git/bare-repository.ts';
import type { Edition } from './editions.ts';
import { isSameName } from '../git-host/branches.ts';
import type { Host } from '../git-host/branches.ts';
import type { Store } from './store.ts';

export type Account = AzureDevOpsService['accounts'][number] & { id: string };
export type Project = { id: string; name: string };
export type Repository = {
  id: string;
  /** `Project/Repository`, as the world spells it. */
  fullName: string;
  project: Project;
  definition: AzureDevOpsRepository;
  git: BareRepository;
};

export type Catalogue = ReturnType<typeof createCatalogue>;

/** Everything that the parts of the simulated service share. */
export type AzureDevOps = Omit<Host, 'store'> & {
  edition: Edition;
  /** `https://dev.azure.com/acme`: encoded, no slash at the end. */
  baseUrl: string;
  /** The path of `baseUrl`, encoded: `/My%20Collection`. */
  basePath: string;
  collection: string;
  instanceId: string;
  iisBasic: boolean;
  catalogue: Catalogue;
  store: Store;
};

/** An id of the service's shape, the same for the same thing in the same world. */
export function idOf(kind: string, name: string): string {
  const hex = createHash('sha256').update(`${kind}:${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * All people and repositories of a world, each with its id; `open` opens a repository's git folder. As at the service, a name is found in
 * upper and lower case, and by its id.
 */
export function createCatalogue(
  definition: AzureDevOpsService,
  open: (repository: AzureDevOpsRepository) => BareRepository,
) {
  const accounts = definition.accounts.map((account): Account => ({ ...account, id: idOf('account', account.login) }));
  const names = [...new Set(definition.repositories.map(({ project }) => project))];
  const projects = names.map((name): Project => ({ id: idOf('project', name), name }));
  const project = (nameOrId: string): Project | undefined =>
    projects.find(({ id, name }) => id === nameOrId || isSameName(name, nameOrId));
  const repositories = definition.repositories.map((repository): Repository => {
    const fullName = `${repository.project}/${repository.name}`;
    const its = project(repository.project);
    if (its === undefined) throw new Error(`No project ${repository.project}`);
    return { id: idOf('repository', fullName), fullName, project: its, definition: repository, git: open(repository) };
  });
  return {
    accounts,
    projects,
    repositories,
    account: (login: string) =>
      accounts.find((account) => isSameName(account.login, login) || isSameName(account.email, login)),
    project,
    /** Without a project only an id leads to a repository. */
    repository: (inside: Project | undefined, nameOrId: string) =>
      repositories.find(({ id }) => id === nameOrId) ??
      (inside && repositories.find((one) => one.project === inside && isSameName(one.definition.name, nameOrId))),
  };
}
