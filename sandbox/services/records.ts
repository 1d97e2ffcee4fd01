import { createHash } from 'node:crypto';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

type Row = Record<string, SQLOutputValue>;
type Value = string | number;

/** What every service keeps of a token: never the token, of which only the SHA-256 stays. */
type Token = { id: number; account: string; revoked: boolean };

const TOKENS =
  'CREATE TABLE IF NOT EXISTS tokens (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT;';
const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');

/** A row's record, with the row's own id. */
export const record = <T>(row: Row): T => ({ ...(JSON.parse(String(row['record'])) as T), id: Number(row['id']) });

/**
 * One simulated service's database: opens the file (and makes it when needed) with the tables named besides that of tokens. Calls
 * are synchronous: each is one whole step.
 */
export const openRecords = <TokenRecord extends Token>(file: string, schema: string) => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  db.exec(TOKENS + schema);
  const all = (sql: string, ...values: Value[]): Row[] => db.prepare(sql).all(...values);
  const one = (sql: string, ...values: Value[]): Row | undefined => db.prepare(sql).get(...values);
  /** The id of what was inserted. */
  const run = (sql: string, ...values: Value[]): number => Number(db.prepare(sql).run(...values).lastInsertRowid);
  const tokenOf = (id: number): TokenRecord | undefined => {
    const row = one('SELECT id, record FROM tokens WHERE id = ?', id);
    return row && record<TokenRecord>(row);
  };

  return {
    all,
    one,
    run,
    tokens: {
      token: tokenOf,
      tokenByValue(value: string): TokenRecord | undefined {
        const row = one('SELECT id, record FROM tokens WHERE sha256 = ?', sha256(value));
        return row && record<TokenRecord>(row);
      },
      tokensOf: (account: string): TokenRecord[] =>
        all('SELECT id, record FROM tokens ORDER BY id')
          .map((row) => record<TokenRecord>(row))
          .filter((kept) => kept.account === account),
      /** Keeps a token; one that is already there stays as it is. */
      addToken(value: string, token: Omit<TokenRecord, 'id'>): void {
        run('INSERT OR IGNORE INTO tokens (sha256, record) VALUES (?, ?)', sha256(value), JSON.stringify(token));
      },
      changeToken(id: number, change: Partial<Omit<TokenRecord, 'id'>>): void {
        run('UPDATE tokens SET record = ? WHERE id = ?', JSON.stringify({ ...tokenOf(id), ...change }), id);
      },
    },
    /** Forgets everything; numbers start again at 1. */
    clear: (): void => {
      for (const { name } of all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
        db.exec(`DELETE FROM ${String(name)}`);
      db.exec('DELETE FROM sqlite_sequence');
    },
    /** May be called again. */
    close: (): void => {
      if (db.isOpen) db.close();
    },
  };
};
