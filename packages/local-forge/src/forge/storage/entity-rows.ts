import type { EntityDefinition } from '../manifest.ts';
import type { Entries, Entry } from './entries.ts';
import { checkKey, checkLimit, KvsRefusal } from './rules.ts';

export type EntityDefinitions = ReadonlyMap<string, EntityDefinition>;

type Scalar = string | number | boolean;
type Row = { key: string; value: Record<string, unknown> };

/** Rows of custom entities are stored beside the values, under keys that no value can have. */
const mark = '~';

export const isRow = (key: string): boolean => key.startsWith(mark);

/** The stored key of an entry: a value has its own key, a row of an entity has the entity's name before it. */
export function storedKey(definitions: EntityDefinitions, key: unknown, entityName: unknown): string {
  if (entityName === undefined) return checkKey(key);
  return `${prefixOf(definitionOf(definitions, entityName))}${checkKey(key)}`;
}

const prefixOf = ({ name }: EntityDefinition): string => `${mark}${name}/`;

function definitionOf(definitions: EntityDefinitions, name: unknown): EntityDefinition {
  const found = definitions.get(String(name));
  if (found === undefined)
    throw new KvsRefusal(404, 'SCHEMA_NOT_FOUND', `There is no custom entity ${JSON.stringify(name)}.`);
  return found;
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'any') return true;
  if (type === 'integer') return Number.isInteger(value);
  return type === 'float' ? typeof value === 'number' : typeof value === type;
}

/**
 * Refuses a row that is not of its entity's shape. Source: docs page "Storing data in custom entities". Assumption: attributes that the
 * manifest does not name are refused.
 */
export function checkRow(definitions: EntityDefinitions, entityName: unknown, value: unknown): void {
  if (entityName === undefined) return;
  const { attributes } = definitionOf(definitions, entityName);
  const bad = (text: string): KvsRefusal => new KvsRefusal(400, 'INVALID_ATTRIBUTE', text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('A row is an object.');
  for (const [name, part] of Object.entries(value)) {
    const type = attributes[name]?.type;
    if (type === undefined) throw bad(`The entity has no attribute ${JSON.stringify(name)}.`);
    if (!isOf(type, part)) throw bad(`${name} is no ${type}.`);
  }
}

const compare = (a: Scalar, b: Scalar): number => (a < b ? -1 : a > b ? 1 : 0);

type Range = { condition?: unknown; values?: unknown };

function inRange(range: Range | undefined): (value: Scalar) => boolean {
  if (range === undefined) return () => true;
  const [first, second] = range.values as [Scalar, Scalar | undefined];
  switch (range.condition) {
    case 'BEGINS_WITH':
      return (value) => String(value).startsWith(String(first));
    case 'BETWEEN':
      return (value) => compare(value, first) >= 0 && second !== undefined && compare(value, second) <= 0;
    case 'EQUAL_TO':
      return (value) => value === first;
    case 'GREATER_THAN':
      return (value) => compare(value, first) > 0;
    case 'GREATER_THAN_EQUAL_TO':
      return (value) => compare(value, first) >= 0;
    case 'LESS_THAN':
      return (value) => compare(value, first) < 0;
    case 'LESS_THAN_EQUAL_TO':
      return (value) => compare(value, first) <= 0;
    default:
      throw new KvsRefusal(400, 'INVALID_QUERY', 'An index is not asked for this.');
  }
}

function positionOf(cursor: unknown): [Scalar, string] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const { at } = JSON.parse(Buffer.from(cursor as string, 'base64url').toString('utf8')) as { at: [Scalar, string] };
    if (Array.isArray(at)) return at;
  } catch {
    // Falls through to the refusal.
  }
  throw new KvsRefusal(400, 'INVALID_CURSOR', 'This cursor is not one of the store.');
}

/**
 * Answers a query of `kvs.entity(…).query()`: an index of the manifest, its partition whole, one condition on its range, in the
 * range's order. Source: docs page "Querying the Custom Entity Store". Assumption: a row without the attributes of an index is not in it, and
 * rows that are equal in the range are in the order of their keys. Filters are not modelled.
 */
export function queryRows(
  definitions: EntityDefinitions,
  entries: Entries,
  site: string,
  body: Record<string, unknown>,
): { found: Entry[]; cursor: string | undefined } {
  const entity = definitionOf(definitions, body['entityName']);
  if (body['filters'] !== undefined)
    throw new KvsRefusal(501, 'SANDBOX_NOT_MODELLED', 'The sandbox does not model filters.');
  const index = entity.indexes.find(({ name }) => name === body['indexName']);
  if (index === undefined) throw new KvsRefusal(400, 'INVALID_INDEX', 'There is no such index.');
  const partition = (body['partition'] ?? []) as Scalar[];
  if (partition.length !== index.partition.length)
    throw new KvsRefusal(400, 'INVALID_PARTITION', 'The partition of the index is named whole.');
  const limit = checkLimit(body['limit']);
  const fits = inRange(body['range'] as Range | undefined);
  const after = positionOf(body['cursor']);
  const order = body['sort'] === 'DESC' ? -1 : 1;
  const prefix = prefixOf(entity);
  const sorted = entries
    .list(site, prefix, undefined, Number.MAX_SAFE_INTEGER)
    .map((entry) => ({ entry: { ...entry, key: entry.key.slice(prefix.length) }, row: rowOf(entry, prefix) }))
    .filter(({ row }) => index.partition.every((name, at) => row.value[name] === partition[at]))
    .flatMap(({ entry, row }) => {
      const value = row.value[index.range] as Scalar | undefined;
      return value === undefined || !fits(value) ? [] : [{ entry, at: [value, row.key] as [Scalar, string] }];
    })
    .sort((a, b) => order * (compare(a.at[0], b.at[0]) || compare(a.at[1], b.at[1])))
    .filter(({ at }) => after === undefined || order * (compare(at[0], after[0]) || compare(at[1], after[1])) > 0);
  const page = sorted.slice(0, limit);
  const last = page.at(-1);
  return {
    found: page.map(({ entry }) => entry),
    cursor:
      sorted.length > limit && last ? Buffer.from(JSON.stringify({ at: last.at })).toString('base64url') : undefined,
  };
}

const rowOf = ({ key, json }: Entry, prefix: string): Row => ({
  key: key.slice(prefix.length),
  value: JSON.parse(json) as Row['value'],
});
