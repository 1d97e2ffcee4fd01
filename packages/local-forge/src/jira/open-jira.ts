import type { Site } from '../sites.ts';
import { answer, notModelled } from './rest/answer.ts';
import type { RestCaller } from './rest/caller.ts';
import { getIssue, searchProjects } from './rest/issues.ts';
import { notify } from './rest/notify.ts';
import { checkPermissions, myPermissions } from './rest/permissions.ts';
import { pointsOf } from './rest/points.ts';
import { noRates, openJiraLimiter, type JiraRates } from './rest/rates.ts';
import { assignIssue, getTransitions, transitionIssue } from './rest/start-work.ts';
import { getUser, getUsers, myself, searchUsers } from './rest/users.ts';
import { createDevelopment, type DevelopmentState } from './development.ts';
import { createNotifications, type NotificationState } from './notifications.ts';
import { deleteByProperties, deleteEntity, storeDevelopment } from './rest/development.ts';
import { createState, type JiraState } from './state.ts';

export type { RestCaller } from './rest/caller.ts';
export type { PermissionChange, PermissionKey } from './state.ts';

/** Answers a request to Jira's REST API that the stand-in does not model; undefined for a request that it does not know either. */
export type OwnRoute = (request: Request, caller: RestCaller) => Promise<Response | undefined>;

export type Jira = JiraState &
  DevelopmentState &
  NotificationState & {
    /**
     * Answers a request to Jira's REST API as Jira would for this caller. A request that is not modelled gets 501 and a
     * sentence, never an invented answer.
     */
    rest(request: Request, caller: RestCaller): Promise<Response>;
  };

type Call = { scope: string; answer(): Response; asApp?: true };

/** The stand-in Jira: its sites, people, projects and issues, in memory, and the part of its REST API that apps call. */
export function openJira(
  world: readonly Site[],
  {
    rates = noRates,
    now = () => new Date(),
    appName = 'App',
    ownRoute,
  }: { rates?: JiraRates; now?: () => Date; appName?: string; ownRoute?: OwnRoute | undefined } = {},
): Jira {
  const state = { ...createState(world), ...createDevelopment(), ...createNotifications() };
  const limiter = openJiraLimiter(rates, now);
  return {
    ...state,
    reset() {
      state.reset();
      state.clearDevelopment();
      state.clearNotifications();
      limiter.clear();
    },
    async rest(request, caller) {
      const url = new URL(request.url);
      if (!state.site(caller.siteId)) throw new Error(`There is no Jira site ${caller.siteId}.`);
      const call =
        request.method === 'GET'
          ? find(state, caller, url, appName)
          : await findOther(state, caller, url, request, now);
      if (!call) return (await ownRoute?.(request, caller)) ?? notModelled(`${request.method} ${url.pathname}`);
      // Confirmed by many reports of apps without the scope: the gateway answers this before Jira sees the request.
      if (!caller.scopes.includes(call.scope)) {
        return answer(401, { code: 401, message: 'Unauthorized; scope does not match' });
      }
      if (caller.as === 'user' && !state.person(caller.siteId, caller.accountId ?? '')) {
        return answer(401, { code: 401, message: 'Unauthorized' });
      }
      // Assumption: development information belongs to an app, so no person can make the request.
      if (call.asApp && caller.as !== 'app') return answer(403, { code: 403, message: 'Forbidden' });
      const refused = limiter.ask(caller.siteId, url.pathname);
      if (refused) return refused;
      const response = call.answer();
      const points = pointsOf(
        request.method,
        url.pathname,
        await response
          .clone()
          .json()
          .catch(() => undefined),
      );
      limiter.spend(points);
      response.headers.set(pointsHeader, String(points));
      return response;
    },
  };
}

/** A header of the sandbox, for benches that count the app's requests. */
export const pointsHeader = 'x-sandbox-points';

