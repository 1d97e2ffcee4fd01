import { createHash } from 'node:crypto';
import type { AzureDevOpsRepository, AzureDevOpsService } from '../../world/world.ts';
import type { BareRepository } from '../git/bare-repository.ts';
import type { Edition } from './editions.ts';
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

/** All people and repositories. As at the service, a name is found in upper and lower case, and by its id. */
export type Catalogue = {
  accounts: readonly Account[];
  projects: readonly Project[];
  repositories: readonly Repository[];
  account(login: string): Account | undefined;
  project(nameOrId: string): Project | undefined;
  /** Without a project only an id leads to a repository. */
  repository(project: Project | undefined, nameOrId: string): Repository | undefined;
};

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

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Gives everything in a world its id; `open` opens a repository's git folder. */
export function createCatalogue(
  definition: AzureDevOpsService,
  open: (repository: AzureDevOpsRepository) => BareRepository,
): Catalogue {
  const accounts = definition.accounts.map((account): Account => ({ ...account, id: idOf('account', account.login) }));
  const names = [...new Set(definition.repositories.map(({ project }) => project))];
  const projects = names.map((name): Project => ({ id: idOf('project', name), name }));
  const project = (nameOrId: string): Project | undefined =>
    projects.find(({ id, name }) => id === nameOrId || same(name, nameOrId));
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
    account: (login) => accounts.find((account) => same(account.login, login) || same(account.email, login)),
    project,
    repository: (inside, nameOrId) =>
      repositories.find(({ id }) => id === nameOrId) ??
      (inside && repositories.find((one) => one.project === inside && same(one.definition.name, nameOrId))),
  };
}
