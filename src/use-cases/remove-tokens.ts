import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import { ok, type Result } from '../domain/result';
import { readIntegration } from '../store/integrations';
import { eachOf } from '../store/query';
import { push } from '../store/queues';
import { readMany, rowEntry, rowIn } from '../store/token-rows';
import { removeSecretOfToken, writeNotice } from '../store/tokens';
import { record } from './record';
import { openAdmin, type Person } from './open';
import { refuse } from './page-error';

/**
 * Erases people's tokens for one integration, for a Jira admin. Each sees the reason at their next visit, and the activity names the owner of each
 * token. A queue erases the entries, as when people remove their own: somebody may be saving a new one. May be called
 * again after a failure: erasing what is gone changes nothing.
 */
export async function removePeoplesTokens(
  person: Person,
  { integrationId, accountIds, reason }: CheckedPayloadOf<'manage-repositories', 'remove-tokens'>,
): Promise<Result<{ removed: number }, PageError>> {
  const pairs = [...new Set(accountIds)].map((accountId) => ({ accountId, integrationId }));
  const [allowed, integration, found] = await Promise.all([
    openAdmin(person),
    readIntegration(integrationId),
    readMany(pairs.map(rowEntry)),
  ]);
  if (!allowed.ok) return allowed;
  if (integration === undefined || integration.disconnecting) return refuse('INTEGRATION_NOT_FOUND');
  const there = pairs.flatMap((of) => rowIn(found, of) ?? []);
  const at = new Date().toISOString();
  // Shown only where there is no token, so it may come first: after a crash everybody still sees it.
  await eachOf(there, (row) => writeNotice(row, { at, reason }));
  await Promise.all([
    eachOf(pairs, ({ accountId }) => removeSecretOfToken(accountId, integrationId)),
    eachOf(there, ({ accountId, login }) =>
      record(person, 'remove-person-token', integration, { whose: accountId, login, reason }),
    ),
    push('erase-tokens', {
      integrationId,
      removed: pairs.map((of) => ({ accountId: of.accountId, tokenId: rowIn(found, of)?.id ?? '' })),
    }),
  ]);
  return ok({ removed: there.length });
}
