import type { DatabaseSync } from 'node:sqlite';
import type { Site } from '../sites.ts';
import { appVersion, contextAri, environmentId, installationId } from './context.ts';
import type { Invoker } from './invoke.ts';
import type { Logs } from './logs.ts';
import type { Manifest } from './manifest.ts';

export type Lifecycle = {
  /** Installs the app on every site where it is not installed yet, and runs the triggers of that event. */
  installEverywhere(): Promise<void>;
  isInstalled(site: Site): boolean;
  /** Runs `preUninstall`; afterwards the app is not installed. An error of the function does not stop it. */
  uninstall(site: Site): Promise<void>;
  clear(): void;
};

/** The sites where the app is installed, and the app's events when that changes. */
export function openLifecycle(options: {
  database: DatabaseSync;
  manifest: Manifest;
  sites: readonly Site[];
  run: Invoker['run'];
  backgroundMs: number;
  logs: Logs;
}): Lifecycle {
  const { database, manifest, sites, logs } = options;
  database.exec('CREATE TABLE IF NOT EXISTS installations (site TEXT PRIMARY KEY, installed INTEGER NOT NULL) STRICT');
  const remember = database.prepare('INSERT OR REPLACE INTO installations VALUES (?, ?)');
  const state = (site: Site): number | undefined =>
    (
      database.prepare('SELECT installed FROM installations WHERE site = ?').get(site.id) as
        { installed: number } | undefined
    )?.installed;

  const call = async (
    site: Site,
    item: { key: string; function: string },
    moduleType: string,
    payload: unknown,
  ): Promise<void> => {
    try {
      await options.run({
        site: site.id,
        functionKey: item.function,
        moduleKey: item.key,
        moduleType,
        payload,
        defaultMs: options.backgroundMs,
      });
    } catch (error) {
      logs.platform('error', `${item.key} failed on ${site.id}: ${String(error)}`);
    }
  };
  const about = (site: Site): Record<string, unknown> => ({
    id: installationId(site),
    context: contextAri(site),
    installerAccountId: site.people.find(({ jiraAdmin }) => jiraAdmin)?.accountId,
    app: { id: manifest.appId, version: appVersion },
    environment: { id: environmentId },
  });

  return {
    installEverywhere: async () => {
      for (const site of sites) {
        if (state(site) !== undefined) continue;
        remember.run(site.id, 1);
        const event = 'avi:forge:installed:app' as const;
        for (const trigger of manifest.triggers)
          if (trigger.events.includes(event))
            await call(site, trigger, 'trigger', { eventType: event, ...about(site) });
      }
    },
    isInstalled: (site) => state(site) === 1,
    uninstall: async (site) => {
      for (const item of manifest.preUninstall) await call(site, item, 'preUninstall', about(site));
      remember.run(site.id, 0);
    },
    clear: () => database.exec('DELETE FROM installations'),
  };
}
