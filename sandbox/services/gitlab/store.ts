import type { ActivityType, Store as HostStore, Token } from '../git-host/store.ts';

/** `expiresAt` is a day, `YYYY-MM-DD`. */
export type TokenRecord = Token & {
  /** Permissions of a fine-grained token. */
  granular: string[] | undefined;
  /** The token that it replaced. */
  previous?: number;
};

export type Store = HostStore<TokenRecord>;

/** Revokes a token and all that replaced it. */
export function revokeFamily(store: Store, { id, account }: TokenRecord): void {
  const family = new Set([id]);
  for (const one of store.tokensOf(account)) if (family.has(one.previous ?? -1)) family.add(one.id);
  for (const one of family) store.changeToken(one, { revoked: true });
}

/** GitLab's names of people's acts. */
export const ACTIONS: Readonly<Record<ActivityType, string>> = {
  branch_creation: 'pushed new',
  branch_deletion: 'deleted',
  push: 'pushed to',
  force_push: 'pushed to',
  opened: 'opened',
};
