import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../database.ts';
import type { Entries, Entry, Kind } from './entries.ts';
import { checkRow, isRow, queryRows, storedKey, type EntityDefinitions } from './entity-rows.ts';
import type { Rates } from './rates.ts';
import {
  checkLimit,
  checkMetadata,
  checkOperations,
  checkSetOptions,
  checkValue,
  KvsRefusal,
  maxOperations,
  maxTransactionBytes,
} from './rules.ts';

type Body = Record<string, unknown>;
type Item = { key?: unknown; value?: unknown; options?: unknown; entityName?: unknown; conditions?: unknown };

/** A refusal of the next requests, to test how the app handles it. */
export type KvsFault = { site?: string | undefined; code: string; status: number; times: number };

export type Kvs = {
  /** Answers one request of `@forge/kvs`. `path` is `/api/v1/…`. */
  handle(site: string, path: string, body: unknown): Response;
  arm(fault: KvsFault): void;
  /** Drops armed faults and resets the counters of the limits. */
  clear(): void;
};

const answer = (status: number, body?: unknown): Response =>
  new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'x-b3-traceid': randomUUID().replaceAll('-', '') },
  });

const shown = (entry: Entry, metadata: readonly string[]): Body => ({
  key: entry.key,
  value: JSON.parse(entry.json) as unknown,
  ...(metadata.includes('CREATED_AT') ? { createdAt: entry.createdAt } : {}),
  ...(metadata.includes('UPDATED_AT') ? { updatedAt: entry.updatedAt } : {}),
  ...(metadata.includes('EXPIRE_TIME') && entry.expiresAt !== undefined
    ? { expireTime: new Date(entry.expiresAt).toISOString() }
    : {}),
});

/** One for all, because it is the usual answer to a read: to note where an error was made takes longer than the read itself. */
const notFound = new KvsRefusal(404, 'KEY_NOT_FOUND', 'There is no such key.');

const cursorOf = (key: string): string => Buffer.from(JSON.stringify({ after: key })).toString('base64url');
function afterOf(cursor: unknown): string | undefined {
  if (cursor === undefined) return undefined;
  try {
    const { after } = JSON.parse(Buffer.from(cursor as string, 'base64url').toString('utf8')) as { after: unknown };
    if (typeof after === 'string') return after;
  } catch {
    // Falls through to the refusal: only a cursor from the store is valid.
  }
  throw new KvsRefusal(400, 'INVALID_CURSOR', 'This cursor is not one of the store.');
}

function prefixOf(where: unknown): string {
  if (where === undefined) return '';
  const [first, ...more] = where as { property?: unknown; condition?: unknown; values?: unknown[] }[];
  const prefix = first?.values?.[0];
  if (more.length > 0 || first?.property !== 'key' || first.condition !== 'BEGINS_WITH' || typeof prefix !== 'string')
    throw new KvsRefusal(400, 'INVALID_QUERY', 'A query has one condition: key BEGINS_WITH a text.');
  return prefix;
}

function listOf(body: unknown, name: string): Item[] {
  if (body === undefined) return [];
  if (!Array.isArray(body)) throw new KvsRefusal(400, 'BAD_REQUEST', `${name} is a list.`);
  return body as Item[];
}

/** One operation of a batch: its result is a part of the batch's answer. */
function batch(items: Item[], each: (item: Item) => Body): Body {
  if (items.length > maxOperations)
    throw new KvsRefusal(400, 'TOO_MANY_BATCH_ENTITIES', `A batch has at most ${maxOperations} items.`);
  if (items.length === 0) throw new KvsRefusal(400, 'BAD_REQUEST', 'A batch has at least one item.');
  checkOperations(items.map((item) => JSON.stringify([item.entityName, item.key])));
  const successfulKeys: Body[] = [];
  const failedKeys: Body[] = [];
  for (const item of items)
    try {
      successfulKeys.push({ ...each(item), ...(item.entityName === undefined ? {} : { entityName: item.entityName }) });
    } catch (error) {
      if (!(error instanceof KvsRefusal)) throw error;
      failedKeys.push({ key: item.key, error: { code: error.refusal.code, message: error.refusal.message } });
    }
  return { successfulKeys, failedKeys };
}

