import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { moduleContext } from '../jira/context.ts';
import type { Jira } from '../jira/open-jira.ts';
import type { Site } from '../sites.ts';
import { needsIssue, needsProject } from './context.ts';
import { PlatformError } from './invoke.ts';
import type { Logs } from './logs.ts';
import type { Manifest } from './manifest.ts';
import type { Platform } from './platform.ts';

export type ControlOptions = {
  platform: Platform;
  manifest: Manifest;
  jira: Jira;
  logs: Logs;
  /** The origins of the site, the app's pages and the services. */
  addresses: { site: string; pages: string; services: string };
  /** Resets everything to the initial world. */
  reset: () => Promise<void>;
};

const invokeSchema = z.strictObject({
  as: z.string(),
  module: z.string(),
  issueKey: z.string().optional(),
  projectKey: z.string().optional(),
  call: z.string(),
  payload: z.unknown(),
  site: z.string().optional(),
});
const moveSchema = z.object({ site: z.string().optional(), issueKey: z.string(), project: z.string() });
const siteSchema = z.strictObject({ site: z.string().optional() });
const forgetSchema = z.strictObject({ site: z.string().optional(), prefix: z.string().min(1) });
const eventSchema = z.strictObject({
  event: z.string(),
  payload: z.record(z.string(), z.unknown()).default({}),
  site: z.string().optional(),
});
const triggerSchema = z.strictObject({ key: z.string(), site: z.string().optional() });
const activeSchema = z.strictObject({ person: z.string(), active: z.boolean(), site: z.string().optional() });
const accountSchema = z.strictObject({ accountId: z.string().min(1) });
const times = z.number().int().min(1).default(1);
const faultSchema = z.union([
  z.strictObject({
    site: z.string().optional(),
    code: z.string(),
    status: z.number().int().min(400).max(599),
    times,
  }),
  z.strictObject({ of: z.literal('egress'), times }),
]);

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body ?? null), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
const refused = (status: number, code: string, message: string): Response =>
  json(status, { ok: false, error: { code, message } });

const idleWaitMs = 60_000;

async function parsed<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  const body: unknown = await request.json().catch(() => undefined);
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const why = result.error.issues
    .map((issue) => `${issue.path.map(String).join('.') || 'body'}: ${issue.message}`)
    .join('; ');
  throw new PlatformError('PLATFORM_BAD_REQUEST', 400, why);
}

/**
 * The sandbox's own API under `/sandbox/`, for tests and for inspection. Undefined for a path that is not
 * its own.
 */
