import { answered, isJson, objectIn, refuseUnknown, send } from '../../git-host/api.ts';
import type { Answer, Refusal } from '../../git-host/api.ts';
import { createRouter } from '../../git-host/router.ts';
import { apiHeaders } from '../api-headers.ts';
import type { GitHub } from '../context.ts';
import { authenticate } from '../credentials.ts';
import type { Caller } from '../credentials.ts';
import type { FaultOutcome } from '../../faults.ts';
import {
  RATE_EXCEEDED_DOCS,
  SECONDARY_DOCS,
  SECONDARY_MESSAGE,
  exhaustRate,
  rateExceededMessage,
  rateHeaders,
  rateStatus,
  takeRate,
} from '../rate-limits.ts';
import { accountRoutes } from './account-routes.ts';
import { refuse, notFound, notModelled } from './answer.ts';
import { pullRoutes } from './pull-routes.ts';
import { refRoutes } from './ref-routes.ts';

const routeOf = createRouter([...accountRoutes, ...refRoutes, ...pullRoutes]);
const DOCS = 'https://docs.github.com/rest';

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = (await request.text()) || '{}';
  const value = objectIn(text);
  if (value !== undefined) return value;
  throw refuse(400, isJson(text) ? 'Body should be a JSON object' : 'Problems parsing JSON');
}

/** Source: docs "API Versions": an unknown version is refused; without the header it is 2022-11-28. */
function checkVersion(request: Request): void {
  const version = request.headers.get('x-github-api-version') ?? '2022-11-28';
  if (version === '2026-03-10') throw notModelled('the API version 2026-03-10');
  if (version !== '2022-11-28') throw refuse(400, `"${version}" is not a valid API version`);
}

/** Source: docs "Best practices for using the REST API": a renamed repository redirects, with 307 for writes. */
function whereItMoved(github: GitHub, path: string): string | undefined {
  const [, owner = '', name = '', rest = ''] = /^\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(path) ?? [];
  if (github.catalogue.repository(owner, name) !== undefined) return undefined;
  const repository = github.catalogue.renamed(owner, name);
  return repository && `/repositories/${repository.id}${rest}`;
}

/** The target of redirects: a repository by its number. */
function byNumber(github: GitHub, path: string): string {
  const [, id = '', rest = ''] = /^\/repositories\/(\d+)(.*)$/.exec(path) ?? [];
  const repository = github.catalogue.repositories.find((one) => String(one.id) === id);
  return repository === undefined ? path : `/repos/${repository.fullName}${rest}`;
}

const secondaryLimit = (retryAfter: number): Refusal =>
  refuse(429, SECONDARY_MESSAGE, { documentation_url: SECONDARY_DOCS }, { 'retry-after': String(retryAfter) });

/** Source: docs "User agent required": a request without one is refused before anything else. */
export const userAgentMissing = (): Response =>
  new Response(
    'Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.\n',
    { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } },
  );

/** Answers a REST request; its address is below the API's base. `fault` is the fault that a test armed. */
export async function handleRest(github: GitHub, request: Request, fault: FaultOutcome): Promise<Response> {
  const url = new URL(request.url);
  const moved = whereItMoved(github, url.pathname);
  url.pathname = byNumber(github, url.pathname);
  const found = routeOf(request.method, url.pathname);
  const docs = found ? `${DOCS}/${found.route.docs}` : DOCS;
  const authentication = authenticate(github, request.headers.get('authorization'));
  const caller: Caller | undefined = authentication.kind === 'known' ? authentication.caller : undefined;
  let rate = rateStatus(github, caller, 'core');
  const limited = github.hasRateLimits || fault.kind === 'rate-limit';

  const handle = async (): Promise<Answer> => {
    if (authentication.kind === 'bad') throw refuse(401, 'Bad credentials', { documentation_url: DOCS });
    checkVersion(request);
    if (fault.kind === 'rate-limit' && fault.limit === 'secondary') throw secondaryLimit(fault.retryAfter);
    if (fault.kind === 'rate-limit') exhaustRate(github, caller, 'core');
    if (limited) {
      const taken = takeRate(github, caller, 'core');
      rate = taken.rate;
      if (taken.exceeded) {
        throw refuse(403, rateExceededMessage(caller), { documentation_url: RATE_EXCEEDED_DOCS });
      }
    }
    if (moved !== undefined) {
      const location = `${github.apiUrl}${moved}${url.search}`;
      throw refuse(request.method === 'GET' ? 301 : 307, 'Moved Permanently', { url: location }, { location });
    }
    if (found === undefined) throw notFound();
    if (caller === undefined && found.route.method !== 'GET') throw refuse(401, 'Requires authentication');
    refuseUnknown(url.searchParams.keys(), found.route.query, notModelled);
    const { route, params } = found;
    return route.handle({ github, caller, url, params, query: url.searchParams, body: () => readBody(request) });
  };

  const answer = await answered(handle, (refused) => ({ documentation_url: docs, ...refused }));
  return send(answer, 'application/json; charset=utf-8', {
    ...apiHeaders(caller, 'v3'),
    'x-github-api-version-selected': '2022-11-28',
    ...(limited ? rateHeaders(rate) : {}),
    ...(found && caller?.token.kind === 'classic' ? { 'x-accepted-oauth-scopes': found.route.scopes } : {}),
    ...(found?.route.permissions && caller?.token.kind === 'fine-grained'
      ? { 'x-accepted-github-permissions': found.route.permissions }
      : {}),
  });
}
