import { createHash } from 'node:crypto';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** What is kept of a token: everything but the token, of which only the SHA-256 stays. */
export type TokenRecord = {
  id: number;
  account: string;
  name: string;
  scopes: string[];
  /** Permissions of a fine-grained token. */
  granular: string[] | undefined;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** `YYYY-MM-DD`. */
  expiresAt: string | undefined;
  revoked: boolean;
};

export type MergeRequestRecord = {
  id: number;
  project: string;
  iid: number;
  title: string;
  description: string | undefined;
  author: string;
  source: string;
  target: string;
  sha: string;
  /** The target's commit when it was opened or last looked at. */
  targetSha: string;
  removeSource: boolean;
  /** Logins of people asked to review. */
  reviewers?: string[];
  state: 'opened' | 'merged';
  createdAt: string;
  updatedAt: string;
  mergedAt: string | undefined;
};

export type EventRecord = {
  id: number;
  project: string;
  action: 'pushed new' | 'pushed to' | 'deleted' | 'opened';
  actor: string;
  /** The branch, or the title of the merge request. */
  what: string;
  at: string;
};

/** All that happened to a simulated GitLab, in one database file. Calls are synchronous: each is one whole step. */
export type Store = ReturnType<typeof openStore>;

type Row = Record<string, SQLOutputValue>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tokens (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS merge_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, iid INTEGER NOT NULL,
    record TEXT NOT NULL, UNIQUE (project, iid)) STRICT;
  CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, record TEXT NOT NULL) STRICT;
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
    addToken(value: string, token: Omit<TokenRecord, 'id'>): void {
      run('INSERT OR IGNORE INTO tokens (sha256, record) VALUES (?, ?)', sha256(value), JSON.stringify(token));
    },
    revokeToken(token: TokenRecord): void {
      run('UPDATE tokens SET record = ? WHERE id = ?', JSON.stringify({ ...token, revoked: true }), token.id);
    },

    /** Gives it the project's next number. */
    addMergeRequest(request: Omit<MergeRequestRecord, 'id' | 'iid'>): MergeRequestRecord {
      const last = one('SELECT max(iid) AS last FROM merge_requests WHERE project = ?', request.project);
      const iid = Number(last?.['last'] ?? 0) + 1;
      const sql = 'INSERT INTO merge_requests (project, iid, record) VALUES (?, ?, ?)';
      return { ...request, iid, id: run(sql, request.project, iid, JSON.stringify({ ...request, iid })) };
    },
    saveMergeRequest(request: MergeRequestRecord): void {
      run('UPDATE merge_requests SET record = ? WHERE id = ?', JSON.stringify(request), request.id);
    },
    /** Newest first. */
    mergeRequests: (project: string): MergeRequestRecord[] =>
      all('SELECT id, record FROM merge_requests WHERE project = ? ORDER BY iid DESC', project).map((row) =>
        record<MergeRequestRecord>(row),
      ),

    addEvent(event: Omit<EventRecord, 'id'>): void {
      run('INSERT INTO events (project, record) VALUES (?, ?)', event.project, JSON.stringify(event));
    },
    /** Newest first. */
    events: (project: string): EventRecord[] =>
      all('SELECT id, record FROM events WHERE project = ? ORDER BY id DESC', project).map((row) =>
        record<EventRecord>(row),
      ),

    /** Forgets everything; numbers start again at 1. */
    clear(): void {
      for (const table of ['tokens', 'merge_requests', 'events']) db.exec(`DELETE FROM ${table}`);
      db.exec('DELETE FROM sqlite_sequence');
    },
    /** May be called again. */
    close(): void {
      if (db.isOpen) db.close();
    },
  };
};
