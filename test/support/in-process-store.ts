import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../packages/local-forge/src/forge/database';
import { readManifest } from '../../packages/local-forge/src/forge/manifest';
import { openEntries, type Entries } from '../../packages/local-forge/src/forge/storage/entries';
import { openKvs } from '../../packages/local-forge/src/forge/storage/kvs';
import { openRates, unlimitedRates } from '../../packages/local-forge/src/forge/storage/rates';

export type InProcessStore = {
  entries: Entries;
  /** Paths of the requests made so far. */
  requests: string[];
  /** What was handed to queues. */
  pushed: { queue: string; payload: readonly unknown[] }[];
  /** Answers in the place of the store, where it gives an answer. */
  instead: ((path: string) => Response | undefined) | undefined;
  close(): void;
};

const site = 'acme';

/**
 * The sandbox's key-value store behind the door that `@forge/kvs` speaks through, for one test file. Opened before anything that
 * imports `@forge/kvs` is loaded: the package looks for the door once.
 */
export function openInProcessStore(now: () => Date): InProcessStore {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-store-'));
  const database = openDatabase(folder);
  const entries = openEntries(database, folder, now);
  const { entities } = readManifest(process.cwd());
  const kvs = openKvs(database, entries, openRates(unlimitedRates, now), entities);
  const requests: string[] = [];
  const pushed: InProcessStore['pushed'] = [];
  Object.assign(globalThis, {
    __forge_runtime__: { proxy: { token: '', url: '' }, contextAri: `ari:cloud:jira::site/${site}` },
    __forge_fetch__: async (_: unknown, path: string, init: { body: string }) => {
      requests.push(path);
      const body = JSON.parse(init.body) as Record<string, any>;
      const answer = store.instead?.(path);
      if (answer !== undefined) return answer;
      if (!path.startsWith('/webhook/queue/publish/')) return kvs.handle(site, path, body);
      pushed.push({ queue: body['queueName'], payload: body['payload'] });
      return new Response(null, { status: 201 });
    },
  });
  const store: InProcessStore = {
    entries: {
      ...entries,
      list: (_, prefix, after, limit) => entries.list(site, prefix, after, limit),
      secretKeys: () => entries.secretKeys(site),
      set: (_, kind, key, json, ttl) => entries.set(site, kind, key, json, ttl),
    },
    requests,
    pushed,
    instead: undefined,
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return store;
}
