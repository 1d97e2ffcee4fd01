import { createHash } from 'node:crypto';
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { byLastChange } from '../domain/order';
import { keys } from './keys';
import { entriesWithPrefix } from './query';
import { readTogether, readValue, readValues, type Part } from './read';

const schema = z.object({
  kind: z.enum(['branch', 'pull-request']),
  integrationId: z.string(),
  repository: z.string(),
  url: z.string(),
  title: z.string(),
  branch: z.string(),
  number: z.number().exactOptional(),
  target: z.string().exactOptional(),
  state: z.enum(['open', 'draft', 'merged', 'closed']).exactOptional(),
  author: z.string().exactOptional(),
  actor: z.enum(['person', 'integration']).exactOptional(),
  updatedAt: z.string().exactOptional(),
  commit: z.string().exactOptional(),
  attached: z.literal(true).exactOptional(),
});

/** A branch or pull request of an issue as it is stored. A page gets a `Card`, which may change without it. */
export type StoredCard = z.output<typeof schema>;

/**
 * Beside a card: when an act recorded it (an ISO instant), and when the service said its state (ms since the epoch). Queues deliver late and in any
 * order, and what they bring must not undo a later act.
 */
const stampSchema = z.object({ notedAt: z.string().exactOptional(), statedAt: z.number().exactOptional() });

/** When an act removed a card. A note of an earlier act is delivered within hours. */
const removalSchema = z.object({ notedAt: z.string() });
const REMOVAL = { ttl: { value: 7, unit: 'DAYS' } } as const;

/** One entry an item: two people working on an issue never overwrite each other's. */
function keyOf(issueId: string, card: StoredCard): string {
  return keys.workItem(issueId, fingerprintOf(card));
}

function fingerprintOf(card: StoredCard): string {
  const identity = [card.integrationId, card.repository, card.kind, card.number ?? card.branch].join('\n');
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/** Branches and pull requests made through the app for an issue, or attached to it, newest first. */
export async function listWork(issueId: string): Promise<StoredCard[]> {
  const entries = await entriesWithPrefix(keys.work(issueId));
  return entries.map(({ value }) => schema.parse(value)).sort(byLastChange);
}

/** Remembers what was made through the app for an issue. The same thing twice is stored once. */
export async function addWork(issueId: string, card: StoredCard): Promise<void> {
  await kvs.set(keyOf(issueId, card), schema.parse(card));
}

/** A card that comes or goes with an act, and when the act recorded it: an ISO instant. */
export type Noted = { issueId: string; card: StoredCard; at: string };
type Transaction = ReturnType<typeof kvs.transact>;

/** The same as a part of a larger request. */
export function addWorkTo(transaction: Transaction, { issueId, card, at }: Noted): void {
  transaction.set(keyOf(issueId, card), { ...schema.parse(card), notedAt: at });
}

/** That a card was removed, as a part of a larger request. */
export function noteRemovalIn(transaction: Transaction, { issueId, card, at }: Noted): void {
  transaction.set(keys.workRemoval(issueId, fingerprintOf(card)), { notedAt: at }, undefined, REMOVAL);
}

/** Whether a later act has recorded the card, or its removal. */
export async function isOvertaken({ issueId, card, at }: Noted): Promise<boolean> {
  const stored = await readValues([keyOf(issueId, card), keys.workRemoval(issueId, fingerprintOf(card))]);
  const [of, removal] = [stampSchema.parse(stored[0] ?? {}), removalSchema.partial().parse(stored[1] ?? {})];
  return [of.notedAt, removal.notedAt].some((other = '') => other > at);
}

/** Changes a card that is there. `statedAt`: when the service said so; an older word of it changes nothing. */
export async function changeWork(
  issueId: string,
  card: StoredCard,
  change: (stored: StoredCard) => StoredCard,
  statedAt?: number,
): Promise<void> {
  const value = await readValue(keyOf(issueId, card));
  if (value === undefined) return;
  const [stored, stamp] = [schema.parse(value), stampSchema.parse(value)];
  const changed = change(stored);
  const isOld = statedAt !== undefined && (stamp.statedAt ?? 0) > statedAt;
  if (changed === stored || isOld) return;
  const now = { ...schema.parse(changed), ...stamp, ...(statedAt !== undefined && { statedAt }) };
  await kvs.set(keyOf(issueId, card), now);
}

/** A card of the issue as it was made through the app or attached; nothing when it was neither. */
export async function readWork(issueId: string, card: StoredCard): Promise<StoredCard | undefined> {
  const stored = await readValue(keyOf(issueId, card));
  return stored === undefined ? undefined : schema.parse(stored);
}

/** Removes it; what is not there is removed already. */
export async function removeWork(issueId: string, card: StoredCard): Promise<void> {
  await kvs.delete(keyOf(issueId, card));
}

type Renamed = { integrationId: string; from: string; to: string };

function isOf({ integrationId, from }: Renamed, item: { integrationId: string; repository: string }): boolean {
  return item.integrationId === integrationId && item.repository.toLowerCase() === from.toLowerCase();
}

/** The cards of an issue in a repository that was renamed; `urlOf`: the page of a branch there. */
export async function renameWork(issueId: string, renamed: Renamed, urlOf: (branch: string) => string): Promise<void> {
  const cards = (await listWork(issueId)).filter((card) => isOf(renamed, card));
  for (const card of cards) {
    const url = card.kind === 'branch' ? urlOf(card.branch) : card.url;
    // The new one first: a crash between the two leaves one card too many, never one too few.
    await addWork(issueId, { ...card, repository: renamed.to, url });
    await removeWork(issueId, card);
  }
}

/** Where people of a project work, when one of the places was renamed. */
export async function renameInProject(projectKey: string, renamed: Renamed): Promise<void> {
  const [known] = await readTogether(recentAt(projectKey));
  if (!known.some((item) => isOf(renamed, item))) return;
  const { integrationId, to: repository } = renamed;
  const others = known.filter((item) => !isOf({ ...renamed, from: repository }, item));
  const present = others.map((item) => (isOf(renamed, item) ? { integrationId, repository } : item));
  await kvs.set(keys.projectRepositories(projectKey), present);
}

const repositoriesSchema = z.array(z.object({ integrationId: z.string(), repository: z.string() }));
const REMEMBERED = 10;

export type RecentRepositories = z.output<typeof repositoriesSchema>;

/** Where people of a project created something last, at most 10. */
export function recentAt(projectKey: string): Part<RecentRepositories> {
  return { keys: [keys.projectRepositories(projectKey)], of: ([stored]) => repositoriesSchema.parse(stored ?? []) };
}

/**
 * Moves a repository to the front of those that are `known`. Two at once may lose one of them: it is a hint where to look,
 * no record. Nothing is written when it is in front already.
 */
export async function rememberRepository(
  projectKey: string,
  known: RecentRepositories,
  { integrationId, repository }: RecentRepositories[number],
): Promise<void> {
  const isIt = (item: RecentRepositories[number]) =>
    item.integrationId === integrationId && item.repository === repository;
  if (known[0] !== undefined && isIt(known[0])) return;
  const others = known.filter((item) => !isIt(item));
  await kvs.set(keys.projectRepositories(projectKey), [{ integrationId, repository }, ...others].slice(0, REMEMBERED));
}
