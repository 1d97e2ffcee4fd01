import type { Store as HostStore, Token } from '../git-host/store.ts';

export type Scope = 'vso.code' | 'vso.code_write' | 'vso.work';

/** `organization`: another organization that the token is limited to; undefined for this one. */
export type TokenRecord = Token & { scopes: Scope[]; organization: string | undefined };

export type Store = HostStore<TokenRecord>;
