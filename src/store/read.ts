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

/** Keys of one request (Forge, "Key-Value Store: limitations"). */
const BATCH = 25;

/**
 * Values in the order of their keys; nothing where there is none. One request for 25 keys, which costs as much as reading one value.
 * Assumption: as strongly consistent as `get` (Forge describes a batch as its requests "executed in parallel").
 */
export async function readValues(keys: readonly string[]): Promise<unknown[]> {
  const batches = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, index) =>
    readBatch(keys.slice(index * BATCH, (index + 1) * BATCH)),
  );
  return (await Promise.all(batches)).flat();
}

/** Something that is stored under several keys, and how it is made of their values. */
export type Part<Value> = { keys: readonly string[]; of: (values: readonly unknown[]) => Value };

/** Several of them in one request, as far as 25 keys go: of the same moment, and paid once. */
export async function readTogether<Values extends readonly unknown[]>(
  ...parts: { [Index in keyof Values]: Part<Values[Index]> }
): Promise<Values> {
  const values = await readValues(parts.flatMap((part) => part.keys));
  let start = 0;
  return parts.map((part) => part.of(values.slice(start, (start += part.keys.length)))) as unknown as Values;
}

async function readBatch(keys: readonly string[]): Promise<unknown[]> {
  const { successfulKeys, failedKeys } = await patiently(() => kvs.batchGet(keys.map((key) => ({ key }))));
  if (failedKeys.some(({ error }) => error.code !== 'KEY_NOT_FOUND')) throw new UnreadEntries();
  const values = new Map(successfulKeys.map(({ key, value }) => [key, value]));
  return keys.map((key) => values.get(key));
}

/** Some entries of a batch could not be read. The name is one of those that `storageRefusal` knows. */
class UnreadEntries extends Error {
  override name = 'ForgeKvsUnreadEntries' as const;
}
