import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { reminderSteps, type Sent } from '../domain/reminder';
import { keys } from './keys';
import { entriesWithPrefix, removeEntries } from './query';
import { readValue } from './read';
import { setOnce } from './set-once';

const schema = z.object({ id: z.string(), step: z.enum(reminderSteps), at: z.string() });

/** The last message, from what `readMany` found under a key. */
export function sentIn(found: ReadonlyMap<string, unknown>, key: string): Sent | undefined {
  const value = found.get(key);
  return value === undefined ? undefined : schema.parse(value);
}

/** Operations of one transaction (Forge, "Key-Value Store: limitations"). */
const AT_ONCE = 25;

/** Stores the message that is about to be sent, by key; nothing: none was sent. */
export async function writeSent(all: readonly (readonly [key: string, sent: Sent | undefined])[]): Promise<void> {
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const transaction = kvs.transact();
    for (const [key, sent] of all.slice(start, start + AT_ONCE))
      if (sent === undefined) transaction.delete(key);
      else transaction.set(key, schema.parse(sent));
    await transaction.execute();
  }
}

/** Whether this caller may send the person a message on that day (`2027-01-31`, in their calendar): of several that try at once one may. */
export function takeDay(accountId: string, day: string): Promise<boolean> {
  return setOnce(keys.reminded(accountId, day), true, { value: 3, unit: 'DAYS' });
}

/** No message was sent on that day after all. */
export async function giveDayBack(accountId: string, day: string): Promise<void> {
  await kvs.delete(keys.reminded(accountId, day));
}

/** Of an account that was closed. */
export async function forgetReminded(accountId: string): Promise<void> {
  await removeEntries((await entriesWithPrefix(keys.remindedOf(accountId))).map(({ key }) => key));
}

const refusedSchema = z.object({ credentialId: z.string(), at: z.string() });

/** The service refuses an integration account's credential; pages and messages show it to admins. */
export async function writeCredentialRefused(id: string, refused: z.output<typeof refusedSchema>): Promise<void> {
  await kvs.set(keys.credentialRefused(id), refusedSchema.parse(refused));
}

/** The service accepts it again. */
export async function forgetCredentialRefused(id: string): Promise<void> {
  await kvs.delete(keys.credentialRefused(id));
}

type Connection = { id: string; credentialId: string };

/** Since when that very credential is refused, out of what `readMany` found. */
export function credentialRefusedIn(found: ReadonlyMap<string, unknown>, of: Connection): string | undefined {
  return refusedAt(found.get(keys.credentialRefused(of.id)), of);
}

/** The same, read alone. */
export async function readCredentialRefused(of: Connection): Promise<string | undefined> {
  return refusedAt(await readValue(keys.credentialRefused(of.id)), of);
}

function refusedAt(stored: unknown, { credentialId }: Connection): string | undefined {
  if (stored === undefined) return undefined;
  const refused = refusedSchema.parse(stored);
  return refused.credentialId === credentialId ? refused.at : undefined;
}
