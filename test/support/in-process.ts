import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Service, Site } from 'local-forge';
import { openClosedAccounts, type ClosedAccounts } from '../../packages/local-forge/src/forge/closed-accounts';
import { createEgress, type RequestRecord } from '../../packages/local-forge/src/forge/egress';
import { createInvoker, forgeTimeouts, type Invoker } from '../../packages/local-forge/src/forge/invoke';
import { DoorError, type LiveInvocation } from '../../packages/local-forge/src/forge/live-invocation';
import { createLogs, type Logs } from '../../packages/local-forge/src/forge/logs';
import { readManifest, type Manifest } from '../../packages/local-forge/src/forge/manifest';
import { createPlatformDoor } from '../../packages/local-forge/src/forge/platform-door';
import { openQueues } from '../../packages/local-forge/src/forge/queue';
import { createRing } from '../../packages/local-forge/src/forge/ring';
import { forgeRuntime } from '../../packages/local-forge/src/forge/runtime/invocation';
import type { AppProcess, Outcome } from '../../packages/local-forge/src/forge/runtime/run-app';
import { openEntries, type Entries } from '../../packages/local-forge/src/forge/storage/entries';
import { openKvs, type Kvs } from '../../packages/local-forge/src/forge/storage/kvs';
import { openRates, unlimitedRates, type KvsRates } from '../../packages/local-forge/src/forge/storage/rates';
import { moduleContext } from '../../packages/local-forge/src/jira/context';
import { openJira, type Jira } from '../../packages/local-forge/src/jira/open-jira';
import type { JiraRates } from '../../packages/local-forge/src/jira/rest/rates';

/** One step of an invocation over the border of the process: what it asked the platform, Jira or a service. */
export type Step = {
  /** `storage` and `queue` are Forge's, `privacy` is its report of accounts. */
  to: 'storage' | 'queue' | 'privacy' | 'jira' | 'service';
  /** Whether it changes something there. */
  writes: boolean;
  /** Path, and the key or the host: never a value. Of AWS the operation and the host: each is a POST to `/`. */
  what: string;
  /** Of the store; of a query what they begin with, and `*`. */
  keys: readonly string[];
};

/**
 * What happens at a step. `kill-before` and `kill-after` end the invocation as if its process had been shot: nothing of it
 * goes on. An `answer` comes in the place of the real one.
 */
export type Twist =
  | { kind: 'kill-before' }
  | { kind: 'kill-after' }
  | { kind: 'slow'; ms: number }
  | { kind: 'wait'; until: Promise<void> }
  | { kind: 'reset' }
  | { kind: 'answer'; status: number; body?: string }
  | { kind: 'header'; name: string; value: string };

/** Looks at each step of one invocation, counted from 0, and may twist it. */
export type Tap = (step: Step, index: number) => Twist | undefined;

export type PersonCall = {
  site?: string;
  /** Short name; `anonymous` comes as Forge's account `unidentified`, `nobody` with no account at all. */
  as: string;
  module: string;
  call: string;
  payload?: unknown;
  tap?: Tap;
  /** What the page claims about where it is, over what is so. */
  context?: Record<string, unknown>;
};

export type Carried = { site: string; as: string; authorization: string };

type Handlers = Record<string, unknown>;
type Handler = (payload: unknown, context: unknown) => unknown;
type Running = { live: LiveInvocation; tap: Tap | undefined; steps: number; dead: boolean; die: () => void };

export type InProcessApp = {
  manifest: Manifest;
  entries: Entries;
  kvs: Kvs;
  logs: Logs;
  closedAccounts: ClosedAccounts;
  jira: Jira;
  /** What a page would get. Rejects with a `PlatformError` when the invocation was killed or ran out of time. */
  invoke(call: PersonCall): Promise<any>;
  /** Runs a function of the manifest in nobody's name, as queues and triggers do. */
  run(functionKey: string, options?: { site?: string; payload?: unknown; tap?: Tap }): Promise<unknown>;
  requests(): readonly RequestRecord[];
  /** Waits until the queues are empty; `hurry`: what waits for its time is delivered at once. */
  settle(options?: { hurry?: boolean }): Promise<void>;
  /** The queues deliver at once what waits for its time. */
  hurry(): void;
  /** Watches what the queues deliver. */
  tapQueues(tap: Tap | undefined): void;
  /** Gets every request to a service: on which site, whose action, and what it carried to prove who it is. */
  watch(listener: (request: Carried) => void): void;
  close(): Promise<void>;
};

