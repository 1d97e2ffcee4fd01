import { createHash } from 'node:crypto';
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { activityActions, activityOutcomes, type Activity } from '../domain/activity';
import { compareText } from '../domain/order';
import { ACTED_WITHOUT_DAYS } from './acted-without';
import { keys } from './keys';
import { beginnings, newestFirst } from './newest-first';
import { entriesWithPrefix, pageWithPrefix } from './query';
import { readValue } from './read';
import { ForeignCursor } from './refusal';

const schema = z.object({
  at: z.string(),
  action: z.enum(activityActions),
  outcome: z.enum(activityOutcomes),
  accountId: z.string().optional(),
  whose: z.string().optional(),
  reason: z.string().optional(),
  integration: z.object({ id: z.string(), name: z.string() }).optional(),
  actor: z.enum(['person', 'integration']).optional(),
  login: z.string().optional(),
  issueKey: z.string().optional(),
  repository: z.string().optional(),
  branch: z.string().optional(),
  target: z.string().optional(),
  source: z.string().optional(),
  commit: z.string().optional(),
  error: z.string().optional(),
  said: z.string().optional(),
  changes: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })).optional(),
});

type Stored = z.output<typeof schema>;
export type StoredActivity = Activity & { id: string };

/** A record is stored for a year; then the platform erases it by itself (an entry may stay readable for two days more). */
const STORED_DAYS = 365;
const STORED_MS = STORED_DAYS * 86_400_000;

/**
 * Notes something, in one request: once in the order of time and once more under the person, so that either can be read
 * page by page and the person can be forgotten; where it is about somebody else's token, under them as well. That somebody acted
 * without a token of their own is written along (`acted-without.ts`). May go out together with any other write; twice with the same `id` is once.
 */
export async function addActivity(
  activity: Activity & { accountId: string },
  id: string = newActivityId(activity.at),
): Promise<void> {
  const transaction = kvs.transact();
  addActivityTo(transaction, activity, id);
  await transaction.execute();
}

/** The same as a part of a larger request. */
export function addActivityTo(
  transaction: ReturnType<typeof kvs.transact>,
  activity: Activity & { accountId: string },
  id: string,
): void {
  const value = schema.parse(activity);
  const { at, accountId, whose, actor, outcome, integration } = activity;
  const expiry = { ttl: { value: STORED_DAYS, unit: 'DAYS' } } as const;
  transaction.set(keys.activity(id), value, undefined, expiry);
  for (const person of [accountId, ...(whose === undefined || whose === accountId ? [] : [whose])])
    transaction
      .set(keys.activityOf(person, id), value, undefined, expiry)
      .set(keys.activityPerson(person), { at }, undefined, expiry);
  if (actor === 'integration' && outcome === 'done' && integration !== undefined)
    transaction.set(keys.actedWithout(integration.id, accountId), { at }, undefined, {
      ttl: { value: ACTED_WITHOUT_DAYS, unit: 'DAYS' },
    });
}

/** An id of its own for what was done at an ISO instant. */
export function newActivityId(at: string): string {
  return `${newestFirst(Date.parse(at))}:${crypto.randomUUID().slice(0, 8)}`;
}

const MINUTE_MS = 60_000;

/** The one id of all refusals of a kind that a person got at an integration in the same minute. */
export function refusalId({ at, accountId, integration, action, error }: Activity): string {
  const minute = Math.floor(Date.parse(at) / MINUTE_MS) * MINUTE_MS;
  const kind = createHash('sha256')
    .update([accountId, integration?.id, action, error].join('\n'))
    .digest('hex')
    .slice(0, 8);
  return `${newestFirst(minute)}:${kind}`;
}

/** Whether a record of that id exists. */
export async function isRecorded(id: string): Promise<boolean> {
  return (await readValue(keys.activity(id))) !== undefined;
}

export type ActivityRange = {
  /** Of one person only. */
  accountId?: string | undefined;
  /** ISO instants. */
  from?: string | undefined;
  to?: string | undefined;
};

/**
 * One query: at most `limit` (up to 100) entries, newest first, and where to go on. Entries up to a day after `to` may
 * be among them. The order is that of the keys (assumption: Forge's query returns them sorted, as its limits page shows
 * them; the page is sorted again so that only its borders depend on it, and on refusals, whose keys have the beginning of their minute).
 */
