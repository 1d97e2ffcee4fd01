import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { tokenKinds, type TokenOrder } from '../domain/token';
import { pageAt, patiently } from './refusal';

/**
 * A saved token as admins see it: a row that the store itself finds and sorts: the entity `saved-token` of manifest.yml. It
 * is written in one transaction with what else finds the token, and erased together with the secret. Queries lag behind writes for a moment.
 */
const ENTITY = { entityName: 'saved-token' } as const;

const rowSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  integrationId: z.string(),
  login: z.string(),
  kind: z.enum(tokenKinds).exactOptional(),
  expiresAt: z.string(),
  scopes: z.array(z.string()).exactOptional(),
  missingScopes: z.array(z.string()),
  savedAt: z.string(),
  rejectedAt: z.string().exactOptional(),
});

export type TokenRow = z.output<typeof rowSchema>;

/**
 * The sort key of a row in the order `due`: a refused token needs somebody first, then those that expire come by their day, then
 * the words `never` and `unknown`.
 */
export const due = { refused: '0', firstDay: '1', last: '~' } as const;

/** A person and an integration: the key of a row, and of other entries. */
export type TokenOf = { accountId: string; integrationId: string };

/** The name of a row in a batch or a transaction. */
export function rowEntry({ accountId, integrationId }: TokenOf): { key: string } & typeof ENTITY {
  return { key: `${accountId}:${integrationId}`, ...ENTITY };
}

/** A row as it is stored: with what the indexes sort by. */
export function storedRow(row: TokenRow): Record<string, unknown> {
  const dueAt = row.rejectedAt === undefined ? row.expiresAt : due.refused;
  return { ...rowSchema.parse(row), loginKey: row.login.toLowerCase(), due: dueAt };
}

/** A part of the order: between two values, both included, or with a beginning. */
export type RowRange = { from: string; to: string } | { begins: string };

/** One query: at most `limit` rows (100 at most) in an order, of all integrations or one. */
export async function pageOfRows(
  {
    integrationId,
    order,
    range,
  }: { integrationId?: string | undefined; order: TokenOrder; range?: RowRange | undefined },
  cursor: string | undefined,
  limit: number,
): Promise<{ rows: TokenRow[]; next: string | undefined }> {
  const entity = kvs.entity<unknown>(ENTITY.entityName).query();
  const index =
    integrationId === undefined
      ? entity.index(`by-${order}`)
      : entity.index(`by-${order}-in`, { partition: [integrationId] });
  const ranged = range === undefined ? index : index.where(conditionOf(range));
  const query = ranged.sort(Sort.ASC).limit(limit);
  const page = await pageAt(query, cursor);
  return {
    rows: page.results.map(({ value }) => rowSchema.parse(value)),
    next: page.results.length === 0 ? undefined : page.nextCursor,
  };
}

function conditionOf(range: RowRange) {
  return 'begins' in range ? WhereConditions.beginsWith(range.begins) : WhereConditions.between(range.from, range.to);
}

/** Entries that one request reads. */
const BATCH = 25;

/** Values and rows, by the key of each; nothing for those that do not exist. 25 a request, all at once; `entries` may name one twice. */
export async function readMany(
  entries: readonly ({ key: string } | ReturnType<typeof rowEntry>)[],
): Promise<ReadonlyMap<string, unknown>> {
  // Forge refuses a batch that names one twice.
  const distinct = [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
  const batches = Array.from({ length: Math.ceil(distinct.length / BATCH) }, (_, index) =>
    distinct.slice(index * BATCH, (index + 1) * BATCH),
  );
  const answers = await Promise.all(batches.map((batch) => patiently(() => kvs.batchGet<unknown>([...batch]))));
  const failed = answers.flatMap(({ failedKeys }) => failedKeys).find(({ error }) => error.code !== 'KEY_NOT_FOUND');
  if (failed !== undefined) throw new UnreadRows();
  return new Map(answers.flatMap(({ successfulKeys }) => successfulKeys.map(({ key, value }) => [key, value])));
}

/** Some entries of a batch could not be read. The name is one of those that `storageRefusal` knows. */
class UnreadRows extends Error {
  override name = 'ForgeKvsUnreadEntries' as const;
}

/** The row of what `readMany` found. */
export function rowIn(found: ReadonlyMap<string, unknown>, of: TokenOf): TokenRow | undefined {
  const value = found.get(rowEntry(of).key);
  return value === undefined ? undefined : rowSchema.parse(value);
}

/** Removing what is not there is no error. */
export async function removeRow(of: TokenOf): Promise<void> {
  await kvs.entity(ENTITY.entityName).delete(rowEntry(of).key);
}
