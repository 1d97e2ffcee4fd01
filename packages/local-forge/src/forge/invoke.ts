import { randomUUID } from 'node:crypto';
import type { Site } from '../sites.ts';
import {
  anonymousAccountId,
  appVersion,
  contextAri,
  environmentId,
  environmentType,
  installationId,
} from './context.ts';
import type { LiveInvocation } from './live-invocation.ts';
import type { Logs } from './logs.ts';
import type { Manifest } from './manifest.ts';
import type { AppHost } from './runtime/app-host.ts';
import type { Tap } from './step.ts';

/** An answer of the platform instead of the app. Pages may show its `message`. */
export class PlatformError extends Error {
  readonly code: string;
  /** HTTP status of `POST /sandbox/invoke`. */
  readonly status: number;
  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export type PageCall = {
  /** Short name of the site. */
  site: string;
  /** Absent for a person who is not logged in. */
  accountId: string | undefined;
  moduleKey: string;
  /** Resolver key. */
  call: string;
  payload: unknown;
  /** The place of the page, as its surroundings describe it. The platform's own facts do not depend on it. */
  context: Record<string, unknown>;
  tap?: Tap | undefined;
};

export type FunctionCall = {
  site: string;
  functionKey: string;
  moduleKey: string;
  moduleType: string;
  accountId?: string | undefined;
  call?: string;
  /** The handler's first argument. */
  payload: unknown;
  /** The time limit in milliseconds. A function's own timeout replaces it, but never lengthens a page's call. */
  defaultMs: number;
  tap?: Tap | undefined;
};

export type Timeouts = { resolverMs: number; backgroundMs: number };
// Docs page "limits-invocation".
export const forgeTimeouts: Timeouts = { resolverMs: 25_000, backgroundMs: 55_000 };

const maxRequestBytes = 500 * 1024;
const maxResponseBytes = 5 * 1024 * 1024;

export type Invoker = {
  /** The page's answer to a call to its resolver. Rejects with a `PlatformError`. */
  invoke(call: PageCall): Promise<unknown>;
  /** Runs any function of the manifest. Rejects with a `PlatformError`. */
  run(call: FunctionCall): Promise<unknown>;
  find(id: string): LiveInvocation | undefined;
  /** The number of functions that run right now. */
  running(): number;
};

/** Starts the app's functions as the platform does, and counts the running ones. */
export function createInvoker(options: {
  manifest: Manifest;
  sites: readonly Site[];
  process: () => Pick<AppHost, 'run'>;
  /** Addresses the app may call for a site, for `permissions` in its context. */
  allowed: (site: string) => readonly string[];
  timeouts: Timeouts;
  logs: Logs;
  now: () => Date;
}): Invoker {
  const { manifest, logs } = options;
  const live = new Map<string, LiveInvocation>();
  const siteOf = (id: string): Site => {
    const site = options.sites.find((one) => one.id === id);
    if (site === undefined) throw new PlatformError('PLATFORM_UNKNOWN_SITE', 400, `There is no site ${id}.`);
    return site;
  };

  const run: Invoker['run'] = async (call) => {
    const site = siteOf(call.site);
    const definition = manifest.functions.get(call.functionKey);
    if (definition === undefined)
      throw new PlatformError('PLATFORM_UNKNOWN_FUNCTION', 400, `The manifest has no function ${call.functionKey}.`);
    // A page waits no longer than the platform's limit, even if the function's own limit is longer.
    const own = definition.timeoutSeconds === undefined ? call.defaultMs : definition.timeoutSeconds * 1000;
    const ms = call.call === undefined ? own : Math.min(own, call.defaultMs);
    const invocation: LiveInvocation = {
      id: randomUUID(),
      site: site.id,
      cloudId: site.cloudId,
      ...(call.accountId === undefined ? {} : { accountId: call.accountId }),
      moduleKey: call.moduleKey,
      functionKey: call.functionKey,
      ...(call.call === undefined ? {} : { call: call.call }),
      startedAt: options.now().getTime(),
      outbound: [],
      ...(call.tap === undefined ? {} : { tap: call.tap }),
    };
    const installation = { ari: { installationId: installationId(site) }, contexts: [{ cloudId: site.cloudId }] };
    live.set(invocation.id, invocation);
    const outcome = await options
      .process()
      .run(
        {
          id: invocation.id,
          handler: definition.handler,
          payload: call.payload,
          context: {
            principal: call.accountId === undefined ? undefined : { accountId: call.accountId },
            installContext: contextAri(site),
            installation,
          },
          contextAri: contextAri(site),
          ...(call.accountId === undefined ? {} : { accountId: call.accountId }),
          appContext: {
            appId: manifest.appId,
            appVersion,
            environmentId,
            environmentType,
            invocationId: invocation.id,
            installationId: installationId(site),
            functionKey: call.functionKey,
            moduleType: call.moduleType,
            moduleKey: call.moduleKey,
            installation,
            permissions: { scopes: manifest.scopes, external: { fetch: { backend: options.allowed(site.id) } } },
          },
        },
        ms,
      )
      .finally(() => live.delete(invocation.id));
    const name = `${call.functionKey}${call.call === undefined ? '' : ` (${call.call})`}`;
    switch (outcome.kind) {
      case 'returned':
        if (Buffer.byteLength(outcome.body ?? '') > maxResponseBytes) {
          logs.platform('error', `${name} returned more than 5 MB.`, invocation.id);
          throw new PlatformError('PLATFORM_RESPONSE_TOO_LARGE', 502, 'The response of the function is too large.');
        }
        return outcome.body === undefined ? undefined : (JSON.parse(outcome.body) as unknown);
      case 'threw':
        logs.platform('error', `${name} threw ${outcome.error.stack}`, invocation.id);
        throw new PlatformError(
          'PLATFORM_APP_ERROR',
          500,
          `There was an error invoking the function - ${outcome.error.message}`,
        );
      case 'timeout':
        logs.platform('error', `${name} did not end within ${ms / 1000} seconds.`, invocation.id);
        throw new PlatformError(
          'PLATFORM_TIMEOUT',
          504,
          'There was an error invoking the function - the function timed out',
        );
      case 'crashed':
        logs.platform('error', `${name}: the app's process ended while it ran.`, invocation.id);
        throw new PlatformError(
          'PLATFORM_CRASHED',
          502,
          'There was an error invoking the function - the function crashed',
        );
    }
  };

  return {
    run,
    invoke: async ({ site, accountId, moduleKey, call, payload, context, tap }) => {
      const module = manifest.uiModules.find(({ key }) => key === moduleKey);
      if (module === undefined)
        throw new PlatformError('PLATFORM_UNKNOWN_MODULE', 400, `The manifest has no page module ${moduleKey}.`);
      if (module.resolver === undefined)
        throw new PlatformError('PLATFORM_NO_RESOLVER', 400, `The module ${moduleKey} has no resolver.`);
      if (Buffer.byteLength(JSON.stringify({ functionKey: call, payload }) ?? '') > maxRequestBytes)
        throw new PlatformError('PLATFORM_REQUEST_TOO_LARGE', 413, 'The payload of the call is too large.');
      return run({
        site,
        functionKey: module.resolver.function,
        moduleKey,
        moduleType: module.type,
        accountId: accountId ?? anonymousAccountId,
        call,
        payload: { call: { functionKey: call, payload }, context },
        defaultMs: options.timeouts.resolverMs,
        tap,
      });
    },
    find: (id) => live.get(id),
    running: () => live.size,
  };
}
