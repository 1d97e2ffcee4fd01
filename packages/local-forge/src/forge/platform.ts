import type { DatabaseSync } from 'node:sqlite';
import type { Service } from '../service.ts';
import type { Site } from '../sites.ts';
import { openCallRates } from './call-rates.ts';
import { openClosedAccounts, type ClosedAccounts } from './closed-accounts.ts';
import { anonymousAccountId } from './context.ts';
import { openEgressApprovals, type EgressApprovals } from './egress-approvals.ts';
import { createEgress, type RequestRecord } from './egress.ts';
import { createInvoker, PlatformError, type Invoker, type PageCall, type Timeouts } from './invoke.ts';
import { openLifecycle } from './lifecycle.ts';
import type { Logs } from './logs.ts';
import type { Manifest } from './manifest.ts';
import { createPlatformDoor, type Product } from './platform-door.ts';
import { openQueues } from './queue.ts';
import { createRing } from './ring.ts';
import type { AppDoors, AppHost } from './runtime/app-host.ts';
import { openSchedule } from './schedule.ts';
import { openEntries, type Entries } from './storage/entries.ts';
import { openKvs, type Kvs } from './storage/kvs.ts';
import { openRates, type KvsRates } from './storage/rates.ts';

export type PlatformOptions = {
  manifest: Manifest;
  /** Starts the host that the app runs in. */
  openHost: (doors: AppDoors) => Promise<AppHost>;
  sites: readonly Site[];
  database: DatabaseSync;
  /** Folder of the key that seals secrets. */
  directory: string;
  product: Product;
  services: readonly Service[];
  routes: ReadonlyMap<string, string>;
  online: boolean;
  latency: number;
  timeouts: Timeouts;
  rates: KvsRates;
  logs: Logs;
  /** Gets each address that the app requests, before redaction; only for tests. */
  hear?: (address: string) => void;
  now: () => Date;
};

export type Platform = {
  /** The page's answer to a call to its resolver. Rejects with a `PlatformError`. */
  invoke(call: PageCall): Promise<unknown>;
  /** Runs any function of the manifest. Rejects with a `PlatformError`. */
  run: Invoker['run'];
  runTrigger(site: Site, key: string): Promise<unknown>;
  /** Runs the triggers of an event, as the product would, and returns their keys. Rejects with a `PlatformError` when there is none. */
  fire(site: Site, event: string, payload: Record<string, unknown>): Promise<string[]>;
  uninstall(site: Site): Promise<void>;
  egress: EgressApprovals;
  kvs: Kvs;
  entries: Entries;
  closedAccounts: ClosedAccounts;
  requests(): readonly RequestRecord[];
  /** Whether no function runs and no queue holds an event. */
  idle(): boolean;
  /** Delivers delayed events of queues at once. */
  hurry(): void;
  /** Installs the app where it is missing, and starts queues and, by default, schedules. */
  start(options?: { schedules?: boolean }): Promise<void>;
  /** Deletes everything that the app and its users did, runs `others`, and installs the app again. */
  reset(others: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

/** The stand-in for Forge: runs the app's backend, and answers all its requests. */
export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const { database, manifest, sites, logs, now, timeouts } = options;
  const entries = openEntries(database, options.directory, now);
  const kvs = openKvs(database, entries, openRates(options.rates, now), manifest.entities);
  const approvals = openEgressApprovals(database, manifest.configurableEgress);
  const closedAccounts = openClosedAccounts(database);
  const requests = createRing<RequestRecord>(5_000);
  const callRates = openCallRates(options.rates, now);
  const allowed = (site: string): string[] => [...manifest.egress, ...approvals.backendAddresses(site)];
  const invoker: Invoker = createInvoker({ manifest, sites, process: () => app, allowed, timeouts, logs, now });
  const nameOf = (site: string, accountId: string): string =>
    sites.find(({ id }) => id === site)?.people.find((person) => person.accountId === accountId)?.id ?? accountId;
  const background = { database, manifest, sites, backgroundMs: timeouts.backgroundMs, logs, now };
  const run: Invoker['run'] = async (call) => {
    const site = sites.find(({ id }) => id === call.site);
    // `preUninstall` is the last function that runs, and it runs while the app is still installed.
    if (site !== undefined && !lifecycle.isInstalled(site))
      throw new PlatformError('PLATFORM_NOT_INSTALLED', 400, `The app is not installed on ${site.id}.`);
    return invoker.run(call);
  };
  const lifecycle = openLifecycle({ ...background, run: (call) => invoker.run(call) });
  const queues = openQueues({ ...background, run, eventsPerMinute: options.rates.queueEvents });
  const schedule = openSchedule({ ...background, run });
  const app = await options.openHost({
    invocation: (id) => invoker.find(id),
    egress: createEgress({ ...options, allowed, nameOf, record: requests }),
    platform: createPlatformDoor({ manifest, sites, kvs, queues, closedAccounts, product: options.product, logs }),
    memoryMB: manifest.runtime.memoryMB,
    logs,
  });

  const forget = (site?: string): void => {
    entries.clear(site);
    queues.clear(site);
    approvals.clear(site);
  };
  return {
    invoke: async (call) => {
      const site = sites.find(({ id }) => id === call.site);
      if (site !== undefined && !lifecycle.isInstalled(site))
        throw new PlatformError('PLATFORM_NOT_INSTALLED', 400, `The app is not installed on ${site.id}.`);
      const refused = callRates.ask(call.site, call.accountId ?? anonymousAccountId);
      if (refused !== undefined) {
        logs.platform(
          'warn',
          `${call.call} of ${nameOf(call.site, call.accountId ?? '')} was refused: 429. ${refused}`,
        );
        throw new PlatformError('PLATFORM_RATE_LIMITED', 429, `There was an error invoking the function - ${refused}`);
      }
      return invoker.invoke(call);
    },
    run,
    runTrigger: (site, key) => schedule.runNow(site, key),
    fire: async (site, event, payload) => {
      const triggers = manifest.triggers.filter(({ events }) => events.includes(event));
      if (triggers.length === 0)
        throw new PlatformError('PLATFORM_UNKNOWN_EVENT', 400, `The manifest has no trigger of ${event}.`);
      for (const { key, function: functionKey } of triggers)
        await run({
          site: site.id,
          functionKey,
          moduleKey: key,
          moduleType: 'trigger',
          payload: { eventType: event, ...payload },
          defaultMs: timeouts.backgroundMs,
        });
      return triggers.map(({ key }) => key);
    },
    uninstall: async (site) => {
      await lifecycle.uninstall(site);
      forget(site.id);
    },
    egress: approvals,
    kvs,
    entries,
    closedAccounts,
    requests: () => requests.entries(),
    idle: () => invoker.running() === 0 && queues.pending() === 0,
    hurry: () => queues.hurry(),
    start: async ({ schedules = true } = {}) => {
      await lifecycle.installEverywhere();
      queues.start();
      if (schedules) schedule.start();
    },
    reset: async (others) => {
      await app.restart();
      forget();
      schedule.clear();
      lifecycle.clear();
      closedAccounts.clear();
      kvs.clear();
      callRates.clear();
      requests.clear();
      await others();
      await lifecycle.installEverywhere();
    },
    close: async () => {
      queues.close();
      schedule.close();
      await app.close();
    },
  };
}
