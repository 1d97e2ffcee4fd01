import { accessTo, organizationRefusal } from '../access.ts';
import type { Need } from '../access.ts';
import type { GitHub, Repository } from '../context.ts';
import type { Caller } from '../credentials.ts';
import { notFound, refuse, validationFailed } from './answer.ts';
import type { Answer } from '../../git-host/api.ts';

/** One REST request, after its credential and its path were checked. */
export type RestCall = {
  github: GitHub;
  caller: Caller | undefined;
  url: URL;
  /** Decoded parts of the path, by the names in the route's pattern. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The JSON object of the request; refuses any other body. */
  body(): Promise<Record<string, unknown>>;
};

export type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** The page on docs.github.com/rest that describes the request. */
  docs: string;
  /** The value of `X-Accepted-OAuth-Scopes`; '' for none. */
  scopes: string;
  /** The value of `X-Accepted-GitHub-Permissions`. */
  permissions: string;
  /** The modelled query parameters. All others are refused, not ignored. */
  query: readonly string[];
  handle(call: RestCall): Promise<Answer>;
};

const route =
  <Method extends Route['method']>(method: Method) =>
  (path: string, docs: string, permissions = '') => ({
    ...{ method, path, docs, permissions, scopes: path.startsWith('/repos/') ? 'repo' : '' },
    query: [] as readonly string[],
  });
/** Defaults of routes: requests about a repository need the scope `repo`, others none; no request has query parameters. */
export const get = route('GET');
export const post = route('POST');
export const remove = route('DELETE');

/**
 * The repository of a request, if the caller has the access it needs; otherwise GitHub's refusal.
 * A classic token without the scope or the right gets the same 404 as for a repository that does not exist, a
 * fine-grained one gets the reason (assumption for the account's missing right; documented for the token's permission).
 */
export function repositoryFor(call: RestCall, need: Need): Repository {
  const { github, caller } = call;
  const repository = github.catalogue.repository(call.params['owner'] ?? '', call.params['repo'] ?? '');
  if (repository === undefined) throw notFound();
  const access = accessTo(repository, caller, need);
  switch (access.kind) {
    case 'allowed':
      return repository;
    case 'hidden':
      throw notFound();
    case 'archived':
      throw refuse(403, 'Repository was archived so is read-only.');
    case 'locked':
      // github/gh-gei#597.
      throw refuse(403, 'Repository has been locked for migration.');
    case 'organization': {
      const said = organizationRefusal(github, caller, access.organization, access.rule);
      const more = said.documentationUrl === undefined ? {} : { documentation_url: said.documentationUrl };
      throw refuse(403, said.message, more, said.headers);
    }
    case 'not-allowed':
      if (caller?.token.kind === 'fine-grained') throw refuse(403, 'Resource not accessible by personal access token');
      throw notFound();
  }
}

/** The account behind a request; refuses anonymous callers. Call only after `repositoryFor` or an authentication check. */
export function callerOf(call: RestCall): Caller {
  if (call.caller === undefined) {
    throw refuse(401, 'Requires authentication');
  }
  return call.caller;
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number): number {
  const value = Number(query.get(name) ?? fallback);
  return Number.isInteger(value) && value > 0 ? value : fallback;
}

/** One page of a list with GitHub's Link header: `per_page` is 30 by default, at most 100. */
export function page<T>(call: RestCall, list: readonly T[]): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(wholeNumber(call.query, 'per_page', 30), 100);
  const number = wholeNumber(call.query, 'page', 1);
  const last = Math.max(1, Math.ceil(list.length / size));
  const link = (to: number, rel: string): string => {
    const url = new URL(`${call.github.apiUrl}${call.url.pathname}${call.url.search}`);
    url.searchParams.set('page', String(to));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
    ...(number > 1 ? [link(1, 'first')] : []),
  ];
  const items = list.slice((number - 1) * size, number * size);
  return { items, headers: links.length === 0 ? {} : { link: links.join(', ') } };
}

/** One of the values a parameter may have; a 422 for another, as GitHub answers. */
export function choice<T extends string>(
  call: RestCall,
  name: string,
  values: readonly T[],
  fallback: T,
  resource: string,
): T {
  const given = call.query.get(name);
  if (given === null) return fallback;
  const found = values.find((value) => value === given);
  if (found === undefined) throw validationFailed([{ resource, field: name, code: 'invalid' }]);
  return found;
}
