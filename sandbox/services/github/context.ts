import type { GitHubRepository, GitHubService } from '../../world/world.ts';
import type { BareRepository } from '../git/bare-repository.ts';
import { isSameName } from '../git-host/branches.ts';
import type { Host } from '../git-host/branches.ts';
import type { Store } from './store.ts';

export type Account = { type: 'User'; id: number; login: string; name: string; email: string };
export type Organization = GitHubService['organizations'][number] & { type: 'Organization'; id: number };
export type Owner = Account | Organization;
export type Repository = {
  id: number;
  /** `owner/name`, as the world spells it. */
  fullName: string;
  owner: Owner;
  definition: GitHubRepository;
  git: BareRepository;
};

export type Catalogue = ReturnType<typeof createCatalogue>;

/** Everything that the parts of the simulated GitHub share. */
export type GitHub = Omit<Host, 'store'> & {
  /** `https://api.github.com` or, of a server, `https://ghes.example/api/v3`; no slash at the end. */
  apiUrl: string;
  /** Of a server. */
  version: string | undefined;
  /** Servers have none unless an admin switches them on. Source: docs "Rate limits for the REST API" (Enterprise Server). */
  hasRateLimits: boolean;
  /** Source: release notes of Enterprise Server 3.10; github.com and GHE.com have them. */
  hasFineGrainedTokens: boolean;
  /** `https://github.com`, no slash at the end. */
  webUrl: string;
  catalogue: Catalogue;
  store: Store;
};

const byLogin = <T extends { login: string }>(list: readonly T[], login: string): T | undefined =>
  list.find((entry) => isSameName(entry.login, login));

/**
 * All people, organizations and repositories of a world, each with a number; `open` opens a repository's git folder. As at GitHub, a name is
 * found in upper and lower case.
 */
export function createCatalogue(definition: GitHubService, open: (repository: GitHubRepository) => BareRepository) {
  const accounts = definition.accounts.map((account, at): Account => ({ type: 'User', id: 583_201 + at, ...account }));
  const organizations = definition.organizations.map((organization, at): Organization => ({
    type: 'Organization',
    id: 21_955_855 + at,
    ...organization,
  }));
  const owner = (login: string): Owner | undefined => byLogin<Owner>([...accounts, ...organizations], login);
  const repositories = definition.repositories.map((repository, at): Repository => {
    const fullName = `${repository.owner}/${repository.name}`;
    const itsOwner = owner(repository.owner);
    if (itsOwner === undefined) {
      throw new Error(`The world has ${fullName}, but no account or organization ${repository.owner}`);
    }
    return { id: 1_296_269 + at, fullName, owner: itsOwner, definition: repository, git: open(repository) };
  });
  const named = (wanted: string): Repository | undefined =>
    repositories.find(({ fullName }) => isSameName(fullName, wanted));
  return {
    accounts,
    organizations,
    repositories,
    account: (login: string) => byLogin(accounts, login),
    owner,
    /** The repository that had this name before. */
    renamed: (ownerLogin: string, name: string) =>
      repositories.find(({ definition: { formerNames } }) =>
        formerNames.some((former) => isSameName(former, `${ownerLogin}/${name}`)),
      ),
    /** By `owner/name`. */
    named,
    repository: (ownerLogin: string, name: string) => named(`${ownerLogin}/${name}`),
  };
}