/** The key-value store of Forge, with its limits and its error codes, as `@forge/kvs` 1.6.5 uses it. `definitions`: the manifest's. */
export function openKvs(
  database: DatabaseSync,
  entries: Entries,
  rates: Rates,
  definitions: EntityDefinitions = new Map(),
): Kvs {
  let faults: KvsFault[] = [];

  const get = (site: string, kind: Kind, { key, options, entityName }: Item): Body => {
    const metadata = checkMetadata((options as Body | undefined)?.['metadataFields']);
    const found = entries.get(site, kind, storedKey(definitions, key, entityName));
    if (found === undefined) throw notFound;
    return { ...shown(found, metadata), key };
  };
  const set = (site: string, kind: Kind, item: Item): Body | undefined => {
    const key = storedKey(definitions, item.key, item.entityName);
    const json = checkValue(item.value, kind);
    checkRow(definitions, item.entityName, item.value);
    const { failIfExists, ttl, returnValue, returnMetadata } = checkSetOptions(item.options);
    return inTransaction(database, () => {
      if (failIfExists && entries.get(site, kind, key) !== undefined)
        throw new KvsRefusal(409, 'KEY_CONFLICT', 'The key exists.');
      const { previous, latest } = entries.set(site, kind, key, json, ttl);
      const returned = returnValue === 'PREVIOUS' ? previous : returnValue === 'LATEST' ? latest : undefined;
      return returned && { ...shown(returned, returnMetadata), key: item.key };
    });
  };
  const remove = (site: string, kind: Kind, { key, entityName }: Item): void => {
    if (!entries.delete(site, kind, storedKey(definitions, key, entityName))) throw notFound;
  };
  const query = (site: string, body: Body): Body => {
    const limit = checkLimit(body['limit']);
    const metadata = checkMetadata((body['options'] as Body | undefined)?.['metadataFields']);
    const found = entries
      .list(site, prefixOf(body['where']), afterOf(body['after']), limit + 1)
      .filter(({ key }) => !isRow(key));
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      data: page.map((entry) => shown(entry, metadata)),
      ...(found.length > limit && last ? { cursor: cursorOf(last.key) } : {}),
    };
  };
  const queryEntity = (site: string, body: Body): Body => {
    const { found, cursor } = queryRows(definitions, entries, site, body);
    return { data: found.map((entry) => shown(entry, [])), ...(cursor === undefined ? {} : { cursor }) };
  };
  const transact = (site: string, body: Body): void => {
    const sets = listOf(body['set'], 'set');
    const deletes = listOf(body['delete'], 'delete');
    const checks = listOf(body['check'], 'check');
    const all = [...sets, ...deletes, ...checks];
    if (all.length > maxOperations)
      throw new KvsRefusal(422, 'UNPROCESSABLE_ENTITY', `A transaction has at most ${maxOperations} operations.`);
    if (all.length === 0) throw new KvsRefusal(400, 'BAD_REQUEST', 'A transaction has at least one operation.');
    if (Buffer.byteLength(JSON.stringify(body)) > maxTransactionBytes)
      throw new KvsRefusal(413, 'PAYLOAD_TOO_LARGE', 'A transaction has at most 4 MB.');
    if (checks.length > 0 || all.some((item) => item.conditions !== undefined))
      throw new KvsRefusal(501, 'SANDBOX_NOT_MODELLED', 'The sandbox does not model conditions.');
    checkOperations(all.map((item) => storedKey(definitions, item.key, item.entityName)));
    const writes = sets.map((item) => {
      checkRow(definitions, item.entityName, item.value);
      return {
        key: storedKey(definitions, item.key, item.entityName),
        json: checkValue(item.value, 'value'),
        ttl: checkSetOptions(item.options).ttl,
      };
    });
    inTransaction(database, () => {
      for (const { key, json, ttl } of writes) entries.set(site, 'value', key, json, ttl);
      for (const { key, entityName } of deletes) entries.delete(site, 'value', storedKey(definitions, key, entityName));
    });
  };

  const route = (site: string, path: string, body: unknown): Body | undefined => {
    const item = (body ?? {}) as Item & Body;
    switch (path) {
      case '/api/v1/get':
        return get(site, 'value', item);
      case '/api/v1/set':
        return set(site, 'value', item);
      case '/api/v1/delete':
        return void remove(site, 'value', item);
      case '/api/v1/query':
        return query(site, item);
      case '/api/v1/entity/get':
        return get(site, 'value', item);
      case '/api/v1/entity/set':
        return set(site, 'value', item);
      case '/api/v1/entity/delete':
        return void remove(site, 'value', item);
      case '/api/v1/entity/query':
        return queryEntity(site, item);
      case '/api/v1/secret/get':
        return get(site, 'secret', item);
      case '/api/v1/secret/set':
        return set(site, 'secret', item);
      case '/api/v1/secret/delete':
        return void remove(site, 'secret', item);
      case '/api/v1/batch/get':
        return batch(listOf(body, 'A batch'), (each) => get(site, 'value', each));
      case '/api/v1/batch/set':
        return batch(listOf(body, 'A batch'), (each) => (set(site, 'value', each), { key: each.key }));
      case '/api/v1/batch/delete':
        return batch(listOf(body, 'A batch'), (each) => (remove(site, 'value', each), { key: each.key }));
      case '/api/v1/transaction':
        return void transact(site, item);
      default:
        throw new KvsRefusal(501, 'SANDBOX_NOT_MODELLED', `The sandbox does not model ${path}.`);
    }
  };

  const faultFor = (site: string): KvsFault | undefined => {
    const fault = faults.find((one) => one.site === undefined || one.site === site);
    if (fault !== undefined) {
      fault.times -= 1;
      faults = faults.filter((one) => one.times > 0);
    }
    return fault;
  };

  return {
    handle: (site, path, body) => {
      try {
        const fault = faultFor(site);
        if (fault !== undefined) throw new KvsRefusal(fault.status, fault.code, 'The sandbox was told to refuse this.');
        rates.ask(site, path, body);
        const result = route(site, path, body);
        if (result === undefined) return answer(path.endsWith('set') ? 200 : 204);
        rates.answered(site, path, Buffer.byteLength(JSON.stringify(result)));
        return answer(200, result);
      } catch (error) {
        if (!(error instanceof KvsRefusal)) throw error;
        return answer(error.refusal.status, { code: error.refusal.code, message: error.refusal.message });
      }
    },
    arm: (fault) => void faults.push({ ...fault }),
    clear: () => {
      faults = [];
      rates.clear();
    },
  };
}
