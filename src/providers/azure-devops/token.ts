import { z } from 'zod';
import type { ErrorCode, ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Connection, Identity, Provider } from '../provider';
import { answered, client } from './client';
import { placeOf } from './errors';
import { readRepositories } from './reads';
import { WRITE_SCOPE } from './refusals';
import { ANY_SERVER, editionOf } from './versions';

/** The refs resource: its released version is the server's (`resourceVersion` and `maxVersion` differ by resource). */
const REFS = '2d874a60-a811-4f62-9c9f-963a6ea0a55b';

const resources = z.object({ value: z.array(z.object({ id: z.string(), releasedVersion: z.string() })) });

/** dev.azure.com has one version: today's. A server tells what its refs resource was released with; one request. */
export const detect: Provider['detect'] = async (connection) => {
  const { service } = connection;
  if (service.edition.id === 'azure-devops') return ok({ edition: service.edition.id });
  return answered(async () => {
    const { value } = resources.parse(await client(connection).ask('OPTIONS', '/_apis/git'));
    const refs = z
      .object({ releasedVersion: z.string().max(40) })
      .parse(value.find((resource) => resource.id === REFS));
    return { edition: editionOf(refs.releasedVersion), version: refs.releasedVersion };
  });
};

const connectionData = z.object({
  authenticatedUser: z.object({
    id: z.string(),
    providerDisplayName: z.string().max(255).catch(''),
    properties: z
      .object({ Account: z.object({ $value: z.string().max(255) }) })
      .optional()
      .catch(undefined),
  }),
});

/** Who is nobody: organizations with public projects answer without a credential too (assumption: this id is theirs). */
const ANONYMOUS = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';

/**
 * The account comes from the connection's own description, which every token may read, also one limited to this
 * organization; the profile service would ask for a token of all organizations. The service says neither end nor scopes of a token.
 */
export const checkToken: Provider['checkToken'] = async (connection) => {
  const { credential } = connection;
  // An access key is another service's.
  if (credential.kind === 'access-key') return fail({ code: 'AUTH_INVALID' });
  const who = await account(connection);
  if (!who.ok) return fail(who.error.code === 'SCOPE_MISSING' || isSilent(who.error) ? nobody(connection) : who.error);
  const missingScopes = credential.kind === 'token' ? await scopesMissing(connection) : [];
  return ok<Identity>({ ...who.value, expiresAt: 'unknown', missingScopes, bot: false });
};

/** Whose token it is. One request. */
async function account(connection: Connection): Promise<Result<{ login: string; accountId: string }, ProviderError>> {
  const asked = await answered(async () =>
    connectionData.parse(await client(connection).ask('GET', '/_apis/connectionData')),
  );
  if (!asked.ok) return asked;
  const { id, providerDisplayName, properties } = asked.value.authenticatedUser;
  const login = providerDisplayName === '' ? (properties?.Account.$value ?? '') : providerDisplayName;
  return id === ANONYMOUS || login === '' ? fail(nobody(connection)) : ok({ login, accountId: id });
}

/** A 401 without a word: the service says it to a token that is unknown, has expired or was revoked, and to one that may not do this. */
export function isSilent(error: ProviderError): boolean {
  return error.code === 'REQUEST_REFUSED' && error.status === 401 && error.said === undefined;
}

/** They say nothing about the token. */
const noAnswer: readonly ErrorCode[] = ['TIMEOUT', 'UNREACHABLE', 'SERVICE_UNAVAILABLE', 'RATE_LIMITED'];

/**
 * What a silent refusal means. Whom the service names when asked, it knows: only a right is missing then. A service that does not answer says nothing
 * about the token, so the refusal stays as it is. One request.
 */
export async function refusedOrLimited(connection: Connection, silent: ProviderError): Promise<ProviderError> {
  if (connection.credential.kind !== 'token') return nobody(connection);
  const who = await account(connection);
  if (who.ok) return { code: 'SCOPE_MISSING', missing: [WRITE_SCOPE] };
  return noAnswer.includes(who.error.code) ? silent : nobody(connection);
}

/** Every token may read who it belongs to: this one is of another organization, or none at all. */
function nobody({ service }: Connection): ProviderError {
  const { organization } = placeOf(service);
  return { code: 'AUTH_INVALID', ...(organization === undefined ? {} : { organization }) };
}

/**
 * Whether the token may write code, without writing: an update of no refs at all. Assumption: the service looks at the
 * token's scopes before it looks at the request. What cannot be found out counts as not missing.
 */
async function scopesMissing(connection: Connection): Promise<string[]> {
  const listed = await readRepositories(connection, undefined);
  if (!listed.ok) return lacksScope(listed.error);
  const [first] = listed.value;
  if (first === undefined) return [];
  const tried = await answered(() => client(connection).git.updateRefs([], first.id, first.project.name));
  return tried.ok ? [] : lacksScope(tried.error);
}

/** The token was known a moment ago: what is refused with it now is a right of its. */
function lacksScope(error: ProviderError): string[] {
  return error.code === 'SCOPE_MISSING' || isSilent(error) ? [WRITE_SCOPE] : [];
}

/**
 * Projects that have a repository the account sees, by name. One request, in the version every server knows: it is asked
 * before `detect` has found out which it is.
 */
export const findOwners: Provider['findOwners'] = async (connection) => {
  const listed = await readRepositories(connection, undefined, { version: ANY_SERVER });
  if (!listed.ok) return listed;
  const projects = [...new Set(listed.value.map(({ project }) => project.name))];
  return ok(projects.sort((one, other) => one.localeCompare(other, 'en')).slice(0, 100));
};
