import { GitApi } from 'azure-devops-node-api/GitApi';
import type { Credential } from '../../domain/credential';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Connection } from '../provider';
import { createTransport, ProviderFailure } from '../transport';
import { withoutCredential } from '../scrub';
import { placeOf, problemOf, Refusal, textOf, throwPage } from './errors';
import { ANY_SERVER, releasedVersion, type ApiVersion } from './versions';

/** How one call differs from what the SDK would do. */
export type CallOptions = {
  /** The version to ask for; the edition's own when left out. */
  version?: ApiVersion;
  /** Query parameters the SDK's method has no argument for. */
  query?: Readonly<Record<string, string | number>>;
};

export type Client = {
  git: GitApi;
  /** Any address of the API below the organization or collection; the answer's JSON. */
  ask(method: 'GET' | 'OPTIONS', path: string): Promise<unknown>;
  /** A header of the last answer. */
  header(name: string): string | undefined;
};

/** Where the SDK's methods find their resource, by the ids it knows them by (`GitApi.js` of 17.0.1). */
const routes: Readonly<Record<string, string>> = {
  '225f7195-f9c7-4d14-ab28-a83f7ff77e1f': '{project}/_apis/git/repositories/{repositoryId}',
  '2d874a60-a811-4f62-9c9f-963a6ea0a55b': '{project}/_apis/git/repositories/{repositoryId}/refs',
  'c2570c3b-5b3f-41b8-98bf-5407bfde8d58': '{project}/_apis/git/repositories/{repositoryId}/commits/{commitId}',
  'fb93c0db-47ed-4a31-8c20-47552878fb44': '{project}/_apis/git/repositories/{repositoryId}/items',
  '9946fd70-0d40-406e-b686-b4744cbbcc37':
    '{project}/_apis/git/repositories/{repositoryId}/pullrequests/{pullRequestId}',
  'a5d28130-9cd2-40fa-9f08-902e7daa9efb': '{project}/_apis/git/pullrequests',
  'ea98d07b-3c87-4971-8ede-a613694ffb55': '{project}/_apis/git/repositories/{repositoryId}/pushes',
  '4b6702c7-aa35-4b89-9c96-b9abf6d3e540':
    '{project}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}/reviewers/{reviewerId}',
};

/**
 * `GitApi` for one call, with two of its public members replaced: `rest` sends through our transport (its own follows
 * redirects with the token, repeats requests, and takes a 404 or a page of HTML for an empty success), and `vsoClient` knows
 * routes and versions without asking the server first.
 */
export function client(connection: Connection, options: CallOptions = {}): Client {
  const { service, credential, deadline } = connection;
  const { origin } = new URL(service.apiUrl);
  const version = options.version ?? releasedVersion(service.edition.id);
  let answered: Headers | undefined;

  const send = async (method: string, url: string, accept = 'application/json', body?: unknown) => {
    const kind = method === 'GET' || method === 'OPTIONS' ? 'read' : 'write';
    const transport = createTransport({ origin, deadline, kind });
    const sent = headersOf(credential, accept, body);
    const request = transport(url, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await request.catch((thrown: unknown) => throwPage(thrown, service));
    answered = response.headers;
    const text = await response.text();
    const result: unknown = text === '' ? null : JSON.parse(text);
    const { ok: succeeded, status, headers } = response;
    if (!succeeded) {
      const told = textOf(headers, result);
      const [key, said] = [withoutCredential(told.key, sent), withoutCredential(told.text, sent)];
      throw new Refusal({ status, headers, key, text: said, reading: kind === 'read', ...placeOf(service) });
    }
    return { statusCode: status, result, headers: Object.fromEntries(headers) };
  };

  // The handlers are for the SDK's own way out, which is never taken.
  const git = new GitApi(service.apiUrl, []);
  const { vsoClient } = git;
  const locate = vsoClient.getVersioningData.bind(vsoClient);
  vsoClient.beginGetLocation = async (area, id = '') => ({
    id,
    area,
    resourceName: '',
    routeTemplate: routes[id] ?? '',
    resourceVersion: 1,
    minVersion: '1.0',
    maxVersion: ANY_SERVER,
    releasedVersion: ANY_SERVER,
  });
  vsoClient.getVersioningData = async (_newest, area, id, route, query: object = {}) => {
    if (routes[id] === undefined) throw new Error(`No route for the resource ${area} ${id}`);
    const located = await locate(ANY_SERVER, area, id, route, { ...query, ...options.query });
    return { ...located, apiVersion: version };
  };
  Object.assign(git, {
    rest: {
      get: (url: string, { acceptHeader }: { acceptHeader?: string }) => send('GET', url, acceptHeader),
      create: (url: string, body: unknown, { acceptHeader }: { acceptHeader?: string }) =>
        send('POST', url, acceptHeader, body),
      replace: (url: string, body: unknown, { acceptHeader }: { acceptHeader?: string }) =>
        send('PUT', url, acceptHeader, body),
    },
  });
  return {
    git,
    ask: async (method, path) => (await send(method, `${service.apiUrl}${path}`)).result,
    header: (name) => answered?.get(name) ?? undefined,
  };
}

function headersOf(credential: Credential, accept: string, body: unknown): Record<string, string> {
  return {
    ...signIn(credential),
    accept,
    // A server that has several languages answers in this one, in which the table of refusals is written.
    'accept-language': 'en-US',
    'user-agent': 'undersigned-for-jira',
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
  };
}

/**
 * The headers that sign a request. A token travels as a password, as the SDK's own handler sends it; that handler would load 150 KB for NTLM.
 * Servers older than tokens take the person's own. Without `X-TFS-FedAuthRedirect: Suppress` a refused token is answered with a sign-in page.
 */
function signIn(credential: Credential): Record<string, string> {
  if (credential.kind !== 'token' && credential.kind !== 'password') return {};
  const [user, password] =
    credential.kind === 'token'
      ? ['PAT', credential.token.reveal()]
      : [credential.user.reveal(), credential.password.reveal()];
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  return { Authorization: `Basic ${basic}`, 'X-TFS-FedAuthRedirect': 'Suppress' };
}

/** Runs calls of the SDK and turns what they throw into data. */
export async function answered<Value>(run: () => Promise<Value>): Promise<Result<Value, ProviderError>> {
  try {
    return ok(await run());
  } catch (thrown) {
    return fail(problemOf(thrown));
  }
}

/**
 * `Project/Repository` as the SDK wants it. Names that cannot be a project's or a repository's lead nowhere: a `..` would
 * change the path.
 */
export function projectAndRepository(repository: string): { project: string; repositoryId: string } {
  const [project = '', ...rest] = repository.split('/');
  const repositoryId = rest.join('/');
  if ([project, repositoryId].some((name) => /^\.*$/.test(name) || !name.isWellFormed())) {
    throw new ProviderFailure({ code: 'REPOSITORY_NOT_FOUND' });
  }
  return { project, repositoryId };
}
