import { createHash } from 'node:crypto';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** A stored token. Of its value, only the SHA-256 is stored. Times are ISO 8601 in UTC, here and below. */
export type Token = {
  id: number;
  account: string;
  name: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string | undefined;
  revoked: boolean;
};

export type PullRequest = {
  /** Counted over all repositories. */
  id: number;
  /** The full name of its repository, as the world spells it. */
  repository: string;
  /** Counted in its repository. */
  number: number;
  title: string;
  body: string | undefined;
  /** A login. */
  author: string;
  /** Branch names, without `refs/heads/`. */
  source: string;
  target: string;
  /** Their commits when the pull request was opened, or last read while it was open. */
  sourceSha: string;
  targetSha: string;
  draft: boolean;
  state: 'open' | 'closed' | 'merged';
  /** Logins of the requested reviewers. */
  reviewers: string[];
  /** Logins, and names of labels, where the service has such. */
  assignees?: string[];
  labels?: string[];
  createdAt: string;
  updatedAt: string;
  closedAt: string | undefined;
  /** GitLab: its source is to be removed once it is merged. */
  removeSource?: boolean;
  /** CodeCommit: a request that comes again with the same one opens nothing new. */
  requestToken?: string | undefined;
};

export type ActivityType = 'branch_creation' | 'branch_deletion' | 'push' | 'force_push' | 'opened';
export type Activity = {
  id: number;
  repository: string;
  type: ActivityType;
  actor: string;
  /** The ref, or number and title of what was `opened`. */
  ref: string;
  before: string;
  after: string;
  at: string;
};

type Row = Record<string, SQLOutputValue>;
type Value = string | number;
type Named = { repository: string };

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tokens (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS pull_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS activity (id INTEGER PRIMARY KEY AUTOINCREMENT, repository TEXT NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS pull_requests_of_repository ON pull_requests (repository);
  CREATE INDEX IF NOT EXISTS activity_of_repository ON activity (repository);
`;
const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');
const record = <T>(row: Row): T => ({ ...(JSON.parse(String(row['record'])) as T), id: Number(row['id']) });

/**
 * The events of one service, in one database file, which is created when needed. `more`: a dialect's own tables.
 * Calls are synchronous: each is one whole step.
 */
export function openStore<TokenRecord extends Token, Entry extends Named = Activity>(file: string, more = '') {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec(SCHEMA + more);
  const all = (sql: string, ...values: Value[]): Row[] => db.prepare(sql).all(...values);
  const one = (sql: string, ...values: Value[]): Row | undefined => db.prepare(sql).get(...values);
  /** The id of the inserted row. */
  const run = (sql: string, ...values: Value[]): number => Number(db.prepare(sql).run(...values).lastInsertRowid);
  /** Rows of a table, newest first: of one repository, or all. */
  const newest = <T>(table: string, repository: string | undefined): T[] =>
    (repository === undefined
      ? all(`SELECT id, record FROM ${table} ORDER BY id DESC`)
      : all(`SELECT id, record FROM ${table} WHERE repository = ? ORDER BY id DESC`, repository)
    ).map((row) => record<T>(row));
  const tokenOf = (id: number): TokenRecord | undefined => {
    const row = one('SELECT id, record FROM tokens WHERE id = ?', id);
    return row && record<TokenRecord>(row);
  };
  const changeToken = (id: number, change: Partial<TokenRecord>): void => {
    run('UPDATE tokens SET record = ? WHERE id = ?', JSON.stringify({ ...tokenOf(id), ...change }), id);
  };

  const savePullRequest = (pull: PullRequest): void => {
    run('UPDATE pull_requests SET record = ? WHERE id = ?', JSON.stringify(pull), pull.id);
  };

  return {
    one,
    run,
    token: tokenOf,
    tokenByValue(value: string): TokenRecord | undefined {
      const row = one('SELECT id, record FROM tokens WHERE sha256 = ?', sha256(value));
      return row && record<TokenRecord>(row);
    },
    tokensOf: (account: string): TokenRecord[] =>
      all('SELECT id, record FROM tokens ORDER BY id')
        .map((row) => record<TokenRecord>(row))
        .filter((token) => token.account === account),
    /** Stores a token. A token that is already stored does not change, so a revoked one remains revoked. */
    addToken(value: string, token: Omit<TokenRecord, 'id'>): void {
      run('INSERT OR IGNORE INTO tokens (sha256, record) VALUES (?, ?)', sha256(value), JSON.stringify(token));
    },
    changeToken,
    deleteToken: (id: number): void => void run('DELETE FROM tokens WHERE id = ?', id),

    /** Gives it the next number of its repository. */
    addPullRequest(pull: Omit<PullRequest, 'id' | 'number'>): PullRequest {
      const count = one('SELECT count(*) AS count FROM pull_requests WHERE repository = ?', pull.repository);
      const made = { ...pull, number: Number(count?.['count']) + 1 };
      const sql = 'INSERT INTO pull_requests (repository, record) VALUES (?, ?)';
      return { ...made, id: run(sql, pull.repository, JSON.stringify(made)) };
    },
    savePullRequest,
    /** Changes the present state of a pull request, so two changes at once never undo each other. */
    changePullRequest(
      { id, repository }: PullRequest,
      changed: (now: PullRequest) => Partial<PullRequest>,
    ): PullRequest {
      const now = newest<PullRequest>('pull_requests', repository).find((one) => one.id === id);
      if (now === undefined) throw new Error(`There is no pull request ${id}.`);
      const next = { ...now, ...changed(now) };
      savePullRequest(next);
      return next;
    },
    /** Newest first. */
    pullRequests: (repository?: string): PullRequest[] => newest<PullRequest>('pull_requests', repository),

    addActivity(entry: Omit<Entry, 'id'>): void {
      run('INSERT INTO activity (repository, record) VALUES (?, ?)', String(entry.repository), JSON.stringify(entry));
    },
    /** Newest first. */
    activity: (repository?: string): Entry[] => newest<Entry>('activity', repository),
    /** The last entry of each repository that has any. */
    lastActivity: (): Map<string, Entry> =>
      new Map(
        all('SELECT repository, max(id) AS id, record FROM activity GROUP BY repository').map((row) => [
          String(row['repository']),
          record<Entry>(row),
        ]),
      ),

    /** Forgets everything; numbers start again at 1. */
    clear(): void {
      for (const { name } of all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
        db.exec(`DELETE FROM ${String(name)}`);
      db.exec('DELETE FROM sqlite_sequence');
    },
    /** May be called again. */
    close(): void {
      if (db.isOpen) db.close();
    },
  };
}

export type Store<TokenRecord extends Token = Token, Entry extends Named = Activity> = ReturnType<
  typeof openStore<TokenRecord, Entry>
>;
