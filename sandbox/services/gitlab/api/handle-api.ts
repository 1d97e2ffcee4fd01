import { randomBytes } from 'node:crypto';
import type { FaultOutcome } from '../../faults.ts';
import { Refusal, answered, objectIn, refuseUnknown, send } from '../../git-host/api.ts';
import type { Answer } from '../../git-host/api.ts';
import { createRouter } from '../../git-host/router.ts';
import { isOld, type GitLab } from '../context.ts';
import { authenticate, whyDenied } from '../credentials.ts';
import type { Caller } from '../credentials.ts';
import { revokeFamily } from '../store.ts';
import { accountRoutes, ROTATION } from './account-routes.ts';
import { badParameter, notModelled, refuse, refuseAs } from './answer.ts';
import { branchRoutes } from './branch-routes.ts';
import { mergeRequestRoutes } from './merge-request-routes.ts';
import { projectRoutes } from './project-routes.ts';
import type { Route } from './route.ts';

const find = createRouter<Route>([...accountRoutes, ...projectRoutes, ...branchRoutes, ...mergeRequestRoutes]);

function routeOf(gitlab: GitLab, method: string, path: string): ReturnType<typeof find> {
  // GitLab's docs page "Personal access tokens API": `self` came with 15.5; older versions take it for a number.
  if (isOld(gitlab) && path.startsWith('personal_access_tokens/')) throw badParameter('id is invalid');
  return find(method, `/${path}`);
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (text === '') return {};
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  if (!type.includes('json'))
    throw new Refusal({ status: 415, body: { error: 'The provided content-type is not supported.' } });
  const value = objectIn(text);
  if (value === undefined) throw badParameter('Problems parsing JSON');
  return value;
}

const invalidToken = (description: string): Refusal => refuseAs(401, 'invalid_token', description);

/** The caller, or the refusal of GitLab's guard (`lib/api/api_guard.rb`). */
function callerOf(gitlab: GitLab, request: Request, path: string): Caller | undefined {
  const authentication = authenticate(gitlab, request.headers);
  switch (authentication.kind) {
    case 'anonymous':
      return undefined;
    case 'unknown':
      throw refuse(401, '401 Unauthorized');
    case 'revoked':
      if (request.method === 'POST' && path === ROTATION) revokeFamily(gitlab.store, authentication.token);
      throw invalidToken('Token was revoked. You have to re-authorize from the user.');
    case 'expired':
      throw invalidToken('Token is expired. You can either do re-authorization or token refresh.');
    case 'known':
      return authentication.caller;
  }
}

/** Whether the token may make the request. The sentence for fine-grained tokens comes from public reports. */
function checkReach({ token, account }: Caller, route: Route): void {
  if (token.granular !== undefined) {
    if (route.permission === undefined || token.granular.includes(route.permission)) return;
    throw refuseAs(
      403,
      'insufficient_granular_scope',
      `Access denied: Your fine-grained personal access token lacks the required permissions: [${route.permission}].`,
    );
  }
  if (route.scopes.length > 0 && !route.scopes.some((scope) => token.scopes.includes(scope))) {
    const description = 'The request requires higher privileges than provided by the access token.';
    throw refuseAs(403, 'insufficient_scope', description, { scope: route.scopes.join(' ') });
  }
  const denied = whyDenied(account);
  if (denied !== undefined) throw refuse(403, `403 Forbidden - ${denied}`);
}

/** GitLab's 429 is no JSON. Some limits of GitLab.com send no headers (gitlab#365728), and neither does `secondary`. */
function limited(gitlab: GitLab, limit: 'primary' | 'secondary', retryAfter: number): Response {
  const reset = Math.floor(gitlab.now().getTime() / 1000) + retryAfter;
  const headers = { 'retry-after': String(retryAfter), 'ratelimit-reset': String(reset), 'ratelimit-remaining': '0' };
  return new Response('Retry later\n', {
    status: 429,
    headers: { 'content-type': 'text/plain', ...(limit === 'primary' ? headers : {}) },
  });
}

/** Answers a request below `/api/v4/`; `path` is the part after it, still encoded. `fault` is the fault that a test armed. */
export async function handleApi(
  gitlab: GitLab,
  request: Request,
  path: string,
  fault: FaultOutcome,
): Promise<Response> {
  if (fault.kind === 'rate-limit') return limited(gitlab, fault.limit, fault.retryAfter);
  const url = new URL(request.url);
  const handle = async (): Promise<Answer> => {
    const caller = callerOf(gitlab, request, path);
    const found = routeOf(gitlab, request.method, path);
    if (found === undefined) throw new Refusal({ status: 404, body: { error: '404 Not Found' } });
    const { route, params } = found;
    if (caller === undefined && !route.open && route.method === 'GET') throw refuse(401, '401 Unauthorized');
    if (caller !== undefined) checkReach(caller, route);
    if (request.headers.has('sudo')) throw notModelled('sudo');
    if (request.headers.has('if-unmodified-since')) throw notModelled('If-Unmodified-Since');
    if (gitlab.readOnly && request.method !== 'GET')
      throw refuse(403, 'You cannot perform write operations on a read-only instance');
    refuseUnknown(url.searchParams.keys(), route.query, notModelled);
    return route.handle({
      gitlab,
      caller,
      isRead: request.method === 'GET',
      url,
      params,
      query: url.searchParams,
      body: () => readBody(request),
    });
  };
  return send(await answered(handle), 'application/json', {
    server: 'nginx',
    'cache-control': 'max-age=0, private, must-revalidate',
    'x-content-type-options': 'nosniff',
    'x-request-id': randomBytes(12).toString('hex'),
  });
}
