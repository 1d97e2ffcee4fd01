import type { Branches } from '@gitbeaker/rest';
import type { Credential } from '../../domain/credential';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Connection } from '../provider';
import { createTransport, ProviderFailure } from '../transport';
import { problemOf, ServiceRefusal } from './errors';

type ResourceOptions = ConstructorParameters<typeof Branches>[0];
type RequesterFn = NonNullable<ResourceOptions['requesterFn']>;
type RequestOptions = { searchParams?: Record<string, unknown>; body?: unknown };

/**
 * What every resource class of Gitbeaker is made with, for one call. `requesterFn` puts our transport in the place of
 * Gitbeaker's own, which repeats writes, follows redirects and carries the token inside its errors. The token goes as
 * `Bearer`, which GitLab takes for every kind of access token (docs "REST API authentication").
 */
export function resource(connection: Connection, kind: 'read' | 'write'): ResourceOptions {
  return {
    host: connection.service.webUrl,
    queryTimeout: null,
    requesterFn: requesterOver(connection, kind),
  };
}

function requesterOver({ service, credential, deadline }: Connection, kind: 'read' | 'write'): RequesterFn {
  const api = service.apiUrl;
  const send = createTransport({ origin: new URL(api).origin, deadline, kind, api });
  return ({ url }) => {
    // Some classes are made with the first part of the address (`projects`), which their endpoints then lack.
    const prefix = url.slice(`${service.webUrl}/api/v4/`.length);
    const request =
      (method: string) =>
      async (rest: string, options: RequestOptions = {}) => {
        const endpoint = prefix === '' ? rest : `${prefix}/${rest}`;
        refuseDots(endpoint);
        const content = bodyOf(options.body);
        const response = await send(`${service.apiUrl}/${endpoint}${queryOf(options.searchParams)}`, {
          method,
          headers: {
            accept: 'application/json',
            authorization: `Bearer ${tokenOf(credential)}`,
            'user-agent': 'undersigned-for-jira',
            ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(content === undefined ? {} : { body: content }),
        });
        const text = await response.text();
        const body: unknown = text === '' ? null : JSON.parse(text);
        const headers = Object.fromEntries(response.headers);
        if (!response.ok) {
          const { status } = response;
          throw new ServiceRefusal({ status, headers, body, reading: method === 'GET', webUrl: service.webUrl });
        }
        // The type of the answer is what the caller's schema makes of it.
        return { status: response.status, headers, body } as never;
      };
    return {
      get: request('GET'),
      post: request('POST'),
      put: request('PUT'),
      patch: request('PATCH'),
      delete: request('DELETE'),
    };
  };
}

/** An address drops a part that is `.` or `..`, so such a name would reach for something else: nothing is called that. */
function refuseDots(endpoint: string): void {
  const parts = endpoint.split('/');
  const at = parts.findIndex((part) => part === '.' || part === '..');
  if (at !== -1) throw new ProviderFailure({ code: at === 1 ? 'REPOSITORY_NOT_FOUND' : 'BRANCH_MISSING' });
}

/** Gitbeaker's names are `sourceBranch`, GitLab's `source_branch`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function renamed(options: unknown): (readonly [string, unknown])[] {
  return Object.entries(options ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [snakeCase(name), value] as const);
}

function queryOf(options: Record<string, unknown> | undefined): string {
  const query = new URLSearchParams(renamed(options).map(([name, value]) => [name, String(value)] as [string, string]));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function bodyOf(options: unknown): string | undefined {
  const entries = renamed(options);
  return entries.length === 0 ? undefined : JSON.stringify(Object.fromEntries(entries));
}

/** Runs calls of the SDK and turns what they throw into data. */
export async function answered<Value>(run: () => Promise<Value>): Promise<Result<Value, ProviderError>> {
  try {
    return ok(await run());
  } catch (thrown) {
    return fail(problemOf(thrown));
  }
}

/** GitLab knows tokens only; another kind of credential is none of its. */
export function tokenOf(credential: Credential): string {
  return credential.kind === 'token' ? credential.token.reveal() : '';
}
