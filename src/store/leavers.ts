import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { leavingReasons, type Leaver } from '../domain/leaver';
import { keys } from './keys';
import { readMany } from './token-rows';

const schema = z.object({
  since: z.string(),
  why: z.enum(leavingReasons),
  /** Their tokens are being erased, from that instant on; the id of their record is made of it. */
  erasingAt: z.string().exactOptional(),
});
export type MarkedLeaver = Leaver & { erasingAt?: string };

/** Those of these people who are marked. */
export async function readLeavers(accountIds: readonly string[]): Promise<ReadonlyMap<string, MarkedLeaver>> {
  const found = await readMany(accountIds.map((accountId) => ({ key: keys.leaver(accountId) })));
  return new Map(
    accountIds.flatMap((accountId) => {
      const leaver = leaverIn(found, accountId);
      return leaver === undefined ? [] : [[accountId, leaver]];
    }),
  );
}

/** The mark out of what `readMany` found. */
export function leaverIn(found: ReadonlyMap<string, unknown>, accountId: string): MarkedLeaver | undefined {
  const value = found.get(keys.leaver(accountId));
  return value === undefined ? undefined : schema.parse(value);
}

/** Marks somebody as having left, or says more of it. */
export async function writeLeaver(accountId: string, leaver: MarkedLeaver): Promise<void> {
  await kvs.set(keys.leaver(accountId), schema.parse(leaver));
}

/** They are back, or nothing is left of theirs. */
export async function forgetLeaver(accountId: string): Promise<void> {
  await kvs.delete(keys.leaver(accountId));
}
