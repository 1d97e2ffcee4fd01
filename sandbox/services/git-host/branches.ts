import { NO_OBJECT } from '../git/bare-repository.ts';
import type { BareRepository, GitRef } from '../git/bare-repository.ts';
import type { Store } from './store.ts';

export type Repository = {
  /** As the world spells it; unique in a service. */
  fullName: string;
  definition: { defaultBranch: string; description?: string; private?: boolean; archived?: boolean };
  git: BareRepository;
};

/** The part of a service that the git host needs. */
export type Host = {
  store: Pick<Store, 'pullRequests' | 'savePullRequest' | 'addActivity'>;
  pulls: {
    /** Where commits of a pull request stay reachable: `refs/pull` makes it `refs/pull/1/head`. */
    refs?: string;
    /** A pull request without its branch is closed. */
    endWithBranch: boolean;
  };
  now(): Date;
};

export const HEADS = 'refs/heads/';
export const branchName = (ref: string): string => ref.slice(HEADS.length);
export const branchesOf = ({ git }: Repository): Promise<GitRef[]> => git.refs(HEADS);
export const branchOf = ({ git }: Repository, branch: string): Promise<GitRef | undefined> =>
  git.ref(`${HEADS}${branch}`);

export type RefUpdate = { ref: string; before: string; after: string };

/** Records who changed a branch. */
export function noteRefChange(
  host: Host,
  { fullName }: Repository,
  actor: { login: string },
  change: RefUpdate,
  forced = false,
): void {
  const push = forced ? 'force_push' : 'push';
  const type = change.before === NO_OBJECT ? 'branch_creation' : change.after === NO_OBJECT ? 'branch_deletion' : push;
  const at = host.now().toISOString();
  host.store.addActivity({ repository: fullName, type, actor: actor.login, ...change, at });
}

/** Services find a name in upper and lower case. */
export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The accounts of some logins, without those that the world does not have. */
export const peopleOf = <Account>(
  { catalogue }: { catalogue: { account(login: string): Account | undefined } },
  logins: readonly string[] = [],
): Account[] => logins.flatMap((login) => catalogue.account(login) ?? []);
