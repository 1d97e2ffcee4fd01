import type { DatabaseSync } from 'node:sqlite';
import type { Site } from '../sites.ts';
import { PlatformError, type Invoker } from './invoke.ts';
import type { Logs } from './logs.ts';
import type { Manifest } from './manifest.ts';

export type Schedule = {
  start(): void;
  /** Runs one scheduled trigger at once; its schedule does not change. Rejects with a `PlatformError`. */
  runNow(site: Site, key: string): Promise<unknown>;
  /** Restarts all schedules. */
  clear(): void;
  close(): void;
};

const minutes = { fiveMinute: 5, hour: 60, day: 24 * 60, week: 7 * 24 * 60 } as const;

/**
 * The manifest's scheduled triggers. The first run comes one interval after the first start; a run that was due while the
 * sandbox was off happens once when it is on again. An error of a trigger is logged and not retried.
 */
export function openSchedule(options: {
  database: DatabaseSync;
  manifest: Manifest;
  sites: readonly Site[];
  run: Invoker['run'];
  backgroundMs: number;
  logs: Logs;
  now: () => Date;
}): Schedule {
  const { database, manifest, sites, now } = options;
  database.exec(
    'CREATE TABLE IF NOT EXISTS schedule (site TEXT NOT NULL, key TEXT NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY (site, key)) STRICT',
  );
  const last = database.prepare('SELECT last_at FROM schedule WHERE site = ? AND key = ?');
  const remember = database.prepare('INSERT OR REPLACE INTO schedule VALUES (?, ?, ?)');
  let timer: NodeJS.Timeout | undefined;

  const run = (site: Site, key: string): Promise<unknown> => {
    const trigger = manifest.scheduledTriggers.find((one) => one.key === key);
    if (trigger === undefined)
      throw new PlatformError('PLATFORM_UNKNOWN_TRIGGER', 400, `The manifest has no scheduled trigger ${key}.`);
    return options.run({
      site: site.id,
      functionKey: trigger.function,
      moduleKey: key,
      moduleType: 'scheduledTrigger',
      payload: { context: { cloudId: site.cloudId, moduleKey: key } },
      defaultMs: options.backgroundMs,
    });
  };

  const tick = (): void => {
    for (const site of sites)
      for (const { key, interval } of manifest.scheduledTriggers) {
        const before = (last.get(site.id, key) as { last_at: number } | undefined)?.last_at;
        const due = before === undefined || now().getTime() - before >= minutes[interval] * 60_000;
        if (!due) continue;
        remember.run(site.id, key, now().getTime());
        if (before !== undefined)
          run(site, key).catch((error: unknown) =>
            options.logs.platform('error', `The trigger ${key} failed: ${String(error)}`),
          );
      }
  };

  return {
    start: () => {
      tick();
      timer = setInterval(tick, 30_000).unref();
    },
    runNow: async (site, key) => run(site, key),
    clear: () => database.exec('DELETE FROM schedule'),
    close: () => clearInterval(timer),
  };
}
