import type { ActivityAction } from '../domain/activity';
import { rejectsCredential } from '../domain/errors';
import { serviceOf, type Integration } from '../domain/integration';
import { isNews, reminderOf } from '../domain/reminder';
import { isAdminAccount } from '../jira/permissions';
import { profilesOf } from '../jira/profiles';
import { pageOfActivity } from '../store/activity';
import { keys } from '../store/keys';
import { credentialRefusedIn, forgetCredentialRefused, sentIn, writeSent } from '../store/reminders';
import { readMany } from '../store/token-rows';
import { connectAsItself } from './connect';
import { NotNow } from './later';
import { MayNotSend, notNow, sendMessage, type News } from './send-message';
import { newsFor, type RemindedSite } from './token-news';

/** Admins who get a message, and records that are searched for them, 100 at a time. */
const ADMINS = 5;
const QUERY = 100;
const QUERIES = 10;

/** Acts that only admins do. Jira names no admins to an app, so those who decided something here lately are looked up. */
const byAdmins: readonly ActivityAction[] = [
  'add-integration',
  'update-integration',
  'require-tokens',
  'stop-requiring-tokens',
  'enable-integration',
  'disable-integration',
  'save-site-settings',
  'remove-person-token',
];

/**
 * Sends admins a message about integration accounts whose credential expires or is refused, once for each step, together with the news of
 * their own tokens. Where none of them could get it, it is tried again the next day.
 */
export async function remindAdmins(site: RemindedSite): Promise<void> {
  const news = await credentialNews(site);
  if (news.length === 0) return;
  const admins = await adminsLately();
  const [profiles, own] = await Promise.all([profilesOf(admins), newsFor(admins, site)]);
  if (!profiles.ok) throw notNow(profiles.error);
  // Stored before the first message is sent, like every message.
  await writeSent(news.map(({ key, sent }) => [key, sent] as const));
  const lines = news.map(({ line }) => line);
  let sent = 0;
  try {
    for (const accountId of admins) {
      const profile = profiles.value.get(accountId);
      if (profile?.active && (await sendMessage(accountId, profile, own.get(accountId) ?? [], lines))) sent += 1;
    }
  } catch (thrown) {
    if (!(thrown instanceof NotNow || thrown instanceof MayNotSend)) throw thrown;
    // Nobody gets it twice; the pages show it to the others.
    if (sent > 0) return;
    await writeSent(news.map(({ key, before }) => [key, before] as const));
    throw thrown;
  }
  if (sent === 0) await writeSent(news.map(({ key, before }) => [key, before] as const));
}

async function credentialNews({ integrations, now }: RemindedSite): Promise<News[]> {
  const found = await readMany(
    integrations.flatMap(({ id }) => [{ key: keys.credentialReminder(id) }, { key: keys.credentialRefused(id) }]),
  );
  const news = await Promise.all(
    integrations.map(async (integration): Promise<News[]> => {
      const { id, credentialId, account, expiresAt } = integration;
      const seen = credentialRefusedIn(found, integration);
      const rejectedAt = seen !== undefined && (await isAcceptedAgain(integration)) ? undefined : seen;
      const reminder = reminderOf({ expiresAt, rejectedAt }, undefined, now);
      const key = keys.credentialReminder(id);
      const before = sentIn(found, key);
      if (reminder === undefined || !isNews(before, credentialId, reminder)) return [];
      const sent = { id: credentialId, step: reminder.step, at: reminder.at };
      return [{ key, before, sent, line: { integration, login: account, isAccount: true, reminder } }];
    }),
  );
  return news.flat();
}

/** Whether the service takes a credential that it refused before. Silence says nothing. */
async function isAcceptedAgain(integration: Integration): Promise<boolean> {
  const connected = await connectAsItself({ integration, service: serviceOf(integration) });
  if (!connected.ok) return false;
  const { provider, connection } = connected.value;
  const checked = await provider.checkToken(connection);
  if (!checked.ok && rejectsCredential(checked.error)) return false;
  if (checked.ok) await forgetCredentialRefused(integration.id);
  return checked.ok;
}

/** Account ids of those who decided something here lately and are admins still. */
async function adminsLately(): Promise<string[]> {
  const found = new Set<string>();
  let cursor: string | undefined;
  for (let made = 0; made < QUERIES && found.size < ADMINS; made += 1) {
    const { entries, next } = await pageOfActivity({}, cursor, QUERY);
    for (const { action, accountId } of entries)
      if (accountId !== undefined && byAdmins.includes(action)) found.add(accountId);
    if (next === undefined) break;
    cursor = next;
  }
  const asked = await Promise.all(
    [...found].slice(0, ADMINS).map(async (id) => {
      const admin = await isAdminAccount(id);
      return admin.ok && admin.value ? [id] : [];
    }),
  );
  return asked.flat();
}
