import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './forge/database.ts';
import type { DoorCall } from './forge/door.ts';
import { createControl } from './forge/control.ts';
import { forgeTimeouts, type Timeouts } from './forge/invoke.ts';
import { createLogs, type LogLine } from './forge/logs.ts';
import { readManifest } from './forge/manifest.ts';
import { servePages } from './forge/pages/serve-pages.ts';
import { openPlatform, type Platform } from './forge/platform.ts';
import { forgeRates, type KvsRates } from './forge/storage/rates.ts';
import { serveLoopback, type Handler, type LoopbackServer } from './http.ts';
import { openJira, type Jira } from './jira/open-jira.ts';
import { realRates, type JiraRates } from './jira/rest/rates.ts';
import { serveSite } from './jira/site.ts';
import { createServicesDoor } from './services-door.ts';
import { openAzureDevOps } from './services/azure-devops/open-azure-devops.ts';
import { openCodeCommit } from './services/codecommit/open-codecommit.ts';
import { openGitHub } from './services/github/open-github.ts';
import { openGitLab } from './services/gitlab/open-gitlab.ts';
import type { Service } from './services/service.ts';
import type { World } from './world/world.ts';

export type SandboxOptions = {
  /** The project's folder: the sandbox's own code and its packages. */
  root: string;
  /** The app's folder, with `manifest.yml`; the project's when not given. */
  appRoot?: string;
  /** Folder with the built backend; `dist/backend` of the app when not given. */
  bundle?: string;
  /** Folder everything is kept in. */
  data: string;
  world: World;
  /** Of the site; 0 takes any free one. The pages and the services get the next two when those are free. */
  port: number;
  /** Host name -> loopback address that answers for it instead of the world's services. */
  routes?: ReadonlyMap<string, string>;
  /** Lets hosts that nobody here answers for go to the internet. */
  online?: boolean;
  /** Milliseconds added to every outbound request of the app. */
  latency?: number;
  /** Milliseconds added to everything the app asks of Jira and Forge. */
  platformLatency?: number;
  /** Hears of everything the app asks for, to measure it. */
  onCall?: (call: DoorCall) => void;
  timeouts?: Partial<Timeouts>;
  /** What a site may ask of storage; Forge's limits when not given. */
  rates?: KvsRates;
  /** What Jira lets the app ask; Jira's limits when not given. */
  jiraRates?: JiraRates;
  now?: () => Date;
  /** Gets every line of the log as it is written. */
  print?: (line: LogLine) => void;
};

export type Sandbox = {
  /** Origins, without a slash at the end. */
  url: string;
  pagesUrl: string;
  servicesUrl: string;
  platform: Platform;
  jira: Jira;
  services: readonly Service[];
  /** Ends everything; what was kept is still there the next time. */
  close(): Promise<void>;
};

const openService = (definition: World['services'][number], directory: string, now: () => Date): Promise<Service> => {
  switch (definition.kind) {
    case 'github':
      return openGitHub(definition, { directory, now });
    case 'gitlab':
      return openGitLab(definition, { directory, now });
    case 'azure-devops':
      return openAzureDevOps(definition, { directory, now });
    case 'codecommit':
      return openCodeCommit(definition, { directory, now });
  }
};

/** A folder belongs to the world it was made for: services and storage would contradict any other. */
const checkWorld = (database: DatabaseSync, world: World, data: string): void => {
  database.exec('CREATE TABLE IF NOT EXISTS world (fingerprint TEXT NOT NULL) STRICT');
  const fingerprint = createHash('sha256').update(JSON.stringify(world)).digest('hex');
  const kept = database.prepare('SELECT fingerprint FROM world').get() as { fingerprint: string } | undefined;
  if (kept === undefined) database.prepare('INSERT INTO world VALUES (?)').run(fingerprint);
  else if (kept.fingerprint !== fingerprint)
    throw new Error(
      `${data} was made for another world. Choose another folder with --data, or remove this one to begin anew.`,
    );
};

/** People who typed `localhost` are sent to the name that the pages' origin and their policies are made for. */
const atOneName =
  (origin: string, handler: Handler): Handler =>
  async (request) => {
    const url = new URL(request.url);
    const isPage = request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html');
    if (url.origin === origin || !isPage) return handler(request);
    return Response.redirect(`${origin}${url.pathname}${url.search}`, 307);
  };

const isTaken = (error: unknown): boolean => (error as { code?: string }).code === 'EADDRINUSE';

/** Runs the whole product: the stand-in Jira site, Forge with the app's backend, the app's pages and the git services. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { root, appRoot = root, data, world, now = () => new Date() } = options;
  const logs = createLogs({ now, ...(options.print === undefined ? {} : { print: options.print }) });
  const manifest = readManifest(appRoot);
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
    checkWorld(database, world, data);

    // The three origins must be known before what they serve can be made.
    const starting: Handler = async () => new Response('The sandbox is starting.\n', { status: 503 });
    const handlers = { site: starting, pages: starting, services: starting };
    const site = await serve(options.port, (request) => handlers.site(request), false);
    const next = (offset: number): number =>
      options.port === 0 || site.port + offset > 65_535 ? 0 : site.port + offset;
    const pages = await serve(next(1), (request) => handlers.pages(request), true);
    const servicesServer = await serve(next(2), (request) => handlers.services(request), true);

    const services: Service[] = [];
    for (const [index, definition] of world.services.entries()) {
      const service = await openService(definition, join(data, 'services', `${index + 1}-${definition.kind}`), now);
      undo.push(() => service.close());
      services.push(service);
    }
    const jira = openJira(world.sites, { rates: options.jiraRates ?? realRates, now });
    const platform = await openPlatform({
      root,
      manifest,
      bundle: options.bundle ?? join(appRoot, 'dist/backend'),
      sites: world.sites,
      database,
      directory: data,
      product: (request, caller) => jira.rest(request, caller),
      services,
      routes: options.routes ?? new Map(),
      online: options.online ?? false,
      latency: options.latency ?? 0,
      platformLatency: options.platformLatency ?? 0,
      onCall: options.onCall,
      timeouts: { ...forgeTimeouts, ...options.timeouts },
      rates: options.rates ?? forgeRates,
      logs,
      now,
    });
    undo.push(() => platform.close());

    const appPages = servePages({
      root,
      appRoot,
      manifest,
      sites: world.sites.map(({ id }) => id),
      siteOrigin: site.origin,
    });
    const jiraSite = serveSite({
      root,
      origin: site.origin,
      pagesOrigin: pages.origin,
      servicesUrl: servicesServer.origin,
      services: world.services,
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
    await platform.start();
    handlers.pages = (request) => appPages.handle(request);
    handlers.services = createServicesDoor(services);
    handlers.site = atOneName(site.origin, async (request) => (await control(request)) ?? jiraSite(request));
    return {
      url: site.origin,
      pagesUrl: pages.origin,
      servicesUrl: servicesServer.origin,
      platform,
      jira,
      services,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
