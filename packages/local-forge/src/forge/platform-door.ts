import type { Site } from '../sites.ts';
import type { ClosedAccounts } from './closed-accounts.ts';
import { anonymousAccountId, siteUrl } from './context.ts';
import type { PlatformCall, PlatformDoor } from './door.ts';
import { DoorError, type LiveInvocation } from './live-invocation.ts';
import type { Logs } from './logs.ts';
import type { Manifest } from './manifest.ts';
import type { Queues } from './queue.ts';
import type { Kvs } from './storage/kvs.ts';
import { legacyStorage } from './storage/legacy.ts';

/** The person or app that a request to the product is made for. */
export type ProductCaller = {
  siteId: string;
  as: 'user' | 'app' | 'none';
  accountId?: string | undefined;
  scopes: readonly string[];
};
/** Answers a request to the product's REST API. */
export type Product = (request: Request, caller: ProductCaller) => Promise<Response>;

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

function parsed(body: Uint8Array): unknown {
  try {
    return body.byteLength === 0 ? undefined : JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw new DoorError('SANDBOX_REFUSED', 'The body is not JSON.');
  }
}

/** The part of the platform that `@forge/api`, `@forge/kvs` and `@forge/events` reach through `__forge_fetch__`. */
export function createPlatformDoor(options: {
  manifest: Manifest;
  sites: readonly Site[];
  kvs: Kvs;
  queues: Queues;
  closedAccounts: ClosedAccounts;
  product: Product;
  logs: Logs;
}): PlatformDoor {
  const { manifest } = options;

  const withoutStorage = (): Response | undefined =>
    manifest.scopes.includes('storage:app')
      ? undefined
      : json(403, { code: 'FORBIDDEN', message: 'The manifest lacks the scope storage:app.' });

  const kvs = (call: PlatformCall, { site, id }: LiveInvocation): Response => {
    const refused = withoutStorage();
    if (refused !== undefined) return refused;
    const response = options.kvs.handle(site, call.path, parsed(call.body));
    // The app can hide the wait. The log shows why something takes so long.
    if (response.status === 429) options.logs.platform('warn', `Storage of ${site} refused ${call.path}: 429.`, id);
    return response;
  };

  const product = async (call: PlatformCall, invocation: LiveInvocation): Promise<Response> => {
    const site = options.sites.find(({ id }) => id === invocation.site);
    const { provider, accountId } = call.args;
    if (site === undefined || (provider !== 'user' && provider !== 'app' && provider !== 'none'))
      throw new DoorError('SANDBOX_NOT_MODELLED', `The sandbox does not model the provider ${provider}.`);
    // Manifests with `allowImpersonation` are refused when they are read, so nobody may be impersonated.
    if (accountId !== undefined && accountId !== invocation.accountId)
      return json(
        403,
        { message: 'Impersonation is not allowed by the manifest.' },
        { 'forge-proxy-error': 'PROXY_ERR' },
      );
    const user = invocation.accountId === anonymousAccountId ? undefined : invocation.accountId;
    if (provider === 'user' && user === undefined)
      return json(401, {}, { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' });
    const hasBody = call.method !== 'GET' && call.method !== 'HEAD' && call.body.byteLength > 0;
    const request = new Request(`${siteUrl(site)}${call.path}`, {
      method: call.method,
      headers: call.headers,
      ...(hasBody ? { body: new Uint8Array(call.body) } : {}),
    });
    const response = await options.product(request, {
      siteId: site.id,
      as: provider,
      ...(provider === 'user' ? { accountId: user } : {}),
      scopes: manifest.scopes,
    });
    // The app can take it for an ordinary failure, and readers of the log must not.
    if (response.status === 501)
      options.logs.platform('error', `Jira: ${await response.clone().text()}`, invocation.id);
    return response;
  };

  const stargate = async (call: PlatformCall, invocation: LiveInvocation): Promise<Response> => {
    if (call.path === '/forge/entities/graphql')
      return withoutStorage() ?? legacyStorage(options.kvs, invocation.site, parsed(call.body));
    if (call.path.startsWith('/webhook/queue/')) return options.queues.handle(call.path, parsed(call.body), invocation);
    if (call.path === '/app/report-accounts')
      return manifest.scopes.includes('report:personal-data')
        ? options.closedAccounts.report(parsed(call.body))
        : json(403, { message: 'The manifest lacks the scope report:personal-data.' });
    throw new DoorError('SANDBOX_NOT_MODELLED', `The sandbox does not model ${call.path.split('?')[0]}.`);
  };

  const answer = async (call: PlatformCall, invocation: LiveInvocation): Promise<Response> => {
    const { type, provider, remote } = call.args;
    if (type === 'kvs') return kvs(call, invocation);
    if (type === 'fpp' && remote === 'jira') return product(call, invocation);
    if (type === 'fpp' && remote === 'stargate' && provider === 'app') return stargate(call, invocation);
    throw new DoorError(
      'SANDBOX_NOT_MODELLED',
      `The sandbox does not model ${type} ${remote ?? ''} as ${provider ?? 'nobody'}.`,
    );
  };

  return async (call, invocation) => {
    try {
      return await answer(call, invocation);
    } catch (error) {
      // The app can hide it, and readers of the log must see what is not modelled.
      if (error instanceof DoorError && error.code === 'SANDBOX_NOT_MODELLED')
        options.logs.platform('error', error.message, invocation.id);
      throw error;
    }
  };
}
