import { z } from 'zod';
import { eraseAt, isTheirDay, type LeavingReason } from '../domain/leaver';
import type { Integration } from '../domain/integration';
import { projectIds } from '../jira/leaving';
import { reachesOneOf } from '../jira/permissions';
import { profilesOf, type Profile } from '../jira/profiles';
import { someAccounts } from '../store/accounts';
import { refusalId } from '../store/activity';
import { listIntegrations } from '../store/integrations';
import { forgetLeaver, readLeavers, writeLeaver, type MarkedLeaver } from '../store/leavers';
import { storeNotes, noteOf } from '../store/notes';
import { eachOf } from '../store/query';
import { push, type Jobs } from '../store/queues';
import { readDailySettings } from '../store/settings';
import { readMany, rowEntry, rowIn } from '../store/token-rows';
import { integrationsWithTokenOf, removeEntriesOfToken, removeSecretOfToken } from '../store/tokens';

/** s between two portions of 100 people, so that the people at work have the store and Jira to themselves. */
const PAUSE_SECONDS = 10;
/** s more for each token that was erased, so that those at work keep more than half of what Forge lets a site write. */
const PAUSE_A_TOKEN_SECONDS = 0.5;
/** Forge delays no event longer. */
const LONGEST_PAUSE_SECONDS = 900;
/** s until a portion is tried again that Jira did not answer, and how often. */
const RETRY_SECONDS = 900;
const ATTEMPTS = 8;
/** Others of a portion who are looked at too, so that somebody reaches a project. */
const WITNESSES = 5;

const portionSchema = z.object({
  cursor: z.string().exactOptional(),
  attempt: z.number().exactOptional(),
}) satisfies z.ZodType<Jobs['leavers']>;

/** Daily: looks for people who have left, in portions of a queue. */
export async function startFindingLeavers(): Promise<void> {
  await push('leavers', {});
}

/**
 * Queue `leavers`: one portion of everybody about whom something is stored. People who are deactivated or reach no project are marked. People who are back
 * are not any more. People who were marked long enough ago lose their tokens. May run twice. Without an answer of Jira nothing changes.
 */
export async function lookForLeavers(body: unknown): Promise<void> {
  const { cursor, attempt = 0 } = portionSchema.parse(body);
  const { accounts, next } = await someAccounts(cursor);
  const ids = accounts.map(({ accountId }) => accountId);
  const [settings, marked, profiles] = await Promise.all([readDailySettings(), readLeavers(ids), profilesOf(ids)]);
  const now = Date.now();
  if (!profiles.ok) {
    if (attempt < ATTEMPTS)
      await push('leavers', { ...(cursor && { cursor }), attempt: attempt + 1 }, { delayInSeconds: RETRY_SECONDS });
    return;
  }
  const reasons = await reasonsOf(ids, profiles.value, marked, now);
  const integrations = await listIntegrations();
  let erased = 0;
  await eachOf([...reasons], async ([accountId, why]) => {
    const mark = marked.get(accountId);
    if (why === undefined) return mark && forgetLeaver(accountId);
    if (mark === undefined) return markLeaver(accountId, why, now);
    if (eraseAt(mark, settings.leaverDays) > now) return undefined;
    const count = await erase(accountId, mark, integrations);
    return (erased += count);
  });
  const pause = Math.min(LONGEST_PAUSE_SECONDS, PAUSE_SECONDS + Math.ceil(erased * PAUSE_A_TOKEN_SECONDS));
  if (next !== undefined) await push('leavers', { cursor: next }, { delayInSeconds: pause });
}

/**
 * For each person whom Jira knows: why they count as having left, or nothing for those who are there. Where it does not say who
 * reaches a project, or that nobody does, only deactivated accounts count, and an account that is active again is back.
 */
async function reasonsOf(
  ids: readonly string[],
  profiles: ReadonlyMap<string, Profile>,
  marked: ReadonlyMap<string, MarkedLeaver>,
  now: number,
): Promise<ReadonlyMap<string, LeavingReason | undefined>> {
  const reasons = new Map<string, LeavingReason | undefined>();
  for (const id of ids) if (profiles.get(id)?.active === false) reasons.set(id, 'deactivated');
  const due = ids.filter((id) => profiles.get(id)?.active === true && (marked.has(id) || isTheirDay(id, now)));
  const projects = due.length === 0 ? undefined : await projectIds();
  const known = (projects?.ok === true && projects.value) || [];
  const others = ids.filter((id) => profiles.get(id)?.active === true && !due.includes(id)).slice(0, WITNESSES);
  const reach = new Map<string, boolean>();
  await eachOf(known.length > 0 ? [...due, ...others] : [], async (id) => {
    const reaches = await reachesOneOf(known, id);
    if (reaches.ok) reach.set(id, reaches.value);
  });
  // Where nobody reaches any project, Jira probably refuses the app.
  const isBelieved = [...reach.values()].includes(true);
  for (const id of due) {
    const reaches = reach.get(id);
    if (reaches === true) reasons.set(id, undefined);
    else if (reaches === false && isBelieved) reasons.set(id, 'no-project');
    else if (marked.get(id)?.why === 'deactivated') reasons.set(id, undefined);
  }
  return reasons;
}

/** Only somebody with a token: of all others there is nothing to erase. */
async function markLeaver(accountId: string, why: LeavingReason, now: number): Promise<void> {
  const tokens = await integrationsWithTokenOf(accountId);
  if (tokens.length > 0) await writeLeaver(accountId, { since: new Date(now).toISOString(), why });
}

/**
 * Erases each token, then writes its record, then erases the entries. Whatever stops this, the next run finds the rest. The record has its id from
 * an instant that is stored before, so that it is there once however often this runs. The mark goes last. Returns how many tokens were found.
 */
async function erase(accountId: string, mark: MarkedLeaver, integrations: readonly Integration[]): Promise<number> {
  const at = mark.erasingAt ?? new Date().toISOString();
  if (mark.erasingAt === undefined) await writeLeaver(accountId, { ...mark, erasingAt: at });
  const found = await integrationsWithTokenOf(accountId);
  for (const integrationId of found) {
    const of = { accountId, integrationId };
    const row = rowIn(await readMany([rowEntry(of)]), of);
    const integration = integrations.find(({ id }) => id === integrationId);
    const activity = {
      ...{ at, accountId, action: 'erase-leaver-token' as const, outcome: 'done' as const, reason: mark.why },
      ...(integration && { integration: { id: integrationId, name: integration.name } }),
      ...(row && { login: row.login }),
    };
    await removeSecretOfToken(accountId, integrationId);
    await storeNotes([noteOf(activity, refusalId(activity))]);
    await removeEntriesOfToken(accountId, integrationId);
  }
  await forgetLeaver(accountId);
  return found.length;
}
