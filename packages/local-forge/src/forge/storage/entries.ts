import type { DatabaseSync } from 'node:sqlite';
import { openSeal } from './seal.ts';

export type Kind = 'value' | 'secret';
export type Entry = { key: string; json: string; createdAt: number; updatedAt: number; expiresAt: number | undefined };
export type Written = { previous: Entry | undefined; latest: Entry };

/** Keys and values of every installation, in order of their keys. A site never gets another site's. */
export type Entries = {
  get(site: string, kind: Kind, key: string): Entry | undefined;
  set(site: string, kind: Kind, key: string, json: string, ttl: number | undefined): Written;
  /** False when the entry did not exist. */
  delete(site: string, kind: Kind, key: string): boolean;
  /** Values (never secrets) whose keys start with `prefix` and come after `after`. */
  list(site: string, prefix: string, after: string | undefined, limit: number): Entry[];
  secretKeys(site: string): string[];
  clear(site?: string): void;
};

type Row = {
  key: string;
  content: string | Uint8Array;
  created_at: number;
  updated_at: number;
  expires_at: number | null;
};

/** `directory` holds the key the secrets are sealed with. */
export function openEntries(database: DatabaseSync, directory: string, now: () => Date): Entries {
  database.exec(`CREATE TABLE IF NOT EXISTS entries (
    site TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, content ANY NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, expires_at INTEGER,
    PRIMARY KEY (site, kind, key)) STRICT, WITHOUT ROWID`);
  const sealed = database.prepare("SELECT count(*) AS n FROM entries WHERE kind = 'secret'").get() as { n: number };
  const seal = openSeal(directory, sealed.n === 0);
  const one = database.prepare('SELECT * FROM entries WHERE site = ? AND kind = ? AND key = ?');
  const put = database.prepare('INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM entries WHERE site = ? AND kind = ? AND key = ?');
  // Bounds of the key instead of LIKE or GLOB: a prefix has no wildcards, and SQLite reads only the keys between them.
  const some = database.prepare(`SELECT * FROM entries WHERE site = ?1 AND kind = 'value' AND key >= max(?2, ?3)
    AND key < ?2 || char(0x10ffff) AND key <> ?3 AND (expires_at IS NULL OR expires_at > ?4) ORDER BY key LIMIT ?5`);
  const about = (site: string, key: string): string => `${site}\n${key}`;
  const entryOf = (site: string, kind: Kind, row: Row): Entry => ({
    key: row.key,
    json: kind === 'secret' ? seal.open(row.content as Uint8Array, about(site, row.key)) : (row.content as string),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at ?? undefined,
  });
  const get: Entries['get'] = (site, kind, key) => {
    const row = one.get(site, kind, key) as Row | undefined;
    if (row === undefined || (row.expires_at !== null && row.expires_at <= now().getTime())) return undefined;
    return entryOf(site, kind, row);
  };
  return {
    get,
    set: (site, kind, key, json, ttl) => {
      const previous = get(site, kind, key);
      const time = now().getTime();
      const latest: Entry = {
        key,
        json,
        createdAt: previous?.createdAt ?? time,
        updatedAt: time,
        expiresAt: ttl === undefined ? undefined : time + ttl,
      };
      const content = kind === 'secret' ? seal.close(json, about(site, key)) : json;
      put.run(site, kind, key, content, latest.createdAt, latest.updatedAt, latest.expiresAt ?? null);
      return { previous, latest };
    },
    delete: (site, kind, key) => {
      const there = get(site, kind, key) !== undefined;
      remove.run(site, kind, key);
      return there;
    },
    list: (site, prefix, after, limit) =>
      (some.all(site, prefix, after ?? '', now().getTime(), limit) as Row[]).map((row) => entryOf(site, 'value', row)),
    secretKeys: (site) =>
      (
        database.prepare("SELECT key FROM entries WHERE site = ? AND kind = 'secret' ORDER BY key").all(site) as {
          key: string;
        }[]
      ).map(({ key }) => key),
    clear: (site) =>
      void (site === undefined
        ? database.prepare('DELETE FROM entries').run()
        : database.prepare('DELETE FROM entries WHERE site = ?').run(site)),
  };
}
