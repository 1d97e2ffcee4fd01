import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { keys } from './keys';
import { eachOf, pageWithPrefix } from './query';

/** One entry for each person about whom something is stored: when Atlassian last confirmed that the account exists. */
const schema = z.object({ askedAt: z.string() });

type Account = { accountId: string; askedAt: string };

/** One page of people about whom something is stored. */
export async function someAccounts(cursor?: string): Promise<{ accounts: Account[]; next: string | undefined }> {
  const { entries, next } = await pageWithPrefix(keys.accounts, cursor);
  const accounts = entries.map(({ key, value }) => ({
    accountId: key.slice(keys.accounts.length),
    ...schema.parse(value),
  }));
  return { accounts, next };
}

/** `askedAt`: an ISO instant. */
export async function storeAskedAt(accountIds: readonly string[], askedAt: string): Promise<void> {
  await eachOf(accountIds, (accountId) => kvs.set(keys.account(accountId), { askedAt }));
}

/** Call it when everything else of the person is erased. Until then the next report finds the account again. */
export async function forgetAccount(accountId: string): Promise<void> {
  await kvs.delete(keys.account(accountId));
}
