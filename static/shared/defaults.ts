import type { DefaultsView, RepositoryAt } from '../../src/contract/views';
import type { ChosenRepository } from './repository-picker';

/** The branch a person starts from in a repository: their own default, else what the service calls the default branch. */
export function startBranch(defaults: DefaultsView, chosen: ChosenRepository | undefined): string | undefined {
  if (!chosen) return undefined;
  return defaultBranchOf(defaults, at(chosen)) ?? chosen.repository.defaultBranch;
}

/** The person's own default branch of a repository. Names of repositories ignore case. */
export function defaultBranchOf(defaults: DefaultsView, where: RepositoryAt): string | undefined {
  return defaults.branches.find((one) => isSameRepository(one, where))?.branch;
}

/** Whether both are one repository of one integration. Names of repositories ignore case. */
export function isSameRepository(one: RepositoryAt | undefined, other: RepositoryAt): boolean {
  return (
    one !== undefined &&
    one.integrationId === other.integrationId &&
    one.repository.toLowerCase() === other.repository.toLowerCase()
  );
}

/** Where a chosen repository is, as defaults store it. */
export function at({ integrationId, repository }: ChosenRepository): RepositoryAt {
  return { integrationId, repository: repository.name };
}
