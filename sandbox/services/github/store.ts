import type { Store as HostStore, Token } from '../git-host/store.ts';

export type TokenKind = 'classic' | 'fine-grained';
export type Permission = 'read' | 'write';

export type TokenRecord = Token & {
  kind: TokenKind;
  resourceOwner: string | undefined;
  permissions: Record<string, Permission>;
  authorizedOrganizations: string[];
};

export const TABLES = `
  CREATE TABLE IF NOT EXISTS sso_requests (key TEXT PRIMARY KEY, token INTEGER NOT NULL, organization TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS rates (key TEXT PRIMARY KEY, used INTEGER NOT NULL, reset_at INTEGER NOT NULL) STRICT;
`;

/** GitHub's own tables: authorizations by single sign-on, and used-up limits. */
export const withTables = (store: HostStore<TokenRecord>) => ({
  ...store,
  authorizeToken(id: number, organization: string): void {
    const authorized = store.token(id)?.authorizedOrganizations ?? [];
    store.changeToken(id, { authorizedOrganizations: [...new Set([...authorized, organization])] });
  },
  /** Stores the authorization behind a single sign-on address until `expiresAt` (milliseconds since 1970). */
  addSsoRequest(key: string, token: number, organization: string, expiresAt: number): void {
    store.run('INSERT INTO sso_requests VALUES (?, ?, ?, ?)', key, token, organization, expiresAt);
  },
  ssoRequest(key: string, now: number): { token: number; organization: string } | undefined {
    const row = store.one('SELECT token, organization FROM sso_requests WHERE key = ? AND expires_at > ?', key, now);
    return row && { token: Number(row['token']), organization: String(row['organization']) };
  },
  rate(key: string): { used: number; resetAt: number } | undefined {
    const row = store.one('SELECT used, reset_at FROM rates WHERE key = ?', key);
    return row && { used: Number(row['used']), resetAt: Number(row['reset_at']) };
  },
  setRate(key: string, { used, resetAt }: { used: number; resetAt: number }): void {
    store.run('INSERT OR REPLACE INTO rates VALUES (?, ?, ?)', key, used, resetAt);
  },
});

export type Store = ReturnType<typeof withTables>;
