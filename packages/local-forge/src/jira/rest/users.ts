import type { Person } from '../../sites.ts';
import type { JiraState } from '../state.ts';
import { answer, notModelled, pageOf, refuse, strayParameter } from './answer.ts';
import type { RestCaller } from './caller.ts';

const unauthenticated = 'Client must be authenticated to access this resource.';

/** A person as other people see them: without e-mail address, as most people of real sites. */
export function userView(origin: string, person: Person, active = true) {
  return {
    self: `${origin}/rest/api/3/user?accountId=${encodeURIComponent(person.accountId)}`,
    accountId: person.accountId,
    accountType: 'atlassian',
    displayName: person.displayName,
    active,
    timeZone: person.timeZone,
    locale: person.locale,
  };
}

/** `GET /rest/api/3/myself`. */
export function myself(state: JiraState, caller: RestCaller, origin: string, appName: string): Response {
  if (caller.as === 'app') {
    return answer(200, { accountId: 'app:sandbox', accountType: 'app', displayName: appName, active: true });
  }
  const person = caller.as === 'user' ? state.person(caller.siteId, caller.accountId ?? '') : undefined;
  return person ? answer(200, userView(origin, person)) : refuse(401, unauthenticated);
}

/** `GET /rest/api/3/user?accountId=`. */
export function getUser(state: JiraState, caller: RestCaller, origin: string, url: URL): Response {
  const stray = strayParameter(url, ['accountId']);
  if (stray) return notModelled(`the parameter ${stray} of a user`);
  if (caller.as === 'none') return refuse(401, unauthenticated);
  const accountId = url.searchParams.get('accountId');
  if (!accountId) return refuse(400, "The query parameter 'accountId' is required.");
  const person = byAccountId(state, caller.siteId, accountId);
  return person
    ? answer(200, userView(origin, person))
    : refuse(404, 'Specified user does not exist or you do not have required permissions');
}

/** `GET /rest/api/3/user/bulk?accountId=&accountId=`: unknown people are left out; a page has 10 by default. */
export function getUsers(state: JiraState, caller: RestCaller, origin: string, url: URL): Response {
  const stray = strayParameter(url, ['accountId', 'startAt', 'maxResults']);
  if (stray) return notModelled(`the parameter ${stray} of several users`);
  if (caller.as === 'none') return refuse(401, unauthenticated);
  const accountIds = url.searchParams.getAll('accountId');
  if (accountIds.length === 0) return refuse(400, "The query parameter 'accountId' is required.");
  const people = accountIds.flatMap((accountId) => byAccountId(state, caller.siteId, accountId) ?? []);
  const page = pageOf(url, people, 10, 200);
  return answer(200, {
    self: `${origin}/rest/api/3/user/bulk${url.search}`,
    ...page,
    values: page.values.map((person) => userView(origin, person, state.isActive(caller.siteId, person.accountId))),
  });
}

/**
 * `GET /rest/api/3/user/search?query=`: people with a word in their name that begins so, any case, 50 by default (docs page "Find users").
 * People without *Browse users* find nobody; here everybody who is logged in has it.
 */
export function searchUsers(state: JiraState, caller: RestCaller, origin: string, url: URL): Response {
  const stray = strayParameter(url, ['query', 'startAt', 'maxResults']);
  if (stray) return notModelled(`the parameter ${stray} of a search for people`);
  if (caller.as === 'none') return refuse(401, unauthenticated);
  const query = (url.searchParams.get('query') ?? '').toLowerCase();
  const people = state.site(caller.siteId)?.people ?? [];
  const found = people.filter(({ displayName }) => ` ${displayName.toLowerCase()}`.includes(` ${query}`));
  return answer(
    200,
    pageOf(url, found, 50, 1000).values.map((person) => userView(origin, person)),
  );
}

/** Only an account id: Jira does not know the world's short names. */
function byAccountId(state: JiraState, siteId: string, accountId: string): Person | undefined {
  return state.site(siteId)?.people.find((person) => person.accountId === accountId);
}
