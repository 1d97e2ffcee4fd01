import { rulesFor, serviceOf, type Integration, type SiteSettings } from '../domain/integration';
import { isNews, reminderOf, type Reminder } from '../domain/reminder';
import { standingOf } from '../domain/token-rules';
import { keys } from '../store/keys';
import { sentIn } from '../store/reminders';
import { readMany, rowEntry, rowIn, type TokenRow } from '../store/token-rows';
import type { News } from './send-message';
import { ruledEdition } from './token-rules';

/** The data that all messages of one time share. `integrations`: those in use. */
export type RemindedSite = { settings: SiteSettings; integrations: readonly Integration[]; now: number };

/** The messages that are due for all tokens of these people. */
export async function newsFor(
  people: readonly string[],
  site: RemindedSite,
): Promise<ReadonlyMap<string, readonly News[]>> {
  const pairs = people.flatMap((accountId) => site.integrations.map(({ id }) => ({ accountId, integrationId: id })));
  const found = await readMany(
    pairs.flatMap((of) => [rowEntry(of), { key: keys.tokenReminder(of.accountId, of.integrationId) }]),
  );
  const news = pairs.flatMap((of): { accountId: string; one: News }[] => {
    const row = rowIn(found, of);
    const about = row && reminderAbout(row, site);
    if (row === undefined || about === undefined) return [];
    const { integration, reminder } = about;
    const key = keys.tokenReminder(of.accountId, of.integrationId);
    const before = sentIn(found, key);
    if (!isNews(before, row.id, reminder)) return [];
    const sent = { id: row.id, step: reminder.step, at: reminder.at };
    const line = { integration, login: row.login, isAccount: false, reminder };
    return [{ accountId: of.accountId, one: { key, before, sent, line } }];
  });
  const byPerson = Map.groupBy(news, ({ accountId }) => accountId);
  return new Map([...byPerson].map(([accountId, theirs]) => [accountId, theirs.map(({ one }) => one)]));
}

/** The message about a token, whether or not it was sent. */
export function reminderAbout(
  row: TokenRow,
  { settings, integrations, now }: RemindedSite,
): { integration: Integration; reminder: Reminder } | undefined {
  const integration = integrations.find(({ id }) => id === row.integrationId);
  if (integration === undefined) return undefined;
  const standing = standingOf(row, rulesFor(settings, integration), ruledEdition(serviceOf(integration)));
  const reminder = reminderOf(row, standing, now);
  return reminder && { integration, reminder };
}