export async function pageOfActivity(
  { accountId, from, to }: ActivityRange,
  cursor: string | undefined,
  limit: number,
): Promise<{ entries: StoredActivity[]; next: string | undefined }> {
  const prefix = accountId === undefined ? keys.allActivity : keys.allActivityOf(accountId);
  const oldest = Math.max(Date.now() - STORED_MS, from === undefined ? 0 : Date.parse(from));
  // From now on backwards there is one stretch, and it is left as soon as an entry is too old.
  const stretches = to === undefined ? [''] : beginnings(oldest, Date.parse(to));
  const [index = 0, after] = parsedCursor(cursor);
  const stretch = stretches[index];
  if (stretch === undefined) return { entries: [], next: undefined };
  const page = await pageWithPrefix(`${prefix}${stretch}`, after, limit);
  const entries = page.entries
    .map(({ key, value }): StoredActivity => ({ ...schema.parse(value), id: key.slice(prefix.length) }))
    .sort((a, b) => compareText(b.at, a.at) || compareText(a.id, b.id));
  const last = entries.at(-1);
  const ended = last !== undefined && Date.parse(last.at) < oldest;
  const following = page.next === undefined ? stretches.length > index + 1 && `${index + 1}:` : `${index}:${page.next}`;
  return {
    entries: entries.filter(({ at }) => Date.parse(at) >= oldest),
    next: ended || following === false ? undefined : following,
  };
}

/** Which stretch of time, and where in it. */
function parsedCursor(cursor: string | undefined): [number | undefined, string | undefined] {
  if (cursor === undefined) return [undefined, undefined];
  const [, index, after] = /^(\d{1,4}):(.*)$/s.exec(cursor) ?? [];
  if (index === undefined) throw new ForeignCursor();
  return [Number(index), after === '' ? undefined : after];
}

/** Everybody whose account id is stored here, with the time of their latest entry: for the report to Atlassian. */
export async function peopleInActivity(): Promise<{ accountId: string; at: string }[]> {
  const entries = await entriesWithPrefix(keys.activityPeople);
  return entries.map(({ key, value }) => ({
    accountId: key.slice(keys.activityPeople.length),
    at: z.object({ at: z.string() }).parse(value).at,
  }));
}

/**
 * The rest of an entry when one person is forgotten: neither their account nor their login, nor words that may name them. What an
 * admin did to somebody's token remains under the admin when its owner is forgotten, and under the owner when the admin is.
 */
function without({ said: _, ...stored }: Stored, accountId: string): Stored {
  const { accountId: by, whose, login, reason, ...fact } = stored;
  const stays = (person: string | undefined) => person !== undefined && person !== accountId;
  const isOwnLogin = fact.actor !== 'integration' && !stays(whose);
  return {
    ...fact,
    ...(stays(by) && { accountId: by }),
    ...(stays(whose) && { whose, reason }),
    ...(!isOwnLogin && { login }),
  };
}

/** Entries that one transaction forgets: each is two sets at most and a delete, of 25 operations in all. */
const AT_ONCE = 8;

/**
 * Takes a person out of all records, for an account that was closed: the facts remain, without the account id, without the
 * login of their own and without the line of a service, which may name them. True when nothing is left; false when `deadline` (ms since the epoch) came first, and the next call goes on.
 */
export async function forgetInActivity(accountId: string, deadline: number): Promise<boolean> {
  const prefix = keys.allActivityOf(accountId);
  for (;;) {
    const { entries } = await pageWithPrefix(prefix, undefined, AT_ONCE);
    if (entries.length === 0) break;
    if (Date.now() > deadline) return false;
    const transaction = kvs.transact();
    for (const { key, value } of entries) {
      const stored = schema.parse(value);
      const rest = without(stored, accountId);
      const id = key.slice(prefix.length);
      const left = Math.ceil((Date.parse(stored.at) + STORED_MS - Date.now()) / 1000);
      const expiry = { ttl: { value: left, unit: 'SECONDS' } } as const;
      const other = [rest.accountId, rest.whose].find((person) => person !== undefined);
      if (left > 0) transaction.set(keys.activity(id), rest, undefined, expiry);
      if (left > 0 && other !== undefined) transaction.set(keys.activityOf(other, id), rest, undefined, expiry);
      transaction.delete(key);
    }
    await transaction.execute();
  }
  await kvs.delete(keys.activityPerson(accountId));
  return true;
}
