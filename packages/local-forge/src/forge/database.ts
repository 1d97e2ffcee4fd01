import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const lockedCode = 5; // SQLITE_BUSY

/**
 * Opens the platform's database in `directory` (created when missing) and keeps it locked until it is closed, so that two
 * sandboxes never share a folder. The kernel owns the lock and releases it when the process ends.
 */
export function openDatabase(directory: string): DatabaseSync {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'forge.db');
  // It holds sealed tokens and other data, so only the owner can read it. SQLite gives its other files the same rights.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA secure_delete = ON; BEGIN EXCLUSIVE; COMMIT;');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === lockedCode)
      throw new Error(`Another sandbox is using ${directory}. Stop it first, or choose another folder with --data.`, {
        cause: error,
      });
    throw error;
  }
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  return database;
}

/** Runs `work` in one transaction; an error undoes everything. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
