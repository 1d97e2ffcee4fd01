import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** The secret is kept as it is: a signature can be checked in no other way. */
export type AccessKeyRecord = { id: string; secret: string; user: string; active: boolean; createdAt: string };

export type PullRequestRecord = {
  id: number;
  repository: string;
  title: string;
  description: string | undefined;
  authorArn: string;
  /** Branch names, without `refs/heads/`. */
  source: string;
  target: string;
  sourceCommit: string;
  targetCommit: string;
  status: 'OPEN' | 'CLOSED';
  merged: boolean;
  clientRequestToken: string | undefined;
  createdAt: string;
  updatedAt: string;
};

/** One line of the trail: a write that was asked for, done or refused. */
export type EventRecord = {
  eventName: string;
  eventTime: string;
  userArn: string;
  repository: string | undefined;
  reference: string | undefined;
  errorCode: string | undefined;
};

/** All that happened to a simulated CodeCommit, in one database file. Calls are synchronous: each is one whole step. */
export type Store = ReturnType<typeof openStore>;

type Row = Record<string, SQLOutputValue>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS access_keys (id TEXT PRIMARY KEY, user TEXT NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS pull_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL) STRICT;
`;

const parsed = <T>(row: Row): T => JSON.parse(String(row['record'])) as T;

/** Opens (and when needed creates) the database file. */
export const openStore = (file: string) => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec(SCHEMA);
  const run = (sql: string, ...values: (string | number)[]): number =>
    Number(db.prepare(sql).run(...values).lastInsertRowid);

  return {
    accessKey(id: string): AccessKeyRecord | undefined {
      const row = db.prepare('SELECT record FROM access_keys WHERE id = ?').get(id);
      return row && parsed<AccessKeyRecord>(row);
    },
    accessKeysOf: (user: string): AccessKeyRecord[] =>
      db
        .prepare('SELECT record FROM access_keys WHERE user = ? ORDER BY rowid')
        .all(user)
        .map((row) => parsed<AccessKeyRecord>(row)),
    /** Keeps a key; one that is already there stays as it is. */
    addAccessKey(key: AccessKeyRecord): void {
      run('INSERT OR IGNORE INTO access_keys VALUES (?, ?, ?)', key.id, key.user, JSON.stringify(key));
    },
    saveAccessKey(key: AccessKeyRecord): void {
      run('UPDATE access_keys SET record = ? WHERE id = ?', JSON.stringify(key), key.id);
    },
    deleteAccessKey(id: string): void {
      run('DELETE FROM access_keys WHERE id = ?', id);
    },

    addPullRequest(pull: Omit<PullRequestRecord, 'id'>): PullRequestRecord {
      const id = run('INSERT INTO pull_requests (record) VALUES (?)', JSON.stringify(pull));
      return { ...pull, id };
    },
    savePullRequest({ id, ...pull }: PullRequestRecord): void {
      run('UPDATE pull_requests SET record = ? WHERE id = ?', JSON.stringify(pull), id);
    },
    /** Newest first. */
    pullRequests: (): PullRequestRecord[] =>
      db
        .prepare('SELECT id, record FROM pull_requests ORDER BY id DESC')
        .all()
        .map((row) => ({ ...parsed<PullRequestRecord>(row), id: Number(row['id']) })),

    addEvent(event: EventRecord): void {
      run('INSERT INTO events (record) VALUES (?)', JSON.stringify(event));
    },
    /** Newest first. */
    events: (): EventRecord[] =>
      db
        .prepare('SELECT record FROM events ORDER BY id DESC')
        .all()
        .map((row) => parsed<EventRecord>(row)),

    /** Forgets everything; numbers start again at 1. */
    clear(): void {
      for (const table of ['access_keys', 'pull_requests', 'events', 'sqlite_sequence'])
        db.exec(`DELETE FROM ${table}`);
    },
    /** May be called again. */
    close(): void {
      if (db.isOpen) db.close();
    },
  };
};
