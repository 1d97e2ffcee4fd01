import { createHash } from 'node:crypto';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

export type TokenKind = 'classic' | 'fine-grained';
export type Permission = 'read' | 'write';

/** What is kept of a token: everything but the token, of which only the SHA-256 stays. Times are ISO 8601 in UTC. */
export type TokenRecord = {
  id: number;
  account: string;
  kind: TokenKind;
  note: string;
  scopes: string[];
  resourceOwner: string | undefined;
  permissions: Record<string, Permission>;
  createdAt: string;
  expiresAt: string | undefined;
  revoked: boolean;
  authorizedOrganizations: string[];
};
export type NewToken = Omit<TokenRecord, 'id'>;

export type PullRequestRecord = {
  id: number;
  /** `owner/name` of the repository, as the world spells it. */
  repository: string;
  number: number;
  title: string;
  body: string | undefined;
  author: string;
  head: string;
  base: string;
  headSha: string;
  baseSha: string;
  draft: boolean;
  state: 'open' | 'closed' | 'merged';
  reviewers: string[];
  createdAt: string;
  updatedAt: string;
  closedAt: string | undefined;
};

export type ActivityType = 'branch_creation' | 'branch_deletion' | 'push' | 'force_push';
export type ActivityRecord = {
  id: number;
  repository: string;
  type: ActivityType;
  actor: string;
  ref: string;
  before: string;
  after: string;
  at: string;
};

export type RateRecord = { used: number; resetAt: number };

/** All that happened to a simulated GitHub, in one database file. Calls are synchronous: each is one whole step. */
export type Store = ReturnType<typeof openStore>;