/** Requests other than GET. */
async function findOther(
  state: JiraState & DevelopmentState & NotificationState,
  caller: RestCaller,
  url: URL,
  request: Request,
  now: () => Date,
): Promise<Call | undefined> {
  const { method } = request;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  if (method === 'POST' && url.pathname === '/rest/api/3/permissions/check')
    return { scope: 'read:jira-work', answer: () => checkPermissions(state, caller, body) };
  const notified = /^\/rest\/api\/3\/issue\/([^/]+)\/notify$/.exec(url.pathname)?.[1];
  if (method === 'POST' && notified !== undefined)
    return {
      // Its granular scope; `write:jira-work` would do as well, and much else.
      scope: 'send:notification:jira',
      answer: () => notify(state, caller, decodeURIComponent(notified), body, now().toISOString()),
    };
  const [, key = '', part] = /^\/rest\/api\/3\/issue\/([^/]+)\/(transitions|assignee)$/.exec(url.pathname) ?? [];
  const issue = decodeURIComponent(key);
  if (method === 'POST' && part === 'transitions')
    return { scope: 'write:jira-work', answer: () => transitionIssue(state, caller, issue, body) };
  if (method === 'PUT' && part === 'assignee')
    return { scope: 'write:jira-work', answer: () => assignIssue(state, caller, issue, body) };
  return findDevelopment(state, caller, method, url, body);
}

/** The classic scope of each request, from its docs page. */
function find(state: JiraState, caller: RestCaller, url: URL, appName: string): Call | undefined {
  const { origin } = url;
  const issue = /^\/rest\/api\/3\/issue\/([^/]+)$/.exec(url.pathname)?.[1];
  if (issue !== undefined) {
    return { scope: 'read:jira-work', answer: () => getIssue(state, caller, origin, decodeURIComponent(issue), url) };
  }
  const moved = /^\/rest\/api\/3\/issue\/([^/]+)\/transitions$/.exec(url.pathname)?.[1];
  if (moved !== undefined)
    return {
      scope: 'read:jira-work',
      answer: () => getTransitions(state, caller, origin, decodeURIComponent(moved), url),
    };
  switch (url.pathname) {
    case '/rest/api/3/mypermissions':
      return { scope: 'read:jira-work', answer: () => myPermissions(state, caller, url) };
    case '/rest/api/3/project/search':
      return { scope: 'read:jira-work', answer: () => searchProjects(state, caller, origin, url) };
    case '/rest/api/3/myself':
      return { scope: 'read:jira-user', answer: () => myself(state, caller, origin, appName) };
    case '/rest/api/3/user':
      return { scope: 'read:jira-user', answer: () => getUser(state, caller, origin, url) };
    case '/rest/api/3/user/bulk':
      return { scope: 'read:jira-user', answer: () => getUsers(state, caller, origin, url) };
    case '/rest/api/3/user/search':
      return { scope: 'read:jira-user', answer: () => searchUsers(state, caller, origin, url) };
    default:
      return undefined;
  }
}

/** Apps' information about branches and pull requests. */
function findDevelopment(
  state: JiraState & DevelopmentState,
  caller: RestCaller,
  method: string,
  url: URL,
  body: unknown,
): Call | undefined {
  const root = '/rest/devinfo/0.10';
  if (method === 'POST' && url.pathname === `${root}/bulk`)
    return { scope: 'write:dev-info:jira', asApp: true, answer: () => storeDevelopment(state, caller, body) };
  if (method !== 'DELETE') return undefined;
  const scope = 'delete:dev-info:jira';
  if (url.pathname === `${root}/bulkByProperties`)
    return { scope, asApp: true, answer: () => deleteByProperties(state, caller, url) };
  return /^\/rest\/devinfo\/0\.10\/repository\/[^/]+\/[^/]+\/[^/]+$/.test(url.pathname)
    ? { scope, asApp: true, answer: () => deleteEntity(state, caller, url) }
    : undefined;
}
