import { kvs, WhereConditions } from '@forge/kvs';
import { pageAt } from './refusal';

const PAGE = 100;

/** Every entry whose key starts with a prefix, page after page. Queries lag behind writes for a moment (Forge: eventually consistent). */
export async function entriesWithPrefix(prefix: string): Promise<{ key: string; value: unknown }[]> {
  const entries: { key: string; value: unknown }[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageWithPrefix(prefix, cursor);
    entries.push(...page.entries);
    cursor = page.next;
  } while (cursor !== undefined);
  return entries;
}

/** One page of at most `limit` entries, 100 at most. */
export async function pageWithPrefix(
  prefix: string,
  cursor?: string,
  limit: number = PAGE,
): Promise<{ entries: { key: string; value: unknown }[]; next: string | undefined }> {
  const query = kvs.query().where('key', WhereConditions.beginsWith(prefix)).limit(limit);
  const { results, nextCursor } = await pageAt(query, cursor);
  return { entries: results, next: results.length === 0 ? undefined : nextCursor };
}

/** A request to the store may remove 25 entries (Forge, "Key-Value Store: limitations"). */
const BATCH = 25;
/** Requests at the same time: quick, and far from Forge's 1,000 a second for all invocations of a site. */
const AT_ONCE = 10;

/** Removes entries that are no secrets. One that is not there is no error. Throws when any other remains. */
export async function removeEntries(allKeys: readonly string[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(allKeys.length / BATCH) }, (_, index) =>
    allKeys.slice(index * BATCH, (index + 1) * BATCH),
  );
  await eachOf(batches, async (batch) => {
    const { failedKeys } = await kvs.batchDelete(batch.map((key) => ({ key })));
    if (failedKeys.some(({ error }) => error.code !== 'KEY_NOT_FOUND'))
      throw new Error('Some entries were not removed');
  });
}

/** Does something for each item, ten at a time. Stops at the first that fails; none is left running. */
export async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const done = await Promise.allSettled(items.slice(start, start + AT_ONCE).map(work));
    const failed = done.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}
