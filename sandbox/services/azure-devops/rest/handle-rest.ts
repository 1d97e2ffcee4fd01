import type { FaultOutcome } from '../../faults.ts';
import { answered, isJson, refuseUnknown, send } from '../../git-host/api.ts';
import { createRouter } from '../../git-host/router.ts';
import type { AzureDevOps } from '../context.ts';
import { authenticate } from '../credentials.ts';
import type { Caller } from '../credentials.ts';
import { list, notModelled, refuse } from './answer.ts';
import type { Answer } from '../../git-host/api.ts';
import { apiVersionOf } from './api-version.ts';
import {
  abandonPullRequest,
  createPullRequest,
  getCommit,
  getPullRequest,
  getRepository,
  listPullRequests,
  listRefs,
  listRepositories,
  updateRefs,
} from './routes.ts';
import type { RestCall } from './call.ts';
import { getItems } from './item-routes.ts';
import { addReviewer, listPolicies, listPushes } from './reviewer-routes.ts';

type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  path: string;
  /** Query parameters that are understood. */
  query: readonly string[];
  handle(call: RestCall): Answer | Promise<Answer>;
};

const CRITERIA = ['status', 'sourceRefName', 'targetRefName', 'title'];
const PULL_QUERY = [...CRITERIA, ...CRITERIA.map((name) => `searchCriteria.${name}`), '$top', '$skip'];
const project = (rest: string): string => `{/:project}?/_apis/git${rest}`;
const under = (rest: string): string => project(`/repositories/:repository${rest}`);

const find = createRouter<Route>(
  [
    { method: 'GET', path: project('/repositories'), query: [], handle: listRepositories },
    { method: 'GET', path: under(''), query: [], handle: getRepository },
    {
      method: 'GET',
      path: under('/refs'),
      query: ['filter', 'filterContains', 'peelTags', '$top', 'continuationToken'],
      handle: listRefs,
    },
    { method: 'POST', path: under('/refs'), query: [], handle: updateRefs },
    {
      method: 'GET',
      path: under('/items'),
      query: ['path', 'scopePath', 'recursionLevel', 'includeContent'],
      handle: getItems,
    },
    { method: 'GET', path: under('/commits/:id'), query: [], handle: getCommit },
    { method: 'GET', path: under('/pullrequests'), query: PULL_QUERY, handle: listPullRequests },
    { method: 'POST', path: under('/pullrequests'), query: [], handle: createPullRequest },
    { method: 'GET', path: under('/pullrequests/:id(\\d+)'), query: [], handle: getPullRequest },
    { method: 'PATCH', path: under('/pullrequests/:id(\\d+)'), query: [], handle: abandonPullRequest },
    { method: 'GET', path: project('/pullrequests'), query: PULL_QUERY, handle: listPullRequests },
    {
      method: 'PUT',
      path: under('/pullrequests/:id(\\d+)/reviewers/:reviewer'),
      query: [],
      handle: addReviewer,
    },
    {
      method: 'GET',
      path: project('/policy/configurations'),
      query: ['repositoryId', 'refName'],
      handle: listPolicies,
    },
    { method: 'GET', path: under('/pushes'), query: ['$top', '$skip'], handle: listPushes },
  ],
  { ignoreCase: true },
);

const json = (answer: Answer, more: Record<string, string> = {}): Response =>
  send(answer, 'application/json; charset=utf-8; api-version=1.0', more);

const SIGN_IN = `<!doctype html><html lang="en"><head><title>Azure DevOps Services | Sign In</title></head>
<body><h1>Sign in</h1><p>TF400813: The user is not authorized to access this resource.</p></body></html>`;

/**
 * The answer to a request without a valid credential. With `X-TFS-FedAuthRedirect: Suppress` a 401; without, the hosted service
 * shows its sign-in page as a 203, or leads to it when there was no credential at all. Servers say 401 either way.
 * Texts: public reports (azure-pipelines-tasks 18732 for the expired one).
 */
function unauthorized(service: AzureDevOps, request: Request, kind: 'none' | 'bad' | 'expired'): Response {
  const suppressed = request.headers.get('x-tfs-fedauthredirect')?.toLowerCase() === 'suppress';
  const { hosted } = service.edition;
  if (kind === 'expired' && suppressed) {
    const message = 'Access Denied: The Personal Access Token used has expired.';
    return json(refuse(401, 'AccessCheckException', message).answer);
  }
  if (hosted && !suppressed) {
    const html = { 'content-type': 'text/html; charset=utf-8' };
    if (kind !== 'none') return new Response(SIGN_IN, { status: 203, headers: html });
    return new Response(null, { status: 302, headers: { location: `${service.baseUrl}/_signin` } });
  }
  if (!hosted) return new Response(null, { status: 401, headers: { 'www-authenticate': 'Negotiate, NTLM, Basic' } });
  const message = "TF400813: The user '' is not authorized to access this resource.";
  return json(refuse(401, 'UnauthorizedRequestException', message).answer);
}

