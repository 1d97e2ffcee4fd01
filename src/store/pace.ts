import { createHash } from 'node:crypto';
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { counted, inMinute, weightOf, type Pace, type PaceKind } from '../domain/pace';
import { keys } from './keys';
import { readTogether, type Part } from './read';

/**
 * Calls at the same moment take counters by chance: what one overwrites of another's is little. No more than make the keys that are
 * read with them 25: one key more is a second request (`read.ts`).
 */
const COUNTERS = 3;
/** s; the store's own expiry. */
const STORED_SECONDS = 120;

const counts = z.object({ act: z.number(), look: z.number() });
const schema = counts.extend({ minute: z.number(), before: counts.optional() });

/** Under which keys a person's calls are counted. They hold no account id: nothing of it is to be erased or reported. */
function paceKeys(accountId: string): string[] {
  const person = createHash('sha256').update(accountId).digest('hex').slice(0, 32);
  return Array.from({ length: COUNTERS }, (_, counter) => keys.pace(person, counter));
}

/** The counters; none where nobody has counted. */
export type Counters = readonly (Pace | undefined)[];

/** Their keys. */
export function paceAt(accountId: string): Part<Counters> {
  return {
    keys: paceKeys(accountId),
    of: (values) => values.map((value) => (value === undefined ? undefined : schema.parse(value))),
  };
}

/** They alone. */
export async function readCounters(accountId: string): Promise<Counters> {
  const [counters] = await readTogether(paceAt(accountId));
  return counters;
}

/** Counts one call more, where it is its turn. */
export async function countCall(accountId: string, counters: Counters, kind: PaceKind): Promise<void> {
  const ms = Date.now();
  const known = counters.filter((one) => one !== undefined);
  const weight = weightOf(counted(known, kind, ms), Math.random());
  if (weight === 0) return;
  const at = Math.floor(Math.random() * COUNTERS);
  const key = paceKeys(accountId).at(at) ?? '';
  const now = inMinute(counters.at(at), ms);
  await kvs.set(key, { ...now, [kind]: now[kind] + weight }, { ttl: { value: STORED_SECONDS, unit: 'SECONDS' } });
}
