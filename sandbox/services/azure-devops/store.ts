import { createHash } from 'node:crypto';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

export type Scope = 'vso.code' | 'vso.code_write' | 'vso.work';

/** What is kept of a token: everything but the token, of which only the SHA-256 stays. Times are ISO 8601 in UTC. */
export type TokenRecord = {
  id: number;
  account: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  expiresAt: string | undefined;
  revoked: boolean;
  /** Undefined for this organization. */
  organization: string | undefined;
};

export type PullRequestRecord = {
  /** One count for the whole collection. */
  id: number;
  /** `Project/Repository`. */
  repository: string;
  title: string;
  description: string;
  author: string;
  /** Branch names, without `refs/heads/`. */
  source: string;
  target: string;
  sourceCommit: string;
  targetCommit: string;
  draft: boolean;
  /** Logins of people asked to review. */
  reviewers?: string[];
  status: 'active' | 'abandoned' | 'completed';
  createdAt: string;
  closedAt: string | undefined;
};

export type ActivityRecord = {
  id: number;
  repository: string;
  type: 'created' | 'deleted' | 'pushed';
  actor: string;
  branch: string;
  before: string;
  after: string;
  at: string;
};

/** All that happened to a simulated service, in one database file. Calls are synchronous: each is one whole step. */
export type Store = ReturnType<typeof openStore>;

type Row = Record<string, SQLOutputValue>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tokens (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS pull_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL,
    source TEXT NOT NULL, target TEXT NOT NULL, active INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS one_active_pull_request ON pull_requests (repository, source, target) WHERE active = 1;
  CREATE TABLE IF NOT EXISTS activity (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL, record TEXT NOT NULL) STRICT;
`;

const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');
const record = <T>(row: Row): T => ({ ...(JSON.parse(String(row['record'])) as T), id: Number(row['id']) });

/** Opens (and when needed creates) the database file. */
export const openStore = (file: string) => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec(SCHEMA);
  const all = (sql: string, ...values: (string | number)[]): Row[] => db.prepare(sql).all(...values);
  const run = (sql: string, ...values: (string | number)[]): number =>
    Number(db.prepare(sql).run(...values).lastInsertRowid);

  return {
    tokenByValue(value: string): TokenRecord | undefined {
      const [row] = all('SELECT id, record FROM tokens WHERE sha256 = ?', sha256(value));
      return row && record<TokenRecord>(row);
    },
    tokensOf: (account: string): TokenRecord[] =>
      all('SELECT id, record FROM tokens ORDER BY id')
        .map((row) => record<TokenRecord>(row))
        .filter((token) => token.account === account),
    /** Keeps a token; one that is already there stays as it is. */
    addToken(value: string, token: Omit<TokenRecord, 'id'>): void {
      run('INSERT OR IGNORE INTO tokens (sha256, record) VALUES (?, ?)', sha256(value), JSON.stringify(token));
    },
    /** The account whose token it was; undefined when there is none of that number. */
    revokeToken(id: number): string | undefined {
      const [row] = all('SELECT id, record FROM tokens WHERE id = ?', id);
      if (row === undefined) return undefined;
      const token = record<TokenRecord>(row);
      run('UPDATE tokens SET record = ? WHERE id = ?', JSON.stringify({ ...token, revoked: true }), id);
      return token.account;
    },

    /** Undefined when an active pull request between the same branches is already there. */
    addPullRequest(pull: Omit<PullRequestRecord, 'id'>): PullRequestRecord | undefined {
      const { repository, source, target } = pull;
      const twin = 'SELECT id FROM pull_requests WHERE repository = ? AND source = ? AND target = ? AND active = 1';
      if (all(twin, repository, source, target).length > 0) return undefined;
      const sql = 'INSERT INTO pull_requests (repository, source, target, active, record) VALUES (?, ?, ?, 1, ?)';
      return { ...pull, id: run(sql, repository, source, target, JSON.stringify(pull)) };
    },
    savePullRequest(pull: PullRequestRecord): void {
      const active = pull.status === 'active' ? 1 : 0;
      run('UPDATE pull_requests SET active = ?, record = ? WHERE id = ?', active, JSON.stringify(pull), pull.id);
    },
    /** Newest first. */
    pullRequests: (repository: string): PullRequestRecord[] =>
      all('SELECT id, record FROM pull_requests WHERE repository = ? ORDER BY id DESC', repository).map((row) =>
        record<PullRequestRecord>(row),
      ),

    addActivity(activity: Omit<ActivityRecord, 'id'>): void {
      run('INSERT INTO activity (repository, record) VALUES (?, ?)', activity.repository, JSON.stringify(activity));
    },
    /** Newest first. */
    activity: (repository: string): ActivityRecord[] =>
      all('SELECT id, record FROM activity WHERE repository = ? ORDER BY id DESC', repository).map((row) =>
        record<ActivityRecord>(row),
      ),

    /** Forgets everything; numbers start again at 1. */
    clear(): void {
      for (const table of ['tokens', 'pull_requests', 'activity']) db.exec(`DELETE FROM ${table}`);
      db.exec('DELETE FROM sqlite_sequence');
    },
    /** May be called again. */
    close(): void {
      if (db.isOpen) db.close();
    },
  };
};
