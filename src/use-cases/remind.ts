import { z } from 'zod';
import { rulesFor, serviceOf, type Integration } from '../domain/integration';
import { FIRST_REMINDER_MS, isNews } from '../domain/reminder';
import { profilesOf } from '../jira/profiles';
import { listIntegrations } from '../store/integrations';
import { keys } from '../store/keys';
import { push } from '../store/queues';
import { sentIn } from '../store/reminders';
import { readAllSettings } from '../store/settings';
import { due, pageOfRows, readMany, type RowRange, type TokenRow } from '../store/token-rows';
import { remindAdmins } from './remind-admins';
import { MayNotSend, notNow, sendMessage } from './send-message';
import { newsFor, reminderAbout, type RemindedSite } from './token-news';
import { ruledEdition } from './token-rules';

const DAY_MS = 86_400_000;
/** s between two portions, so that the people at work have the store and Jira to themselves. */
const PAUSE_SECONDS = 10;
/** Tokens of one query, queries of one portion, and people after whom a portion ends: far below the 300 s of its function. */
const QUERY = 100;
const QUERIES = 5;
const PEOPLE = 50;
/** Days after a grace in which a message is still sent that failed at its end. */
const AFTER_GRACE_DAYS = 7;

/** The tokens of a portion: the refused ones, those that expire soon, or all (of one integration) while rules are about to bite. */
const portionSchema = z.object({
  which: z.enum(['refused', 'ending', 'all']),
  integrationId: z.string().optional(),
  /** Of those that expire soon: from when until when. */
  from: z.string().optional(),
  until: z.string().optional(),
  cursor: z.string().optional(),
});
type Portion = z.output<typeof portionSchema>;
const bodySchema = z.object({ portion: portionSchema.optional() }).catch({});

/** Daily: sends people a message, where the site chose so, when their tokens expire or are refused; in portions of a queue. */
export async function startReminding(): Promise<void> {
  await push('reminders', {});
}

/** Queue `reminders`. The first delivery sends admins the news of the integrations' own credentials and hands out the others. May run twice: nobody gets a message twice. */
export async function remindPortion(body: unknown): Promise<void> {
  const { portion } = bodySchema.parse(body ?? {});
  const [[settings, { reminders }], all] = await Promise.all([readAllSettings(), listIntegrations()]);
  if (reminders === 'none') return;
  const integrations = all.filter(({ disabled, disconnecting }) => !disabled && !disconnecting);
  const site = { settings, integrations, now: Date.now() };
  try {
    if (portion === undefined) {
      await remindAdmins(site);
      for (const first of firstPortions(site)) await push('reminders', { portion: first });
      return;
    }
    const next = await remindOwners(site, portion);
    if (next !== undefined) await push('reminders', { portion: next }, { delayInSeconds: PAUSE_SECONDS });
  } catch (thrown) {
    if (!(thrown instanceof MayNotSend)) throw thrown;
    console.error(`Nobody is reminded: ${thrown.message}`);
  }
}

function firstPortions(site: RemindedSite): Portion[] {
  if (rulesAreDue(site)) return [{ which: 'all' }];
  const at = (ms: number) => new Date(site.now + ms).toISOString();
  return [
    { which: 'refused' },
    { which: 'ending', from: at(0), until: at(FIRST_REMINDER_MS) },
    ...site.integrations
      .filter((one) => agesThere(site, one))
      .map(({ id }): Portion => ({ which: 'all', integrationId: id })),
  ];
}

/** Whether each token there has a day of its own by a rule: where nothing expires and an age is asked for. */
function agesThere({ settings }: RemindedSite, integration: Integration): boolean {
  const { neverEnds } = ruledEdition(serviceOf(integration));
  return neverEnds && rulesFor(settings, integration)?.maxDays !== undefined;
}

/** Whether the grace of some rule ends soon or has just ended: where a token is in the order of days says nothing of that. */
function rulesAreDue({ settings, integrations, now }: RemindedSite): boolean {
  return integrations.some((integration) => {
    const rules = rulesFor(settings, integration);
    if (rules === undefined) return false;
    const end = Date.parse(rules.since) + rules.graceDays * DAY_MS;
    return end - now <= FIRST_REMINDER_MS && now - end <= AFTER_GRACE_DAYS * DAY_MS;
  });
}

function rangeOf({ which, from, until }: Portion): RowRange | undefined {
  if (which === 'refused') return { from: due.refused, to: due.refused };
  return which === 'ending' ? { from: from ?? due.firstDay, to: until ?? due.last } : undefined;
}

/** Goes through some tokens; what comes back is where the next portion goes on. */
async function remindOwners(site: RemindedSite, portion: Portion): Promise<Portion | undefined> {
  const range = rangeOf(portion);
  const { integrationId } = portion;
  let { cursor } = portion;
  let sent = 0;
  for (let made = 0; made < QUERIES && sent < PEOPLE; made += 1) {
    const { rows, next } = await pageOfRows({ integrationId, order: range ? 'due' : 'person', range }, cursor, QUERY);
    sent += await remindOf(site, rows);
    if (next === undefined) return undefined;
    cursor = next;
  }
  return { ...portion, cursor };
}

/** Sends the owners of these tokens the news of all their tokens; returns how many owners they were. */
async function remindOf(site: RemindedSite, rows: readonly TokenRow[]): Promise<number> {
  const ending = rows.flatMap((row) => {
    const found = reminderAbout(row, site);
    return found === undefined ? [] : [{ row, reminder: found.reminder }];
  });
  if (ending.length === 0) return 0;
  const stored = await readMany(
    ending.map(({ row }) => ({ key: keys.tokenReminder(row.accountId, row.integrationId) })),
  );
  const untold = ending.filter(({ row, reminder }) =>
    isNews(sentIn(stored, keys.tokenReminder(row.accountId, row.integrationId)), row.id, reminder),
  );
  const people = [...new Set(untold.map(({ row }) => row.accountId))];
  if (people.length === 0) return 0;
  const [news, profiles] = await Promise.all([newsFor(people, site), profilesOf(people)]);
  if (!profiles.ok) throw notNow(profiles.error);
  for (const accountId of people) {
    const profile = profiles.value.get(accountId);
    const theirs = news.get(accountId) ?? [];
    if (profile?.active && theirs.length > 0) await sendMessage(accountId, profile, theirs);
  }
  return people.length;
}
