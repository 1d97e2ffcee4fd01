import type { Person, Site } from '../sites.ts';
import type { JiraState, PermissionKey } from './state.ts';
import { projectKeyOf } from './state.ts';
import type { Viewer } from './conditions.ts';

/** `?as=` of a person who is not logged in. */
export const anonymous = 'anonymous';

/** One visit: the person, the site and the language. */
export type Visit = {
  site: Site;
  /** undefined: not logged in. */
  person: Person | undefined;
  /** Short name, or `anonymous`. */
  as: string;
  colorMode: 'light' | 'dark';
  url: URL;
  /** A path of the site with the same person and site. */
  link: (path: string) => string;
  can(permission: PermissionKey, issueKey?: string): boolean;
  /** Facts for display conditions, on an issue or elsewhere. */
  viewer(issueKey?: string): Viewer;
};

/** Languages of Jira that a person can choose here; any other is possible in the address. */
export const languages = [
  { locale: 'en_US', name: 'English (US)' },
  { locale: 'de_DE', name: 'Deutsch (Deutschland)' },
  { locale: 'fr_FR', name: 'Français (France)' },
  { locale: 'pl_PL', name: 'polski (Polska)' },
] as const;

/**
 * The address names the person and the site (`?as=`, `?site=`), else the cookies of the last address, else it is the first person of the
 * first site. An unknown name is an error, not a guess. `?locale=` changes the person's language, as their profile would.
 */
export function visitOf(jira: JiraState, request: Request): Visit | { unknown: string } {
  const url = new URL(request.url);
  const cookies = cookiesOf(request);
  const [firstSite] = jira.sites();
  const siteId =
    url.searchParams.get('site') ?? known(cookies.get('site'), (id) => jira.site(id)) ?? firstSite?.id ?? '';
  const site = jira.site(siteId);
  if (!site)
    return {
      unknown: `There is no site “${siteId}”. There are: ${jira
        .sites()
        .map(({ id }) => id)
        .join(', ')}.`,
    };
  const exists = (id: string) => id === anonymous || jira.person(site.id, id) !== undefined;
  const as = url.searchParams.get('as') ?? known(cookies.get('as'), exists) ?? site.people[0]?.id ?? anonymous;
  if (!exists(as)) {
    return {
      unknown: `There is nobody called “${as}”. There are: ${site.people.map(({ id }) => id).join(', ')} and ${anonymous}.`,
    };
  }
  const locale = url.searchParams.get('locale');
  if (locale !== null && !isLocale(locale)) return { unknown: `“${locale}” is no locale. Write it like de-DE.` };
  if (locale !== null && as !== anonymous) jira.setLocale(site.id, as, locale.replace('-', '_'));
  const person = jira.person(site.id, as);
  const can = (permission: PermissionKey, issueKey?: string) =>
    jira.can(site.id, person?.accountId, permission, issueKey === undefined ? undefined : projectKeyOf(issueKey));
  return {
    site,
    person,
    as: person?.id ?? anonymous,
    colorMode: cookies.get('color-mode') === 'dark' ? 'dark' : 'light',
    url,
    link(path) {
      const target = new URL(path, url.origin);
      if (!target.searchParams.has('site')) target.searchParams.set('site', site.id);
      if (!target.searchParams.has('as')) target.searchParams.set('as', person?.id ?? anonymous);
      return target.pathname + target.search;
    },
    can,
    viewer: (issueKey) => ({ loggedIn: person !== undefined, can: (permission) => can(permission, issueKey) }),
  };
}

/** With these cookies, links from elsewhere (a simulated service, an address without `?as=`) find the same person again. */
export function visitCookies(visit: Visit): string[] {
  return [
    ['as', visit.as],
    ['site', visit.site.id],
  ].map(([name, value]) => `${name ?? ''}=${value ?? ''}; Path=/; SameSite=Lax`);
}

function isLocale(locale: string): boolean {
  return /^[a-z]{2}[-_][A-Z]{2}$/.test(locale);
}

function cookiesOf(request: Request): Map<string, string> {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('=', 2));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}

function known(value: string | undefined, exists: (value: string) => unknown): string | undefined {
  return value !== undefined && exists(value) ? value : undefined;
}
