import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from './forge/database.ts';
import { readManifest } from './forge/manifest.ts';
import { openEntries, type Entries } from './forge/storage/entries.ts';
import { openKvs, type Kvs } from './forge/storage/kvs.ts';
import { openRates, unlimitedRates } from './forge/storage/rates.ts';

/** The key-value store alone, with the custom entities of the app in `app`; without rate limits. */
export function openStore({ app, now }: { app: string; now: () => Date }): {
  entries: Entries;
  kvs: Kvs;
  close: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'local-forge-store-'));
  const database = openDatabase(folder);
  const entries = openEntries(database, folder, now);
  const kvs = openKvs(database, entries, openRates(unlimitedRates, now), readManifest(app).entities);
  return {
    entries,
    kvs,
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
