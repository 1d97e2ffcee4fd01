import type { Site } from '../sites.ts';
import { answer, notModelled } from './rest/answer.ts';
import type { RestCaller } from './rest/caller.ts';
import { getIssue, searchProjects } from './rest/issues.ts';
import { checkPermissions, myPermissions } from './rest/permissions.ts';
import { pointsOf } from './rest/points.ts';
import { noRates, openJiraLimiter, type JiraRates } from './rest/rates.ts';
import { getUser, getUsers, myself, searchUsers } from './rest/users.ts';
import { createState, type JiraState } from './state.ts';

export type { RestCaller } from './rest/caller.ts';
export type { PermissionChange, PermissionKey } from './state.ts';

/** Answers a request to Jira's REST API that the stand-in does not model; undefined for one it does not know either. */
export type OwnRoute = (request: Request, caller: RestCaller) => Promise<Response | undefined>;

export type Jira = JiraState & {
  /**
   * Answers a call to Jira's REST API as Jira would for this caller. What the sandbox does not model gets 501 and a
   * sentence; it never invents an answer.
   */
  rest(request: Request, caller: RestCaller): Promise<Response>;
};

type Call = { scope: string; answer(): Response };

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
  const state = createState(world);
  const limiter = openJiraLimiter(rates, now);
  return {
    ...state,
    reset() {
      state.reset();
      limiter.clear();
    },
    async rest(request, caller) {
      const url = new URL(request.url);
      if (!state.site(caller.siteId)) throw new Error(`There is no Jira site ${caller.siteId}.`);
      const call =
        request.method === 'GET' ? find(state, caller, url, appName) : await findPost(state, caller, url, request);
      if (!call) return (await ownRoute?.(request, caller)) ?? notModelled(`${request.method} ${url.pathname}`);
      // Confirmed by many reports of apps without the scope: the gateway answers so, before Jira sees the call.
      if (!caller.scopes.includes(call.scope)) {
        return answer(401, { code: 401, message: 'Unauthorized; scope does not match' });
      }
      if (caller.as === 'user' && !state.person(caller.siteId, caller.accountId ?? '')) {
        return answer(401, { code: 401, message: 'Unauthorized' });
      }
      const refused = limiter.ask(caller.siteId, url.pathname);
      if (refused) return refused;
      const response = call.answer();
      const points = pointsOf(request.method, url.pathname, await response.clone().json());
      limiter.spend(points);
      response.headers.set(pointsHeader, String(points));
      return response;
    },
  };
}

/** The sandbox's own: for whoever counts what the app asks. */
export const pointsHeader = 'x-sandbox-points';

/** A question that is a POST. */
async function findPost(state: JiraState, caller: RestCaller, url: URL, request: Request): Promise<Call | undefined> {
  if (request.method !== 'POST' || url.pathname !== '/rest/api/3/permissions/check') return undefined;
  const body: unknown = await request.json();
  return { scope: 'read:jira-work', answer: () => checkPermissions(state, caller, body) };
}

/** Which classic scope each call needs is from its docs page. */
function find(state: JiraState, caller: RestCaller, url: URL, appName: string): Call | undefined {
  const { origin } = url;
  const issue = /^\/rest\/api\/3\/issue\/([^/]+)$/.exec(url.pathname)?.[1];
  if (issue !== undefined) {
    return { scope: 'read:jira-work', answer: () => getIssue(state, caller, origin, decodeURIComponent(issue), url) };
  }
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