const blocked = (retryAfter: number): Response =>
  json(
    refuse(
      429,
      'RequestBlockedException',
      'TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource <Concurrency> in namespace <User>.',
    ).answer,
    { 'retry-after': String(retryAfter), 'x-ratelimit-remaining': '0', 'x-ratelimit-resource': 'Concurrency' },
  );

/** Resources of `OPTIONS _apis/git`, by the ids the service has for them (GitApi.js of azure-devops-node-api 17.0.1). */
const resources = ({ edition }: AzureDevOps): unknown[] =>
  [
    ['225f7195-f9c7-4d14-ab28-a83f7ff77e1f', 'repositories', '{project}/_apis/{area}/{resource}/{repositoryId}'],
    ['2d874a60-a811-4f62-9c9f-963a6ea0a55b', 'refs', '{project}/_apis/{area}/repositories/{repositoryId}/{resource}'],
    [
      '9946fd70-0d40-406e-b686-b4744cbbcc37',
      'pullRequests',
      '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{pullRequestId}',
    ],
  ].map(([id, resourceName, routeTemplate]) => ({
    id,
    area: 'git',
    resourceName,
    routeTemplate,
    resourceVersion: resourceName === 'refs' ? 2 : 1,
    minVersion: '1.0',
    maxVersion: edition.newest,
    releasedVersion: edition.released,
  }));

/**
 * Source: learn.microsoft.com, "Troubleshoot Azure Resource Manager service connections"; that the words of a directory come in the same
 * shape: assumption.
 */
function turnedAway({ instanceId }: AzureDevOps, { account }: Caller): Response | undefined {
  if (!account.neverSignedIn && account.directorySays === undefined) return undefined;
  const message =
    account.directorySays ??
    `TF401444: Please sign-in at least once as ${instanceId}\\${account.email} in a web browser to enable access to the service.`;
  return json(refuse(401, 'UnauthorizedRequestException', message).answer);
}

function connectionData(service: AzureDevOps, { account }: Caller): unknown {
  const user = {
    id: account.id,
    descriptor: `Microsoft.IdentityModel.Claims.ClaimsIdentity;${account.email}`,
    providerDisplayName: account.name,
    properties: { Account: { $type: 'System.String', $value: account.email } },
  };
  return {
    authenticatedUser: user,
    authorizedUser: user,
    instanceId: service.instanceId,
  };
}

async function readBody(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return undefined;
  if (!isJson(text)) throw refuse(400, 'VssPropertyValidationException', 'The body is not JSON.');
  return JSON.parse(text);
}

async function answerTo(service: AzureDevOps, request: Request, path: string, caller: Caller): Promise<Answer> {
  const { searchParams: query } = new URL(request.url);
  if (request.method === 'GET' && /^\/_apis\/connectionData$/i.test(path)) {
    return { status: 200, body: connectionData(service, caller) };
  }
  const version = apiVersionOf(service.edition, request);
  if (request.method === 'OPTIONS' && /^\/_apis\/git$/i.test(path)) {
    return list(resources(service));
  }
  const found = find(request.method, path);
  if (found === undefined) throw notModelled(`${request.method} ${path}`);
  const { route, params } = found;
  // An old edition ignores parameters that came later.
  if (service.edition.isNew) refuseUnknown(query.keys(), ['api-version', ...route.query], notModelled);
  return route.handle({ service, caller, version, params, query, body: () => readBody(request) });
}

/** Answers a request to the API; `path` is the part after the organization or collection, still encoded. */
export async function handleRest(
  service: AzureDevOps,
  request: Request,
  path: string,
  fault: FaultOutcome,
): Promise<Response> {
  if (fault.kind === 'rate-limit') return blocked(fault.retryAfter);
  const authentication = authenticate(service, request.headers.get('authorization'));
  if (authentication.kind !== 'known') return unauthorized(service, request, authentication.kind);
  const { caller } = authentication;
  const away = turnedAway(service, caller);
  if (away !== undefined) return away;
  const who = { 'x-vss-userdata': `${caller.account.id}:${caller.account.email}` };
  return json(await answered(() => answerTo(service, request, path, caller)), who);
}
