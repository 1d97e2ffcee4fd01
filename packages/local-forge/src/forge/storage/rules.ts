/** The limits of Forge's key-value store. Source by default: docs page "Platform quotas and limits". */

/** The store's answer to a refused request. */
export type KvsError = { status: number; code: string; message: string };

export class KvsRefusal extends Error {
  readonly refusal: KvsError;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.refusal = { status, code, message };
  }
}

export const maxOperations = 25;
export const maxTransactionBytes = 4 * 1024 * 1024;
const maxValueBytes = 240 * 1024;
// Docs of 2025 say 128 KB; no newer figure was found.
const maxSecretBytes = 128 * 1024;
const maxDepth = 31;
const maxTtlSeconds = 366 * 24 * 3600;
// The store's own pattern, with its `\s-#` spelt out: between a class and a character the hyphen is one.
const keyPattern = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/;
const unitSeconds: Readonly<Record<string, number>> = { SECONDS: 1, MINUTES: 60, HOURS: 3600, DAYS: 86_400 };
const metadataFields = new Set(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME']);

// Assumption: the codes INVALID_KEY, INVALID_VALUE, VALUE_TOO_LARGE, VALUE_TOO_DEEP and INVALID_OPTIONS; the store
// refuses these requests with 400, under names that no document has.
const badRequest = (code: string, message: string): KvsRefusal => new KvsRefusal(400, code, message);

export function checkKey(key: unknown): string {
  if (typeof key !== 'string' || key.length === 0 || key.length > 500 || !keyPattern.test(key))
    throw badRequest('INVALID_KEY', `A key has 1 to 500 characters and matches ${keyPattern.source}.`);
  return key;
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

/** The value as JSON, if it can be stored. */
export function checkValue(value: unknown, kind: 'value' | 'secret'): string {
  if (value === undefined || value === null) throw badRequest('INVALID_VALUE', 'There is no value.');
  const json = JSON.stringify(value);
  const limit = kind === 'secret' ? maxSecretBytes : maxValueBytes;
  if (Buffer.byteLength(json) > limit) throw badRequest('VALUE_TOO_LARGE', `A ${kind} has at most ${limit} bytes.`);
  if (depthOf(value) > maxDepth)
    throw badRequest('VALUE_TOO_DEEP', `A value is nested at most ${maxDepth} levels deep.`);
  return json;
}

export type SetOptions = {
  failIfExists: boolean;
  /** The lifetime of the entry, in milliseconds. */
  ttl: number | undefined;
  returnValue: 'PREVIOUS' | 'LATEST' | undefined;
  returnMetadata: readonly string[];
};

function checkTtl(ttl: unknown): number | undefined {
  if (ttl === undefined) return undefined;
  const { value, unit } = (ttl ?? {}) as { value?: unknown; unit?: unknown };
  const seconds =
    typeof value === 'number' && typeof unit === 'string' ? value * (unitSeconds[unit] ?? Number.NaN) : Number.NaN;
  if (!Number.isInteger(value) || !(seconds > 0) || seconds > maxTtlSeconds)
    throw badRequest(
      'INVALID_TTL',
      'A time to live is a positive whole number of SECONDS, MINUTES, HOURS or DAYS, at most a year.',
    );
  return seconds * 1000;
}

export function checkMetadata(fields: unknown): readonly string[] {
  if (fields === undefined) return [];
  if (!Array.isArray(fields) || !fields.every((field) => metadataFields.has(field as string)))
    throw badRequest('INVALID_METADATA_FIELD', `Metadata fields are ${[...metadataFields].join(', ')}.`);
  return fields as string[];
}

export function checkSetOptions(options: unknown): SetOptions {
  const { keyPolicy, ttl, returnValue, returnMetadataFields, ...rest } = (options ?? {}) as Record<string, unknown>;
  const known = keyPolicy === undefined || keyPolicy === 'OVERRIDE' || keyPolicy === 'FAIL_IF_EXISTS';
  const mayReturn =
    returnValue === undefined || (keyPolicy === 'OVERRIDE' && (returnValue === 'PREVIOUS' || returnValue === 'LATEST'));
  if (!known || !mayReturn || Object.keys(rest).length > 0)
    throw badRequest(
      'INVALID_OPTIONS',
      'Options are keyPolicy, ttl and, with keyPolicy OVERRIDE, returnValue and returnMetadataFields.',
    );
  return {
    failIfExists: keyPolicy === 'FAIL_IF_EXISTS',
    ttl: checkTtl(ttl),
    returnValue,
    returnMetadata: checkMetadata(returnMetadataFields),
  };
}

export function checkLimit(limit: unknown): number {
  if (limit === undefined) return 10;
  if (!Number.isInteger(limit) || (limit as number) < 1 || (limit as number) > 100)
    throw badRequest('INVALID_LIMIT', 'A limit is 1 to 100.');
  return limit as number;
}

/** A list of operations, at most one for each key. */
export function checkOperations(keys: readonly string[]): void {
  if (new Set(keys).size !== keys.length) throw badRequest('KEY_DUPLICATION_ERROR', 'The same key is named twice.');
}