const never = (): Promise<never> => new Promise(() => undefined);

/** Keys of what a request to the store touches, all those of a batch or a transaction. */
function keysIn(body: string): string[] {
  const [, prefix] = /"condition":"BEGINS_WITH","values":\["([^"]*)"/.exec(body) ?? [];
  return [...body.matchAll(/"key":"([^"]*)"/g)]
    .map(([, key = '']) => key)
    .concat(prefix === undefined ? [] : `${prefix}*`);
}

function stepOf(args: { type: string; remote?: string }, path: string, method: string, body: string): Step {
  if (args.type === 'kvs') {
    const keys = keysIn(body);
    return { to: 'storage', writes: !/\/(get|query)$/.test(path), what: [path, ...keys].join(' '), keys };
  }
  if (args.remote === 'jira')
    return { to: 'jira', writes: method !== 'GET', what: path.split('?')[0] ?? path, keys: [] };
  return path.startsWith('/webhook/queue/')
    ? { to: 'queue', writes: true, what: path.split('/').slice(0, 4).join('/'), keys: [] }
    : { to: 'privacy', writes: false, what: path, keys: [] };
}

/**
 * The app and the sandbox's platform in one process, over an in-memory store: fast enough for thousands of calls, and each
 * step over the border can be watched, bent or be the last one. Everything but the process is the sandbox's own. One at a
 * time: it takes the place of `fetch`.
 */
