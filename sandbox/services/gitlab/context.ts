import type { GitLabProject, GitLabRole, GitLabService } from '../../world/world.ts';
import type { BareRepository } from '../git/bare-repository.ts';
import { isSameName } from '../git-host/branches.ts';
import type { Host } from '../git-host/branches.ts';
import type { Store } from './store.ts';

export type Account = GitLabService['accounts'][number] & { id: number };
export type Group = GitLabService['groups'][number] & { id: number };
export type Project = {
  id: number;
  /** `group/subgroup/project`, as the world spells it. */
  fullName: string;
  /** The group it is in, or the account it belongs to. */
  namespace: { kind: 'group'; id: number; path: string } | { kind: 'user'; id: number; path: string };
  definition: GitLabProject;
  git: BareRepository;
};

export type Catalogue = ReturnType<typeof createCatalogue>;

/** Everything that the parts of the simulated GitLab share. */
export type GitLab = Omit<Host, 'store'> & {
  /** `https://gitlab.acme.example/gitlab`, no slash at the end. */
  webUrl: string;
  /** `/gitlab`, or nothing. */
  basePath: string;
  version: GitLabService['version'];
  tokenPrefix: string;
  premium: boolean;
  readOnly: boolean;
  catalogue: Catalogue;
  store: Store;
};

/** Versions before 15.5, as far as they differ from newer ones here. */
export const isOld = ({ version }: Pick<GitLab, 'version'>): boolean => version === '15.4' || version === '12.7';

const RANK: Readonly<Record<GitLabRole, number>> = {
  guest: 10,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
};

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/**
 * All people, groups and projects of a world, each with a number; `open` opens a project's git folder. As at GitLab, a path is found in upper
 * and lower case.
 */
export function createCatalogue(definition: GitLabService, open: (project: GitLabProject) => BareRepository) {
  const accounts = definition.accounts.map((account, at): Account => ({ id: 1_001 + at, ...account }));
  const groups = definition.groups.map((group, at): Group => ({ id: 501 + at, ...group }));
  const namespaceOf = (path: string): Project['namespace'] => {
    const group = groups.find((one) => one.path === path);
    if (group !== undefined) return { kind: 'group', id: group.id, path };
    const account = accounts.find(({ login }) => login === path);
    if (account !== undefined) return { kind: 'user', id: 9_000 + account.id, path };
    throw new Error(`The world has a project in ${path}, but no such group or account`);
  };
  const projects = definition.projects.map((project, at): Project => ({
    id: 3_001 + at,
    fullName: project.path,
    namespace: namespaceOf(parentOf(project.path)),
    definition: project,
    git: open(project),
  }));
  return {
    accounts,
    groups,
    projects,
    account: (login: string) => accounts.find((one) => isSameName(one.login, login)),
    /** By a full path from before a rename or move, unless another project has that path now. */
    projectOnceAt: (path: string) =>
      projects.some((one) => isSameName(one.fullName, path))
        ? undefined
        : projects.find(({ definition: { formerPaths } }) => formerPaths.some((former) => isSameName(former, path))),
    /** By number or by full path. */
    project: (idOrPath: string) =>
      projects.find(({ id, fullName }) => String(id) === idOrPath || isSameName(fullName, idOrPath)),
  };
}

/** The groups a project is in, from the top down. */
export const groupsOf = (gitlab: GitLab, project: Project): Group[] =>
  gitlab.catalogue.groups.filter(({ path }) => project.fullName.startsWith(`${path}/`));

/** GitLab's number of an account's role in a project, inherited from groups or its own; 0 for none. */
export function accessLevel(gitlab: GitLab, project: Project, account: Account | undefined): number {
  if (account === undefined) return 0;
  if (project.namespace.path === account.login) return RANK.owner;
  const roles = [project.definition.members[account.login]];
  for (const group of groupsOf(gitlab, project)) roles.push(group.members[account.login]);
  return Math.max(0, ...roles.map((role) => (role === undefined ? 0 : RANK[role])));
}

const REPORTER = RANK.reporter;
export const DEVELOPER = RANK.developer;
export const MAINTAINER = RANK.maintainer;

/** Whether somebody can see that a project exists. */
export const isVisible = (gitlab: GitLab, project: Project, account: Account | undefined): boolean =>
  !project.definition.private || accessLevel(gitlab, project, account) > 0;

/** Whether a role or the project's visibility lets somebody read the code. */
export const canReadCode = (gitlab: GitLab, project: Project, account: Account | undefined): boolean =>
  !project.definition.private || accessLevel(gitlab, project, account) >= REPORTER;
