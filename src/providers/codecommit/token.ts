import { ListRepositoriesCommand } from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import { partitionOf } from './regions';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Identity, Provider } from '../provider';
import { answered, codeCommit, keyOf } from './client';
import { regionOf } from './links';

/** CodeCommit has one version: today's. */
export const detect: Provider['detect'] = async ({ service }) => ok({ edition: service.edition.id });

/** Repositories of an AWS account belong to nobody in particular. No request. */
export const findOwners: Provider['findOwners'] = async () => ok('all');

const identity = z.object({ Arn: z.string().max(2_048), Account: z.string().max(64) });

/**
 * Two requests at the same time: `sts:GetCallerIdentity` says whose key it is and cannot be forbidden, `ListRepositories`
 * whether it opens CodeCommit in this region. What the key may write is not asked: IAM's simulation needs rights of its own.
 */
export const checkToken: Provider['checkToken'] = async (connection) => {
  const odd = oddKey(keyOf(connection.credential));
  if (odd !== undefined) return fail(odd);
  // Only here, so that nothing else loads a second SDK.
  const { callerIdentity } = await import('./caller');
  const [askCaller, repositoryHost] = [callerIdentity(connection), codeCommit(connection)];
  const [caller, repositories] = await Promise.all([
    answered(async () => identity.parse(await askCaller())),
    answered(() => repositoryHost.send(new ListRepositoriesCommand({}))),
  ]);
  if (!caller.ok) return caller;
  const known = identityOf(caller.value.Arn, partitionOf(regionOf(connection.service)).id);
  if (!known.ok || repositories.ok) return known;
  // Without this action no page could offer a repository; with it the rest shows when it is done.
  return repositories.error.code === 'SCOPE_MISSING'
    ? ok({ ...known.value, missingScopes: repositories.error.missing })
    : repositories;
};

/**
 * The facts without a request. `AKIA` and 16 more is the id of a lasting key, `ASIA` of a temporary one (IAM user
 * guide, "IAM identifiers"); a secret has 40 characters (assumption, so it only helps to notice swapped parts).
 */
function oddKey({ accessKeyId, secretAccessKey }: ReturnType<typeof keyOf>): ProviderError | undefined {
  const isId = /^A[A-Z0-9]{19}$/;
  if (isId.test(secretAccessKey) && !isId.test(accessKeyId)) return { code: 'ACCESS_KEY_SWAPPED' };
  if (accessKeyId.startsWith('ASIA')) return { code: 'ACCESS_KEY_TEMPORARY' };
  // Neither part can hold anything else, and an id of another shape would break the header it is sent in.
  if (!/^[A-Za-z0-9_]{16,128}$/.test(accessKeyId) || !/^[\x21-\x7e]+$/.test(secretAccessKey))
    return { code: 'AUTH_INVALID' };
  return undefined;
}

/** `arn:aws:iam::123456789012:user/team/alice` is the user `alice`. */
function identityOf(arn: string, partition: string): Result<Identity, ProviderError> {
  const [, itsPartition, service, , , resource = ''] = arn.split(':');
  if (itsPartition !== partition) return fail({ code: 'ACCESS_KEY_ELSEWHERE' });
  if (resource === 'root') return fail({ code: 'ACCESS_KEY_ROOT' });
  if (service === 'sts') return fail({ code: 'ACCESS_KEY_TEMPORARY' });
  const login = nameOf(arn);
  if (login === '') return fail({ code: 'NOT_AN_API_ANSWER' });
  // An access key of a user has no end (IAM user guide, "Manage access keys for IAM users").
  return ok({ login, accountId: arn, expiresAt: 'never', missingScopes: [], bot: false });
}

/** The name at the end of an ARN, without the path before it. */
export function nameOf(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? '';
}