export async function openInProcess(options: {
  /** Loads the handlers of `src/index.ts`, or of the built bundle. Called when the platform stands. */
  load: () => Promise<Handlers>;
  sites: readonly Site[];
  services: readonly Service[];
  /** Host name -> loopback address that answers instead of a service. */
  routes?: ReadonlyMap<string, string>;
  now?: () => Date;
  /** What a site may ask of storage; no limits when not given: days of work are done in minutes here. */
  rates?: KvsRates;
  /** What Jira lets the app ask; as much as it likes when not given. */
  jiraRates?: JiraRates;
}): Promise<InProcessApp> {
  const { sites, services, now = () => new Date() } = options;
  const manifest = readManifest(process.cwd());
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-app-'));
  const database = new DatabaseSync(':memory:');
  const logs = createLogs({ now });
  const entries = openEntries(database, directory, now);
  const kvs = openKvs(database, entries, openRates(options.rates ?? unlimitedRates, now), manifest.entities);
  const closedAccounts = openClosedAccounts(database);
  const jira = openJira(sites, { now, ...(options.jiraRates && { rates: options.jiraRates }) });
  const requests = createRing<RequestRecord>(5_000);
  const current = new AsyncLocalStorage<{ running: Running; runtime: unknown }>();
  const taps = new Map<string, Tap>();
  let queueTap: Tap | undefined;
  let listen: ((request: Carried) => void) | undefined;

  const egress = createEgress({
    allowed: () => manifest.egress,
    nameOf: (site, accountId) => jira.person(site, accountId)?.id ?? accountId,
    services,
    routes: options.routes ?? new Map(),
    online: false,
    latency: 0,
    record: requests,
    logs,
    now,
  });

  /** Lets one step happen, bent as its tap wants it. */
  async function pass(running: Running, step: Step, go: (twist: Twist | undefined) => Promise<Response>) {
    if (running.dead) return never();
    const twist = running.tap?.(step, running.steps++);
    if (twist?.kind === 'wait') await twist.until;
    if (twist?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, twist.ms));
    if (twist?.kind === 'reset') throw new TypeError('fetch failed', { cause: new DoorError('ECONNRESET', 'hang up') });
    if (twist?.kind === 'answer')
      return new Response(twist.body ?? JSON.stringify({ code: 'TEST', message: 'The test wanted this answer.' }), {
        status: twist.status,
        headers: { 'content-type': 'application/json' },
      });
    if (twist?.kind === 'kill-before') {
      running.die();
      return never();
    }
    const response = await go(twist);
    if (twist?.kind === 'kill-after') running.die();
    return running.dead ? never() : response;
  }

  const realFetch = globalThis.fetch;
  const appFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    // The platform's own way out, and the test's.
    if (url.hostname === '127.0.0.1') return realFetch(input, init);
    const store = current.getStore();
    if (store === undefined) throw new Error(`${url.host} was asked for outside an invocation.`);
    const { method } = request;
    const body = new Uint8Array(await request.arrayBuffer());
    const { site, accountId = '' } = store.running.live;
    const authorization = request.headers.get('authorization') ?? '';
    listen?.({ site, as: jira.person(site, accountId)?.id ?? '', authorization });
    const step = serviceStep(request, body);
    return pass(store.running, step, async (twist) => {
      const headers = [...request.headers];
      if (twist?.kind === 'header') headers.push([twist.name, twist.value]);
      try {
        return await egress({ method, url: request.url, headers, body }, store.running.live, request.signal);
      } catch (error) {
        request.signal.throwIfAborted();
        throw new TypeError('fetch failed', { cause: error });
      }
    });
  };

  const app: AppProcess = {
    run: (invoke, ms) =>
      new Promise<Outcome>((resolve) => {
        const live = invoker.find(invoke.id);
        if (live === undefined) throw new Error('An invocation the platform does not know.');
        const accountless = live.call === undefined;
        const mark = String((invoke.payload as { context?: { mark?: string } } | undefined)?.context?.mark ?? live.id);
        const timer = setTimeout(() => ((running.dead = true), resolve({ kind: 'timeout' })), ms);
        const end = (outcome: Outcome): void => {
          clearTimeout(timer);
          if (!running.dead) resolve(outcome);
          running.dead = true;
        };
        const running: Running = {
          live,
          tap: taps.get(mark) ?? (accountless ? queueTap : undefined),
          steps: 0,
          dead: false,
          die: () => end({ kind: 'crashed' }),
        };
        const [, name = ''] = invoke.handler.split('.');
        const runtime = forgeRuntime({ ...invoke, type: 'invoke', deadline: Date.now() + ms }, process.cwd());
        current
          .run({ running, runtime }, async () => (handlers[name] as Handler)(invoke.payload, invoke.context))
          .then(
            (result) => {
              const body = JSON.stringify(result) as string | undefined;
              end({ kind: 'returned', ...(body === undefined ? {} : { body }) });
            },
            (error: Error) =>
              end({ kind: 'threw', error: { name: error.name, message: error.message, stack: error.stack ?? '' } }),
          );
      }),
    close: () => Promise.resolve(),
  };
  const invoker: Invoker = createInvoker({
    manifest,
    sites,
    process: () => app,
    allowed: () => manifest.egress,
    timeouts: forgeTimeouts,
    logs,
    now,
  });
  const queues = openQueues({
    database,
    manifest,
    run: (call) => invoker.run(call),
    backgroundMs: forgeTimeouts.backgroundMs,
    logs,
    now,
  });
  const platform = createPlatformDoor({
    manifest,
    sites,
    kvs,
    queues,
    closedAccounts,
    product: (request, caller) => jira.rest(request, caller),
    logs,
  });

  const globals = globalThis as Record<string, unknown>;
  Object.defineProperty(globalThis, '__forge_runtime__', {
    configurable: true,
    get: () => current.getStore()?.runtime,
  });
  globals['__forge_fetch__'] = async (
    args: { type: string; remote?: string },
    path: string,
    init: RequestInit = {},
  ) => {
    const store = current.getStore();
    if (store === undefined) throw new Error(`${path} was asked for outside an invocation.`);
    const method = init.method ?? 'GET';
    const text = typeof init.body === 'string' ? init.body : '';
    const headers = [...new Headers(init.headers)];
    return pass(store.running, stepOf(args, path, method, text), () =>
      platform({ to: 'platform', args, method, path, headers, body: Buffer.from(text) }, store.running.live),
    );
  };
  globalThis.fetch = appFetch;
  const realError = console.error.bind(console);
  console.error = (...args: unknown[]) => {
    const id = current.getStore()?.running.live.id;
    if (id === undefined) realError(...args);
    else logs.app('error', args.map(String).join(' '), id);
  };
  const handlers = await options.load();
  queues.start();

  const siteOf = (id: string | undefined): Site => {
    const site = sites.find((one) => one.id === (id ?? sites[0]?.id));
    if (site === undefined) throw new Error(`There is no site ${id}.`);
    return site;
  };
  let marks = 0;
  return {
    manifest,
    entries,
    kvs,
    logs,
    closedAccounts,
    jira,
    invoke: async ({ site: siteId, as, module: moduleKey, call, payload, tap, context: claimed }) => {
      const site = siteOf(siteId);
      const module = manifest.uiModules.find(({ key }) => key === moduleKey);
      if (module === undefined) throw new Error(`The manifest has no page module ${moduleKey}.`);
      const person = site.people.find(({ id }) => id === as);
      const mark = `mark-${marks++}`;
      if (tap !== undefined) taps.set(mark, tap);
      const context = { ...moduleContext(jira, manifest, site.id, module, person, undefined), ...claimed, mark };
      const made =
        as === 'nobody'
          ? invoker.run({
              site: site.id,
              functionKey: module.resolver?.function ?? '',
              moduleKey,
              moduleType: module.type,
              call,
              payload: { call: { functionKey: call, payload }, context },
              defaultMs: forgeTimeouts.resolverMs,
            })
          : invoker.invoke({ site: site.id, accountId: person?.accountId, moduleKey, call, payload, context });
      return made.finally(() => taps.delete(mark));
    },
    run: (functionKey, { site, payload = {}, tap } = {}) => {
      const mark = `mark-${marks++}`;
      if (tap !== undefined) taps.set(mark, tap);
      return invoker
        .run({
          site: siteOf(site).id,
          functionKey,
          moduleKey: functionKey,
          moduleType: 'function',
          payload: { ...(payload as object), context: { mark } },
          defaultMs: forgeTimeouts.backgroundMs,
        })
        .finally(() => taps.delete(mark));
    },
    requests: () => requests.entries(),
    settle: async ({ hurry = false } = {}) => {
      while (queues.pending() > 0 || invoker.running() > 0) {
        if (hurry) queues.hurry();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    hurry: () => queues.hurry(),
    tapQueues: (tap) => (queueTap = tap),
    watch: (listener) => (listen = listener),
    close: async () => {
      queues.close();
      globalThis.fetch = realFetch;
      console.error = realError;
      database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * GitHub's GraphQL asks with POST, and so does every operation of AWS: what is named like a change is one. Azure DevOps answers 200
 * to changes it refused: they were asked for, and count.
 */
export function serviceStep({ method, url: address, headers }: Request, body: Uint8Array): Step {
  const url = new URL(address);
  const text = Buffer.from(body).toString('utf8');
  const operation =
    headers.get('x-amz-target')?.split('.')[1] ??
    (/^sts\./.test(url.hostname) ? new URLSearchParams(text).get('Action') : undefined);
  const step = { to: 'service' as const, what: `${operation ?? method} ${url.host}${url.pathname}`, keys: [] };
  if (operation !== undefined && operation !== null)
    return { ...step, writes: !/^(Get|List|BatchGet|Describe)/.test(operation) };
  if (method === 'GET' || method === 'HEAD') return { ...step, writes: false };
  return { ...step, writes: !/\/graphql$/.test(url.pathname) || /^\s*mutation/.test(queryIn(text)) };
}

function queryIn(text: string): string {
  try {
    const { query } = JSON.parse(text) as { query?: unknown };
    return typeof query === 'string' ? query : '';
  } catch {
    return '';
  }
}
