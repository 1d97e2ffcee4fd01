import { z } from 'zod';
import type { TokenExpiry } from '../../domain/token';
import { fail, ok } from '../../domain/result';
import type { Provider } from '../provider';
import { answered, client, isPartial, tokenOf } from './client';
import { fineGrainedTokens, tokens } from './links';
import { missingScopes, scopesOf } from './permissions';

const user = z.object({ login: z.string().min(1).max(255), id: z.number(), type: z.string().catch('User') });

const meta = z.object({
  installed_version: z
    .string()
    .max(40)
    .regex(/^\d+\.\d+(\.\d+)?/),
});

/**
 * github.com and GHE.com have one version: today's. A server says its version in `GET /meta` (docs "Get GitHub Enterprise
 * Server meta information"); what has no such page, or names no version there, is no GitHub Enterprise Server.
 */
export const detect: Provider['detect'] = async (connection) => {
  const edition = connection.service.edition.id;
  if (edition !== 'ghes') return ok({ edition });
  const asked = await answered(connection, async () => (await client(connection, 'read').meta.get()).data, 'owners');
  if (!asked.ok) return asked;
  const told = meta.safeParse(asked.value);
  return told.success ? ok({ edition, version: told.data.installed_version }) : fail({ code: 'NOT_THIS_SERVICE' });
};

/** One request tells all: the account in the body, scopes and expiry in headers. */
export const checkToken: Provider['checkToken'] = async (connection) => {
  // What cannot be put into a header was never a token of GitHub's.
  if (!/^[\x21-\x7e]+$/.test(tokenOf(connection.credential))) return fail({ code: 'AUTH_INVALID' });
  const asked = await answered(connection, () => client(connection, 'read').users.getAuthenticated(), 'account');
  if (!asked.ok) return asked;
  return answered(connection, async () => {
    const { login, id, type } = user.parse(asked.value.data);
    const scopes = scopesOf(asked.value.headers['x-oauth-scopes']);
    const expiresAt = expiryOf(asked.value.headers['github-authentication-token-expiration']);
    return {
      login,
      accountId: String(id),
      expiresAt,
      missingScopes: missingScopes(scopes),
      bot: type === 'Bot',
      // Only of a fine-grained token GitHub lists no scopes.
      ...(scopes === undefined
        ? { kind: 'fine-grained' as const, ownerPage: fineGrainedTokens(connection.service) }
        : { kind: 'classic' as const, scopes }),
    };
  });
};

/**
 * `2024-10-04 11:29:00 UTC` or `2026-02-06 07:42:23 +0100`, as seen in recorded traffic; GitHub documents neither.
 * No header: the token has no end.
 */
export function expiryOf(header: unknown): TokenExpiry {
  if (typeof header !== 'string') return 'never';
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:UTC|([+-]\d\d):?(\d\d))$/.exec(header.trim());
  if (parts === null) return 'unknown';
  const [, date, time, hours, minutes] = parts;
  const at = new Date(`${date}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
  return Number.isNaN(at.getTime()) ? 'unknown' : at.toISOString();
}

const repositories = z.array(z.object({ owner: z.object({ login: z.string() }) }));

/** Owners of the 100 repositories that were pushed to last: one request, whatever the number of repositories. */
export const findOwners: Provider['findOwners'] = async (connection) => {
  return answered(connection, async () => {
    const { data } = await client(connection, 'read').repos.listForAuthenticatedUser({ sort: 'pushed', per_page: 100 });
    return [...new Set(repositories.parse(data).map((repository) => repository.owner.login))];
  });
};

/** GitHub leaves out what single sign-on withholds, and says so in a header of every list. */
export const approvalPage: NonNullable<Provider['approvalPage']> = async (connection) =>
  answered(connection, async () => {
    const { headers } = await client(connection, 'read').repos.listForAuthenticatedUser({ per_page: 1 });
    return isPartial(headers) ? tokens(connection.service) : undefined;
  });
