import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './forge/database.ts';
import type { DoorCall } from './forge/door.ts';
import { createControl } from './forge/control.ts';
import { forgeTimeouts, type Timeouts } from './forge/invoke.ts';
import { createLogs, type LogLine } from './forge/logs.ts';
import { readManifest, type Manifest } from './forge/manifest.ts';
import { servePages } from './forge/pages/serve-pages.ts';
import { openProcessHost } from './forge/runtime/app-host.ts';
import { openPlatform, type Platform } from './forge/platform.ts';
import { forgeRates, type KvsRates } from './forge/storage/rates.ts';
import { behindKey } from './key.ts';
import { serveLoopback, type Handler, type LoopbackServer } from './http.ts';
import { openJira, type Jira, type OwnRoute } from './jira/open-jira.ts';
import { realRates, type JiraRates } from './jira/rest/rates.ts';
import type { FirstSteps } from './jira/pages/index-page.ts';
import { serveSite, type OwnPage } from './jira/site.ts';
import { createServicesDoor } from './services-door.ts';
import type { Service } from './service.ts';
import { bundleApp, checkPages } from './bundle-app.ts';
import { demoSites } from './demo-sites.ts';
import type { Site } from './sites.ts';

export type LocalForgeOptions = {
  /** The app's folder, with `manifest.yml`. */
  app: string;
  /** Parts of the manifest to leave out: `webtrigger`, `webtrigger:hook`, `remotes`. */
  without?: readonly string[];
  /** Folder with the built backend, one `<module>.cjs` per handler module; built from the app's `src/` by default. */
  bundle?: string;
  /** Folder of all data. */
  data: string;
  /** Jira sites; demo sites by default. */
  sites?: readonly Site[];
  /** Opens the servers of other hosts that are simulated in this process. Each stores its data in `folder`. */
  openServices?: (folder: string, now: () => Date) => Promise<readonly Service[]>;
  /** The origin of the data folder's content; another value needs another folder. `sites` by default. */
  madeFrom?: unknown;
  /** Jira's name for the app's own account. */
  appName?: string;
  /** Answers requests to Jira that the stand-in does not model. */
  jiraRoute?: OwnRoute;
  /** Your own pages and files on the site, by address. */
  ownPage?: OwnPage;
  /** The first steps on the site's start page. */
  firstSteps?: FirstSteps;
  /** Markup for the head of every page of the app, after the bridge. */
  head?: (siteOrigin: string) => string;
  /** Port of the site; 0 takes any free one. The pages and the services get the next two if those are free. */
  port: number;
  /** Host name -> loopback address that answers for it instead of the simulated services. */
  routes?: ReadonlyMap<string, string>;
  /** Sends requests to hosts without a simulated service to the internet, and requires a key to open the site (`key.ts`). */
  online?: boolean;
  /** Milliseconds added to every outbound request of the app. */
  latency?: number;
  /** Milliseconds added to every request of the app to Jira and Forge. */
  platformLatency?: number;
  /** Gets every request of the app, to measure it. */
  onCall?: (call: DoorCall) => void;
  timeouts?: Partial<Timeouts>;
  /** Limits of storage for a site; Forge's by default. */
  rates?: KvsRates;
  /** Limits of requests to Jira; Jira's own by default. */
  jiraRates?: JiraRates;
  now?: () => Date;
  /** Gets every line of the log as it is written. */
  print?: (line: LogLine) => void;
};

export type LocalForge = {
  /** Origins, without a slash at the end. */
  url: string;
  pagesUrl: string;
  servicesUrl: string;
  /** The key with `online`: without it the site shows and does nothing. */
  key: string | undefined;
  platform: Platform;
  jira: Jira;
  services: readonly Service[];
  /** Ends everything. The stored data still exists the next time. */
  close(): Promise<void>;
};

/** A folder belongs to one origin: services and storage would contradict another one. */
function checkOrigin(database: DatabaseSync, madeFrom: unknown, data: string): void {
  database.exec('CREATE TABLE IF NOT EXISTS world (fingerprint TEXT NOT NULL) STRICT');
  const fingerprint = createHash('sha256').update(JSON.stringify(madeFrom)).digest('hex');
  const stored = database.prepare('SELECT fingerprint FROM world').get() as { fingerprint: string } | undefined;
  if (stored === undefined) database.prepare('INSERT INTO world VALUES (?)').run(fingerprint);
  else if (stored.fingerprint !== fingerprint)
    throw new Error(
      `${data} was made for another world. Choose another folder with --data, or remove this one to begin anew.`,
    );
}

/** Redirects `localhost` to the name in the pages' origin and policies. */
const atOneName =
  (origin: string, handler: Handler): Handler =>
  async (request) => {
    const url = new URL(request.url);
    const isPage = request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html');
    if (url.origin === origin || !isPage) return handler(request);
    return Response.redirect(`${origin}${url.pathname}${url.search}`, 307);
  };

