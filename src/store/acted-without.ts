import { z } from 'zod';
import { keys } from './keys';
import { entriesWithPrefix, pageWithPrefix, removeEntries } from './query';
import type { TokenOf } from './token-rows';

/** How long it is stored that somebody acted without a token of their own; then the platform erases it by itself. */
export const ACTED_WITHOUT_DAYS = 90;

const schema = z.object({ at: z.string() });

/** One query of the people in whose place the integration account acted in the last 90 days, at one integration or all. `at`: the last time. */
export async function pageOfActedWithout(
  integrationId: string | undefined,
  cursor: string | undefined,
  limit: number,
): Promise<{ acted: (TokenOf & { at: string })[]; next: string | undefined }> {
  const prefix = integrationId === undefined ? keys.allActedWithout : keys.allActedWithoutAt(integrationId);
  const { entries, next } = await pageWithPrefix(prefix, cursor, limit);
  const acted = entries.map(({ key, value }) => {
    const [id = '', ...account] = key.slice(keys.allActedWithout.length).split(':');
    return { integrationId: id, accountId: account.join(':'), ...schema.parse(value) };
  });
  return { acted, next };
}

/** The time out of what `readMany` found. */
export function actedWithoutIn(found: ReadonlyMap<string, unknown>, of: TokenOf): string | undefined {
  const value = found.get(keys.actedWithout(of.integrationId, of.accountId));
  return value === undefined ? undefined : schema.parse(value).at;
}

/** Of one person, and that an admin removed their tokens: for an account that was closed. */
export async function forgetAtIntegrations(accountId: string, integrationIds: readonly string[]): Promise<void> {
  await removeEntries(
    integrationIds.flatMap((id) => [keys.actedWithout(id, accountId), keys.tokenNotice(accountId, id)]),
  );
}

/** Of one integration: it is being disconnected. */
export async function forgetActedWithoutAt(integrationId: string): Promise<void> {
  const entries = await entriesWithPrefix(keys.allActedWithoutAt(integrationId));
  await removeEntries(entries.map(({ key }) => key));
}
