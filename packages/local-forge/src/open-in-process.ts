import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { forgeTimeouts } from './forge/invoke.ts';
import { createLogs, type Logs } from './forge/logs.ts';
import { readManifest, type Manifest } from './forge/manifest.ts';
import { openPlatform, type Platform } from './forge/platform.ts';
import { openInProcessHost, type InProcessHost } from './forge/runtime/in-process.ts';
import { redact } from './forge/redact.ts';
import { createRing, type Ring } from './forge/ring.ts';
import type { Tap } from './forge/step.ts';
import { unlimitedRates, type KvsRates } from './forge/storage/rates.ts';
import { moduleContext } from './jira/context.ts';
import { openJira, type Jira } from './jira/open-jira.ts';
import { noRates, type JiraRates } from './jira/rest/rates.ts';
import type { Service } from './service.ts';
import type { Site } from './sites.ts';

/** An act of a person on a page of the app: a call to its resolver. */
export type PersonCall = {
  /** The first site when not given. */
  site?: string;
  /** Short name; `anonymous` comes as Forge's account `unidentified`, `nobody` with no account at all. */
  as: string;
  module: string;
  call: string;
  payload?: unknown;
  tap?: Tap;
  /** Claims of the page about its place, which replace the true ones. */
  context?: Record<string, unknown>;
};

/** The credential of a request to a service; `as` is a short name, empty in the background. */
export type CarriedBy = { site: string; as: string; authorization: string };

/** The answer of a resolver. Its callers know the type. */
type Answered = ReturnType<JSON['parse']>;

export type InProcessForge = Pick<Platform, 'entries' | 'kvs' | 'closedAccounts' | 'requests' | 'hurry'> & {
  manifest: Manifest;
  logs: Logs;
  jira: Jira;
  /** The page's answer. Rejects with a `PlatformError` when the invocation was killed or ran out of time. */
  invoke(call: PersonCall): Promise<Answered>;
  /** Runs a function of the manifest without a person, as queues and triggers do. */
  run(functionKey: string, options?: { site?: string; payload?: unknown; tap?: Tap }): Promise<unknown>;
  /** Waits until nothing runs and the queues are empty; `hurry`: delayed events are delivered at once. */
  settle(options?: { hurry?: boolean }): Promise<void>;
  /** Observes deliveries of the queues. */
  tapQueues(tap: Tap | undefined): void;
  /** Gets every request to a service. */
  watch(listener: (request: CarriedBy) => void): void;
  /** The app's log lines and requested addresses before anything was redacted: the last 5,000 of each. */
  written(): { logs: readonly string[]; addresses: readonly string[] };
  /** Marks everything logged so far as planted, and so as no fault. */
  forgive(): void;
  /** Rejects when the app has logged a text that looks like a credential. */
  close(): Promise<void>;
};

/**
 * The same platform and Jira as `openLocalForge`, without pages and servers, over a store in memory, with the app in this
 * process. No schedule runs by itself; `run` starts it. One at a time, because it replaces `fetch`.
 */
export async function openInProcess(options: {
  /** The app's folder, with `manifest.yml`. */
  app: string;
  /** Loads the module with the handlers, after the platform has started. */
  load: () => Promise<Record<string, unknown>>;
  sites: readonly Site[];
  services?: readonly Service[];
  /** Host name -> loopback address that answers instead of a service. */
  routes?: ReadonlyMap<string, string>;
  now?: () => Date;
  /** Limits of storage for a site; none by default, because days of work take minutes here. */
  rates?: KvsRates;
  /** Jira's limits of requests; none by default. */
  jiraRates?: JiraRates;
}): Promise<InProcessForge> {
  const { sites, services = [], routes = new Map(), now = () => new Date() } = options;
  const manifest = readManifest(options.app);
  const directory = await mkdtemp(join(tmpdir(), 'local-forge-'));
  const database = new DatabaseSync(':memory:');
  const written = { logs: createRing<string>(5_000), addresses: createRing<string>(5_000) };
  const suspicious: string[] = [];
  const hear =
    (ring: Ring<string>) =>
    (text: string): void => {
      ring.add(text);
      if (redact(text) !== text) suspicious.push(redact(text));
    };
  const logs = createLogs({ now, hear: hear(written.logs) });
  const jira = openJira(sites, { now, rates: options.jiraRates ?? noRates });
  let host: InProcessHost | undefined;
  const platform = await openPlatform({
    ...{ manifest, sites, database, directory, services, routes, logs, now, online: false, latency: 0 },
    hear: hear(written.addresses),
    openHost: async (doors) => (host = await openInProcessHost(doors, options.load)),
    product: (request, caller) => jira.rest(request, caller),
    timeouts: forgeTimeouts,
    rates: options.rates ?? unlimitedRates,
  });
  await platform.start({ schedules: false });

  const siteOf = (id: string | undefined): Site => {
    const site = sites.find((one) => one.id === (id ?? sites[0]?.id));
    if (site === undefined) throw new Error(`There is no site ${id}.`);
    return site;
  };
  return {
    ...platform,
    ...{ manifest, logs, jira },
    invoke: ({ site: siteId, as, module: moduleKey, call, payload, tap, context: claimed }) => {
      const site = siteOf(siteId);
      const module = manifest.uiModules.find(({ key }) => key === moduleKey);
      if (module === undefined) throw new Error(`The manifest has no page module ${moduleKey}.`);
      const person = site.people.find(({ id }) => id === as);
      const context = { ...moduleContext(jira, manifest, site.id, module, person, undefined), ...claimed };
      if (as !== 'nobody')
        return platform.invoke({ site: site.id, accountId: person?.accountId, moduleKey, call, payload, context, tap });
      return platform.run({
        site: site.id,
        functionKey: module.resolver?.function ?? '',
        moduleKey,
        moduleType: module.type,
        call,
        payload: { call: { functionKey: call, payload }, context },
        defaultMs: forgeTimeouts.resolverMs,
        tap,
      });
    },
    run: (functionKey, { site, payload = {}, tap } = {}) =>
      platform.run({
        site: siteOf(site).id,
        functionKey,
        moduleKey: functionKey,
        moduleType: 'function',
        payload,
        defaultMs: forgeTimeouts.backgroundMs,
        tap,
      }),
    settle: async ({ hurry = false } = {}) => {
      while (!platform.idle()) {
        if (hurry) platform.hurry();
        await delay(5);
      }
    },
    tapQueues: (tap) => host?.tapQueues(tap),
    watch: (listener) =>
      host?.watch(({ site, accountId = '', authorization }) =>
        listener({ site, as: jira.person(site, accountId)?.id ?? '', authorization }),
      ),
    written: () => ({ logs: written.logs.entries(), addresses: written.addresses.entries() }),
    forgive: () => void suspicious.splice(0),
    close: async () => {
      await platform.close();
      database.close();
      await rm(directory, { recursive: true, force: true });
      if (suspicious.length > 0) throw new Error(`The app has written what looks like a credential: ${suspicious[0]}`);
    },
  };
}