type Row = Record<string, SQLOutputValue>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tokens (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sso_requests (key TEXT PRIMARY KEY, token INTEGER NOT NULL, organization TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS pull_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL, number INTEGER NOT NULL,
    head TEXT NOT NULL, base TEXT NOT NULL, open INTEGER NOT NULL, record TEXT NOT NULL, UNIQUE (repository, number)) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS one_open_pull_request ON pull_requests (repository, head, base) WHERE open = 1;
  CREATE TABLE IF NOT EXISTS activity (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS activity_of_repository ON activity (repository);
  CREATE TABLE IF NOT EXISTS rates (key TEXT PRIMARY KEY, used INTEGER NOT NULL, reset_at INTEGER NOT NULL) STRICT;
`;

const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');
const record = <T>(row: Row): T => ({ ...(JSON.parse(String(row['record'])) as T), id: Number(row['id']) });

/** Opens (and when needed creates) the database file. */
export const openStore = (file: string) => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec(SCHEMA);
  const all = (sql: string, ...values: (string | number)[]): Row[] => db.prepare(sql).all(...values);
  const one = (sql: string, ...values: (string | number)[]): Row | undefined => db.prepare(sql).get(...values);
  const run = (sql: string, ...values: (string | number)[]): number =>
    Number(db.prepare(sql).run(...values).lastInsertRowid);
  const changeToken = (id: number, change: (token: NewToken) => NewToken): void => {
    const row = one('SELECT id, record FROM tokens WHERE id = ?', id);
    if (row === undefined) throw new Error(`No token ${id}`);
    const { id: _id, ...token } = record<TokenRecord>(row);
    run('UPDATE tokens SET record = ? WHERE id = ?', JSON.stringify(change(token)), id);
  };

  return {
    tokenByValue(value: string): TokenRecord | undefined {
      const row = one('SELECT id, record FROM tokens WHERE sha256 = ?', sha256(value));
      return row && record<TokenRecord>(row);
    },
    token(id: number): TokenRecord | undefined {
      const row = one('SELECT id, record FROM tokens WHERE id = ?', id);
      return row && record<TokenRecord>(row);
    },
    tokensOf: (account: string): TokenRecord[] =>
      all('SELECT id, record FROM tokens ORDER BY id')
        .map((row) => record<TokenRecord>(row))
        .filter((token) => token.account === account),
    /** Keeps a token; one that is already there stays as it is. */
    addToken(value: string, token: NewToken): void {
      run('INSERT OR IGNORE INTO tokens (sha256, record) VALUES (?, ?)', sha256(value), JSON.stringify(token));
    },
    revokeToken: (id: number): void => changeToken(id, (token) => ({ ...token, revoked: true })),
    authorizeToken: (id: number, organization: string): void =>
      changeToken(id, (token) => ({
        ...token,
        authorizedOrganizations: [...new Set([...token.authorizedOrganizations, organization])],
      })),
    /** Remembers what a single sign-on address stands for, until `expiresAt` (milliseconds since 1970). */
    addSsoRequest(key: string, token: number, organization: string, expiresAt: number): void {
      run('INSERT INTO sso_requests VALUES (?, ?, ?, ?)', key, token, organization, expiresAt);
    },
    ssoRequest(key: string, now: number): { token: number; organization: string } | undefined {
      const row = one('SELECT token, organization FROM sso_requests WHERE key = ? AND expires_at > ?', key, now);
      return row && { token: Number(row['token']), organization: String(row['organization']) };
    },

    /** Undefined when an open pull request for the same head and base is already there. Gives it the next number. */
    addPullRequest(pull: Omit<PullRequestRecord, 'id' | 'number'>): PullRequestRecord | undefined {
      const { repository, head, base } = pull;
      const twin = 'SELECT id FROM pull_requests WHERE repository = ? AND head = ? AND base = ? AND open = 1';
      if (one(twin, repository, head, base) !== undefined) return undefined;
      const last = one('SELECT max(number) AS last FROM pull_requests WHERE repository = ?', repository);
      const number = Number(last?.['last'] ?? 0) + 1;
      const sql = 'INSERT INTO pull_requests (repository, number, head, base, open, record) VALUES (?, ?, ?, ?, 1, ?)';
      const id = run(sql, repository, number, head, base, JSON.stringify({ ...pull, number }));
      return { ...pull, id, number };
    },
    savePullRequest(pull: PullRequestRecord): void {
      const open = pull.state === 'open' ? 1 : 0;
      run('UPDATE pull_requests SET open = ?, record = ? WHERE id = ?', open, JSON.stringify(pull), pull.id);
    },
    /** Newest first. */
    pullRequests: (repository: string): PullRequestRecord[] =>
      all('SELECT id, record FROM pull_requests WHERE repository = ? ORDER BY number DESC', repository).map((row) =>
        record<PullRequestRecord>(row),
      ),

    addActivity(activity: Omit<ActivityRecord, 'id'>): void {
      run('INSERT INTO activity (repository, record) VALUES (?, ?)', activity.repository, JSON.stringify(activity));
    },
    /** When something last happened in each repository where anything did. */
    lastActivity: (): Map<string, string> =>
      new Map(
        all('SELECT repository, max(id), record FROM activity GROUP BY repository').map((row) => [
          String(row['repository']),
          (JSON.parse(String(row['record'])) as { at: string }).at,
        ]),
      ),
    /** Newest first. */
    activity: (repository: string): ActivityRecord[] =>
      all('SELECT id, record FROM activity WHERE repository = ? ORDER BY id DESC', repository).map((row) =>
        record<ActivityRecord>(row),
      ),

    rate(key: string): RateRecord | undefined {
      const row = one('SELECT used, reset_at FROM rates WHERE key = ?', key);
      return row && { used: Number(row['used']), resetAt: Number(row['reset_at']) };
    },
    setRate(key: string, rate: RateRecord): void {
      run('INSERT OR REPLACE INTO rates VALUES (?, ?, ?)', key, rate.used, rate.resetAt);
    },

    /** Forgets everything; numbers start again at 1. */
    clear(): void {
      for (const table of ['tokens', 'sso_requests', 'pull_requests', 'activity', 'rates'])
        db.exec(`DELETE FROM ${table}`);
      db.exec('DELETE FROM sqlite_sequence');
    },
    /** May be called again. */
    close(): void {
      if (db.isOpen) db.close();
    },
  };
};
