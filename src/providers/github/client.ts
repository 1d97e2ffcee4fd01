import { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { Credential } from '../../domain/credential';
import { fail, ok, type Result } from '../../domain/result';
import type { ProviderError } from '../../domain/errors';
import type { Connection } from '../provider';
import type { Refused } from '../refusals';
import { createTransport, ProviderFailure } from '../transport';
import { problemOf } from './errors';

const silent = { debug() {}, info() {}, warn() {}, error() {} } as const;

/**
 * Octokit over our transport, for one call. The version header pins the REST API's shapes (docs "API Versions",
 * 2022-11-28 is served until 2028 at least).
 */
export function client(connection: Connection, kind: 'read' | 'write'): Octokit {
  const { service, credential, deadline } = connection;
  const send = createTransport({ origin: new URL(service.apiUrl).origin, deadline, kind, api: service.apiUrl });
  const octokit = new Octokit({
    auth: tokenOf(credential),
    baseUrl: service.apiUrl,
    userAgent: 'undersigned-for-jira',
    log: silent,
    request: { fetch: async (url: string, init?: RequestInit) => withoutBigNumbers(await send(url, init)) },
  });
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = '2022-11-28';
  });
  // Its GraphQL looks into an answer without looking whether there is one.
  octokit.hook.after('request', ({ data }) => {
    if (data === null) throw new ProviderFailure({ code: 'NOT_AN_API_ANSWER' });
  });
  return octokit;
}

/**
 * Octokit reads a whole number beyond 2^53 as a BigInt, and falls over when it puts the body of a refusal with one into its message. As
 * text it does no harm.
 */
async function withoutBigNumbers(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { status, headers } = response;
  const plain = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? String(value) : value;
  return new Response(JSON.stringify(JSON.parse(await response.text()), plain), { status, headers });
}

/** Runs calls of the SDK and turns what they throw into data. `at`: what they request, where a refusal depends on it. */
export async function answered<Value>(
  { service }: Connection,
  run: () => Promise<Value>,
  at?: Refused['at'],
): Promise<Result<Value, ProviderError>> {
  try {
    return ok(await run());
  } catch (thrown) {
    return fail(problemOf(thrown, { webUrl: service.webUrl, ...(at && { at }) }));
  }
}

/**
 * Whether organizations withhold theirs until the token is authorized for single sign-on (docs "Authenticating to the REST API":
 * `partial-results` names them, by number).
 */
export function isPartial(headers: Readonly<Record<string, unknown>>): boolean {
  const sso = headers['x-github-sso'];
  return typeof sso === 'string' && sso.startsWith('partial-results');
}

/** When something was changed. Pages and Jira take any text for an instant, so what is none is left out. */
export const instant = z.iso.datetime({ offset: true }).optional().catch(undefined);

/** `owner/name` as Octokit wants it. */
export function ownerAndRepo(repository: string): { owner: string; repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** GitHub knows tokens only; another kind of credential is none of its. */
export function tokenOf(credential: Credential): string {
  return credential.kind === 'token' ? credential.token.reveal() : '';
}