/** Facts about the app that people should know at the start. */
const notesOf = ({ notes, triggers }: Manifest): string[] => [
  ...notes,
  ...triggers
    .filter(({ events }) => events.some((event) => event !== 'avi:forge:installed:app'))
    .map(({ key }) => `Nothing here makes the events of trigger:${key}: POST /sandbox/event does.`),
];

const isTaken = (error: unknown): boolean => (error as { code?: string }).code === 'EADDRINUSE';

/** Runs a Forge app: the stand-in Jira site, Forge with the app's backend, the app's pages, and the simulated services. */
export async function openLocalForge(options: LocalForgeOptions): Promise<LocalForge> {
  const { app, data, sites = demoSites, now = () => new Date() } = options;
  const logs = createLogs({ now, ...(options.print === undefined ? {} : { print: options.print }) });
  const manifest = readManifest(app, options.without);
  const key = options.online === true ? randomBytes(18).toString('base64url') : undefined;
  const undo: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };

  const serve = async (port: number, handler: Handler, fallback: boolean): Promise<LoopbackServer> => {
    const onError = (error: unknown, request: string): void =>
      logs.platform('error', `${request}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    try {
      const server = await serveLoopback({ port, handler, onError });
      undo.push(() => server.close());
      return server;
    } catch (error) {
      if (isTaken(error) && fallback) return serve(0, handler, false);
      if (isTaken(error))
        throw new Error(`Port ${port} is in use. Choose another one with --port, or --port 0 for any.`, {
          cause: error,
        });
      throw error;
    }
  };

  try {
    const database = openDatabase(data);
    undo.push(() => database.close());
    checkPages(app, manifest);
    checkOrigin(database, options.madeFrom ?? sites, data);

    const bundle = options.bundle ?? join(data, 'backend');
    if (options.bundle === undefined) await bundleApp(app, manifest, bundle, (text) => logs.platform('warn', text));

    // The three origins must be known before what they serve can be made.
    const starting: Handler = async () => new Response('The sandbox is starting.\n', { status: 503 });
    const handlers = { site: starting, pages: starting, services: starting };
    const site = await serve(options.port, (request) => handlers.site(request), false);
    const next = (offset: number): number =>
      options.port === 0 || site.port + offset > 65_535 ? 0 : site.port + offset;
    const pages = await serve(next(1), (request) => handlers.pages(request), true);
    const servicesServer = await serve(next(2), (request) => handlers.services(request), true);

    const services = (await options.openServices?.(join(data, 'services'), now)) ?? [];
    for (const service of services) undo.push(() => service.close());
    const jira = openJira(sites, {
      rates: options.jiraRates ?? realRates,
      now,
      ownRoute: options.jiraRoute,
      ...(options.appName === undefined ? {} : { appName: options.appName }),
    });
    const platform = await openPlatform({
      manifest,
      openHost: (doors) =>
        openProcessHost(doors, {
          bundle,
          platformLatency: options.platformLatency ?? 0,
          onCall: options.onCall,
        }),
      sites,
      database,
      directory: data,
      product: (request, caller) => jira.rest(request, caller),
      services,
      routes: options.routes ?? new Map(),
      online: options.online ?? false,
      latency: options.latency ?? 0,
      timeouts: { ...forgeTimeouts, ...options.timeouts },
      rates: options.rates ?? forgeRates,
      logs,
      now,
    });
    undo.push(() => platform.close());

    const appPages = servePages({
      app,
      manifest,
      sites: sites.map(({ id }) => id),
      siteOrigin: site.origin,
      head: options.head?.(site.origin) ?? '',
    });
    const jiraSite = serveSite({
      origin: site.origin,
      pagesOrigin: pages.origin,
      servicesUrl: servicesServer.origin,
      services,
      ownPage: options.ownPage,
      firstSteps: options.firstSteps,
      manifest,
      jira,
      invoke: (call) => platform.invoke(call),
      egress: platform.egress,
      cspReports: () => appPages.cspReports(),
    });
    const addresses = { site: site.origin, pages: pages.origin, services: servicesServer.origin };
    const reset = (): Promise<void> =>
      platform.reset(async () => {
        jira.reset();
        appPages.reset();
        logs.clear();
        for (const service of services) await service.reset();
      });
    const control = createControl({ platform, manifest, jira, logs, addresses, reset });
    for (const note of notesOf(manifest)) logs.platform('warn', note);
    await platform.start();
    handlers.pages = (request) => appPages.handle(request);
    handlers.services = createServicesDoor(services);
    const open: Handler = async (request) => (await control(request)) ?? jiraSite(request);
    handlers.site = atOneName(site.origin, key === undefined ? open : behindKey(key, open));
    return {
      url: site.origin,
      pagesUrl: pages.origin,
      servicesUrl: servicesServer.origin,
      key,
      platform,
      jira,
      services,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
