import { kvs } from '@forge/kvs';
import { patiently } from './refusal';

/** A value; nothing when there is none under the key. */
export function readValue(key: string): Promise<unknown> {
  return patiently(() => kvs.get(key));
}

/** A secret; nothing when there is none under the key. */
export function readSecret(key: string): Promise<unknown> {
  return patiently(() => kvs.getSecret(key));
}

/**
 * Values in the order of their keys, at most 25 keys; nothing where there is none. One request, which costs as much as reading one value.
 * Assumption: as strongly consistent as `get` (Forge describes a batch as its requests "executed in parallel").
 */
export async function readValues(keys: readonly string[]): Promise<unknown[]> {
  const { successfulKeys, failedKeys } = await patiently(() => kvs.batchGet(keys.map((key) => ({ key }))));
  if (failedKeys.some(({ error }) => error.code !== 'KEY_NOT_FOUND')) throw new UnreadEntries();
  const values = new Map(successfulKeys.map(({ key, value }) => [key, value]));
  return keys.map((key) => values.get(key));
}

/** Some entries of a batch could not be read. The name is one of those that `storageRefusal` knows. */
class UnreadEntries extends Error {
  override name = 'ForgeKvsUnreadEntries' as const;
}
