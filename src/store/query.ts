import { kvs, WhereConditions } from '@forge/kvs';

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
  const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
  return { entries: results, next: results.length === 0 ? undefined : nextCursor };
}
