import { openStore, type Entries } from 'local-forge';

export type InProcessStore = {
  entries: Entries;
  /** Paths of the requests made so far. */
  requests: string[];
  /** The events that were pushed to queues. */
  pushed: { queue: string; payload: readonly unknown[] }[];
  /** Answers instead of the store, if it returns an answer. */
  instead: ((path: string) => Response | undefined) | undefined;
  close(): void;
};

const site = 'acme';

/**
 * The sandbox's key-value store behind the door that `@forge/kvs` speaks through, for one test file. Opened before anything that
 * imports `@forge/kvs` is loaded, because the package looks for the door once.
 */
export function openInProcessStore(now: () => Date): InProcessStore {
  const { entries, kvs, close } = openStore({ app: process.cwd(), now });
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
    close,
  };
  return store;
}