export function createControl(options: ControlOptions): (request: Request) => Promise<Response | undefined> {
  const { platform, manifest, jira, logs } = options;
  const siteOf = (id: string | undefined): Site => {
    const site = id === undefined ? jira.sites()[0] : jira.site(id);
    if (site === undefined) throw new PlatformError('PLATFORM_UNKNOWN_SITE', 400, `There is no site ${id}.`);
    return site;
  };

  const invoke = async (request: Request): Promise<Response> => {
    const body = await parsed(request, invokeSchema);
    const site = siteOf(body.site);
    const person = site.people.find(({ id }) => id === body.as);
    if (person === undefined && body.as !== 'anonymous')
      throw new PlatformError('PLATFORM_UNKNOWN_PERSON', 400, `There is no person ${body.as}.`);
    const module = manifest.uiModules.find(({ key }) => key === body.module);
    if (module === undefined)
      throw new PlatformError('PLATFORM_UNKNOWN_MODULE', 400, `The manifest has no page module ${body.module}.`);
    const issue = site.issues.find(({ key }) => key === body.issueKey);
    if (issue === undefined && (body.issueKey !== undefined || needsIssue(module)))
      throw new PlatformError(
        'PLATFORM_UNKNOWN_ISSUE',
        400,
        `There is no issue ${body.issueKey ?? '(issueKey is missing)'}.`,
      );
    const project = site.projects.find(({ key }) => key === body.projectKey);
    if (project === undefined && (body.projectKey !== undefined || needsProject(module)))
      throw new PlatformError(
        'PLATFORM_UNKNOWN_PROJECT',
        400,
        `There is no project ${body.projectKey ?? '(projectKey is missing)'}.`,
      );
    const result = await platform.invoke({
      site: site.id,
      accountId: person?.accountId,
      moduleKey: module.key,
      call: body.call,
      payload: body.payload,
      context: moduleContext(
        jira,
        manifest,
        site.id,
        module,
        person,
        needsIssue(module) ? issue : undefined,
        project?.key,
      ),
    });
    return json(200, result);
  };

  const storage = (url: URL): Response => {
    const site = siteOf(url.searchParams.get('site') ?? undefined);
    const values = platform.entries
      .list(site.id, '', undefined, 100_000)
      .map(({ key, json: value, createdAt, updatedAt, expiresAt }) => ({
        key,
        value: JSON.parse(value) as unknown,
        createdAt,
        updatedAt,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      }));
    return json(200, { site: site.id, values, secrets: platform.entries.secretKeys(site.id).map((key) => ({ key })) });
  };

  const waitForIdle = async (hurry: boolean, signal: AbortSignal): Promise<Response> => {
    const until = Date.now() + idleWaitMs;
    while (!platform.idle()) {
      if (hurry) platform.hurry();
      if (Date.now() > until)
        return refused(503, 'PLATFORM_BUSY', `Something still runs or waits after ${idleWaitMs / 1000} seconds.`);
      await delay(20, undefined, { signal });
    }
    return json(200, { idle: true });
  };

  const get = async (url: URL, signal: AbortSignal): Promise<Response | undefined> => {
    switch (url.pathname) {
      case '/sandbox/addresses':
        return json(200, options.addresses);
      case '/sandbox/requests':
        return json(200, platform.requests());
      case '/sandbox/logs':
        return json(200, logs.lines());
      case '/sandbox/storage':
        return storage(url);
      case '/sandbox/notifications':
        return json(200, jira.notifications(siteOf(url.searchParams.get('site') ?? undefined).id));
      case '/sandbox/idle':
        return waitForIdle(url.searchParams.has('hurry'), signal);
      default:
        return undefined;
    }
  };

  const post = async (url: URL, request: Request): Promise<Response | undefined> => {
    switch (url.pathname) {
      case '/sandbox/invoke':
        return invoke(request);
      case '/sandbox/run-trigger': {
        const { key, site } = await parsed(request, triggerSchema);
        return json(200, { ok: true, value: await platform.runTrigger(siteOf(site), key) });
      }
      case '/sandbox/event': {
        const { event, payload, site } = await parsed(request, eventSchema);
        return json(200, { ok: true, value: await platform.fire(siteOf(site), event, payload) });
      }
      case '/sandbox/close-account':
        platform.closedAccounts.close((await parsed(request, accountSchema)).accountId);
        return json(200, { ok: true });
      case '/sandbox/set-active': {
        const { person, active, site } = await parsed(request, activeSchema);
        jira.setActive(siteOf(site).id, person, active);
        return json(200, { ok: true });
      }
      case '/sandbox/move-issue': {
        const { site, issueKey, project } = await parsed(request, moveSchema);
        return json(200, { key: jira.moveIssue(siteOf(site).id, issueKey, project) });
      }
      case '/sandbox/uninstall':
        await platform.uninstall(siteOf((await parsed(request, siteSchema)).site));
        return json(200, { ok: true });
      case '/sandbox/forget': {
        const { site, prefix } = await parsed(request, forgetSchema);
        const { id } = siteOf(site);
        for (const { key } of platform.entries.list(id, prefix, undefined, 100_000))
          platform.entries.delete(id, 'value', key);
        return json(200, { ok: true });
      }
      case '/sandbox/faults': {
        const fault = await parsed(request, faultSchema);
        if ('of' in fault) platform.egress.beBusy(fault.times);
        else platform.kvs.arm(fault);
        return json(200, { ok: true });
      }
      case '/sandbox/reset':
        await options.reset();
        return json(200, { ok: true });
      default:
        return undefined;
    }
  };

  return async (request) => {
    const url = new URL(request.url);
    if (!url.pathname.startsWith('/sandbox/')) return undefined;
    try {
      if (request.method === 'GET') return await get(url, request.signal);
      return request.method === 'POST' ? await post(url, request) : undefined;
    } catch (error) {
      if (error instanceof PlatformError) return refused(error.status, error.code, error.message);
      throw error;
    }
  };
}
