import { accessLevel, canReadCode, DEVELOPER, groupsOf, isVisible } from '../context.ts';
import type { Account, GitLab, Project } from '../context.ts';
import type { Caller } from '../credentials.ts';
import { Refusal } from '../../git-host/api.ts';
import type { Answer } from '../../git-host/api.ts';
import { badParameter, forbidden, refuse, refuseAs } from './answer.ts';

/** One API request, after its credential and its path were checked. */
export type ApiCall = {
  gitlab: GitLab;
  caller: Caller | undefined;
  /** It is a GET. */
  isRead: boolean;
  url: URL;
  /** Decoded parts of the path, by the names in the route's pattern. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The fields sent as JSON or as a form. */
  body(): Promise<Record<string, unknown>>;
};

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** One of these scopes is enough; without any, every token is. */
  scopes: readonly string[];
  /** The permission that a fine-grained token needs; without one, every token is enough. */
  permission?: string;
  /** Anonymous callers are allowed. */
  open?: true;
  /** The modelled query parameters. All others are refused, not ignored. */
  query: readonly string[];
  handle(call: ApiCall): Promise<Answer>;
};

const route =
  <Method extends Route['method']>(method: Method) =>
  (path: string, permission?: string) => ({
    ...{ method, path, query: [] as readonly string[], ...(permission !== undefined && { permission }) },
    scopes: (method === 'GET' ? ['api', 'read_api'] : ['api']) as readonly string[],
  });
/** Defaults of routes: no query parameters, and the scopes that most reads or writes need. */
export const get = route('GET');
export const post = route('POST');
export const put = route('PUT');
export const remove = route('DELETE');

/** The account behind a request; refuses anonymous callers. */
export function accountOf(call: ApiCall): Account {
  if (call.caller === undefined) throw refuse(401, '401 Unauthorized');
  return call.caller.account;
}

/** GitLab's answer for a renamed or moved project (`lib/api/helpers.rb`). */
function movedTo({ url, isRead }: ApiCall, from: string, { id }: Project): Refusal {
  if (!isRead) return refuse(405, 'Non GET methods are not allowed for moved projects');
  const location = url.href.replace(`/projects/${encodeURIComponent(from)}`, `/projects/${id}`);
  const message = `This resource has been moved permanently to ${location}`;
  return new Refusal({ status: 301, body: { message }, headers: { location } });
}

/** The project of a request, if the caller can see it. */
export function projectOf(call: ApiCall): Project {
  const { gitlab, caller } = call;
  const id = call.params['id'] ?? '';
  const project = gitlab.catalogue.project(id);
  const moved = gitlab.catalogue.projectOnceAt(id);
  if (moved !== undefined && isVisible(gitlab, moved, caller?.account)) throw movedTo(call, id, moved);
  if (project === undefined || !isVisible(gitlab, project, caller?.account)) throw refuse(404, '404 Project Not Found');
  if (groupsOf(gitlab, project).some(({ dpop }) => dpop)) {
    throw refuseAs(401, 'dpop_error', 'DPoP validation error: DPoP header is missing');
  }
  return project;
}

/** The project of a request that reads its code, which guests of a private project can't. */
export function readableProject(call: ApiCall): Project {
  const project = projectOf(call);
  if (!canReadCode(call.gitlab, project, call.caller?.account)) throw forbidden();
  return project;
}

/** The project of a request that writes. Developers can, and nobody can in an archived project (assumption: the plain 403). */
export function writableProject(call: ApiCall): Project {
  const project = projectOf(call);
  const account = accountOf(call);
  if (accessLevel(call.gitlab, project, account) < DEVELOPER || project.definition.archived) throw forbidden();
  return project;
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number): number {
  const given = query.get(name);
  if (given === null || given === '') return fallback;
  if (!/^\d+$/.test(given)) throw badParameter(`${name} is invalid`);
  return Math.max(1, Number(given));
}

/** One page of a list with GitLab's headers (docs "Offset-based pagination"): `per_page` is 20 by default, at most 100. */
export function page<T>(call: ApiCall, list: readonly T[]): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(wholeNumber(call.query, 'per_page', 20), 100);
  const number = wholeNumber(call.query, 'page', 1);
  const last = Math.max(1, Math.ceil(list.length / size));
  const link = (to: number, rel: string): string => {
    const url = new URL(call.url);
    url.searchParams.set('page', String(to));
    url.searchParams.set('per_page', String(size));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev')] : []),
    ...(number < last ? [link(number + 1, 'next')] : []),
    link(1, 'first'),
    link(last, 'last'),
  ];
  return {
    items: list.slice((number - 1) * size, number * size),
    headers: {
      link: links.join(', '),
      'x-page': String(number),
      'x-per-page': String(size),
      'x-prev-page': number > 1 ? String(number - 1) : '',
      'x-next-page': number < last ? String(number + 1) : '',
      'x-total': String(list.length),
      'x-total-pages': String(last),
    },
  };
}

/** One of the values a parameter may have. */
export function choice<T extends string>(call: ApiCall, name: string, values: readonly T[], fallback: T): T {
  const given = call.query.get(name);
  if (given === null || given === '') return fallback;
  const found = values.find((value) => value === given);
  if (found === undefined) throw badParameter(`${name} does not have a valid value`);
  return found;
}

export function flag(call: ApiCall, name: string): boolean | undefined {
  const given = call.query.get(name);
  if (given === null || given === '') return undefined;
  if (!/^(true|false|1|0)$/.test(given)) throw badParameter(`${name} is invalid`);
  return given === 'true' || given === '1';
}

/** The required texts of a request; GitLab names all that are missing. */
export function requiredTexts<Name extends string>(
  body: Record<string, unknown>,
  names: readonly Name[],
): Record<Name, string> {
  const problems = names.flatMap((name) => {
    if (body[name] === undefined) return [`${name} is missing`];
    if (typeof body[name] !== 'string') return [`${name} is invalid`];
    return body[name] === '' ? [`${name} is empty`] : [];
  });
  if (problems.length > 0) throw badParameter(problems.join(', '));
  return body as Record<Name, string>;
}

/**
 * GitLab's search (`Gitlab::SQL::Pattern`): all words of three letters and more are in one of the texts; without such a
 * word a text must be exactly what was typed. Case does not matter.
 */
export function fuzzyMatch(typed: string, texts: readonly string[]): boolean {
  const quoted = [...typed.matchAll(/"([^"]+)"/g)].map(([, phrase = '']) => phrase);
  const words = [...quoted, ...typed.replace(/"[^"]+"/g, ' ').split(/\s+/)].filter((word) => [...word].length >= 3);
  const has = (text: string, word: string): boolean => text.toLowerCase().includes(word.toLowerCase());
  if (words.length === 0) return texts.some((text) => text.toLowerCase() === typed.trim().toLowerCase());
  return texts.some((text) => words.every((word) => has(text, word)));
}
