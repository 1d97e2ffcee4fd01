import { Metadata, PersonalAccessTokens, Projects, Users } from '@gitbeaker/rest';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { TokenExpiry } from '../../domain/token';
import type { Connection, Provider } from '../provider';
import { answered, resource, tokenOf } from './client';
import { isAtLeast } from './links';
import { isBotName } from './shapes';

/**
 * One request: the version, which says where tokens are made and what the service tells of them. A fine-grained token
 * may be kept from it; the rest works without.
 */
export const detect: Provider['detect'] = async (connection) => {
  const asked = await answered(async () => {
    // `/version` is as old as the API; `/metadata`, which Gitbeaker has a name for, came with 15.2.
    const { body } = await new Metadata(resource(connection, 'read')).requester.get('version');
    return z.object({ version: z.string().min(1).max(40) }).parse(body).version;
  });
  const edition = connection.service.edition.id;
  // 12.7 and older do not say which project a merge request is of.
  if (asked.ok && isAtLeast(asked.value, 12, 8) === false) return fail({ code: 'SERVICE_TOO_OLD' });
  if (asked.ok) return ok({ edition, version: asked.value });
  if (asked.error.code === 'SCOPE_MISSING') return ok({ edition });
  // An address with a project behind it, or another page of a GitLab, answers as GitLab's pages do.
  const { error } = asked;
  const isPage = error.code === 'NOT_AN_API_ANSWER' && (error.status ?? 404) === 404 && edition !== 'gitlab.com';
  return fail(isPage ? { code: 'NOT_THIS_SERVICE' } : elsewhere(error));
};

/** Every GitLab has these questions: what does not know them is another service. */
function elsewhere(error: ProviderError): ProviderError {
  return error.code === 'REPOSITORY_NOT_FOUND' ? { code: 'NOT_THIS_SERVICE' } : error;
}

const account = z.object({
  id: z.number(),
  username: z.string().min(1).max(255),
  bot: z.boolean().catch(false),
});

const tokenEntity = z.object({
  scopes: z.array(z.string()),
  expires_at: z.string().nullable(),
  granular: z.boolean().catch(false),
});

/** What GitLab tells of the token itself; nothing where the version is older than the question (15.5). */
async function tokenItself(
  connection: Connection,
): Promise<Result<z.output<typeof tokenEntity> | undefined, ProviderError>> {
  if (isAtLeast(connection.service.version, 15, 5) === false) return ok(undefined);
  const asked = await answered(async () =>
    tokenEntity.parse(await new PersonalAccessTokens(resource(connection, 'read')).show()),
  );
  if (asked.ok) return asked;
  const { error } = asked;
  const unknownQuestion =
    error.code === 'REPOSITORY_NOT_FOUND' || (error.code === 'REQUEST_REFUSED' && error.status === 400);
  return unknownQuestion ? ok(undefined) : asked;
}

/** Two requests at once: who the person is, and what the token is. */
export const checkToken: Provider['checkToken'] = async (connection) => {
  // What cannot be put into a header was never a token of GitLab's.
  if (!/^[\x21-\x7e]+$/.test(tokenOf(connection.credential))) return fail({ code: 'AUTH_INVALID' });
  const [person, token] = await Promise.all([
    answered(async () => account.parse(await new Users(resource(connection, 'read')).showCurrentUser())),
    tokenItself(connection),
  ]);
  if (!person.ok) return fail(elsewhere(person.error));
  if (!token.ok) return token;
  const { id, username, bot } = person.value;
  const known = token.value;
  // A fine-grained token has permissions instead; its list of scopes says nothing.
  const scopes = known === undefined || isGranular(known) ? undefined : known.scopes;
  return ok({
    login: username,
    accountId: String(id),
    expiresAt: known === undefined ? 'unknown' : expiryOf(known.expires_at),
    missingScopes: scopes === undefined || scopes.includes('api') ? [] : ['api'],
    // Tokens of projects and groups belong to users of their own (docs "Project access tokens", "Bot users for projects").
    bot: bot || isBotName(username),
    ...(known === undefined ? {} : { kind: isGranular(known) ? ('fine-grained' as const) : ('classic' as const) }),
    ...(scopes === undefined ? {} : { scopes }),
  });
};

function isGranular(token: z.output<typeof tokenEntity>): boolean {
  return token.granular || token.scopes.includes('granular');
}

/** A date without a time: the token ends at midnight UTC as the day begins (docs "Personal access tokens"). */
export function expiryOf(date: string | null): TokenExpiry {
  if (date === null) return 'never';
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? 'unknown' : at.toISOString();
}

const projects = z.array(z.object({ namespace: z.object({ full_path: z.string().min(1) }) }));

/**
 * Namespaces of the 100 projects that were active last: one request, whatever the number of projects. A group covers
 * all below it, so a subgroup is named only where none of its parents is.
 */
export const findOwners: Provider['findOwners'] = async (connection) => {
  const asked = await answered(async () => {
    const found = await new Projects(resource(connection, 'read')).all<false, 'offset'>({
      membership: true,
      minAccessLevel: 30,
      simple: true,
      archived: false,
      orderBy: 'last_activity_at',
      perPage: 100,
      page: 1,
    });
    return projects.parse(found).map((project) => project.namespace.full_path);
  });
  if (!asked.ok) return fail(elsewhere(asked.error));
  const all = [...new Set(asked.value)];
  return ok(all.filter((path) => !all.some((other) => path.startsWith(`${other}/`))));
};
