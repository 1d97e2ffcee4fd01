import { privacy } from '@forge/api';
import { forgetAccount, storeAskedAt, someAccounts } from '../store/accounts';
import { forgetInActivity, peopleInActivity } from '../store/activity';
import { forgetAtIntegrations } from '../store/acted-without';
import { forgetLeaver } from '../store/leavers';
import { forgetReminded } from '../store/reminders';
import { listIntegrations } from '../store/integrations';
import { forgetDefaults, listDefaults } from '../store/defaults';
import { reportedBy } from '../store/development';
import { integrationsWithTokenOf, removeToken } from '../store/tokens';
import { eraseFromDevelopment } from './erase-from-development';

/** Atlassian wants every account reported at least every 7 days; this runs daily, so 6 is the last day that is early enough. */
const CYCLE_MS = 6 * 86_400_000;
/** Accounts in one report (Atlassian, "Privacy API"). `reportPersonalData` sends longer lists all at once, so it gets none. */
const REPORT = 90;
/** How long one run works (ms); the function may take 300 s. The rest is due the next day. */
const SLICE_MS = 200_000;

/**
 * Asks Atlassian which of the people about whom something is stored have closed their account, and erases their data. One
 * report after the other. The date of the answer is stored after each report, so a run that was cut off goes on where it was.
 */
export async function reportAccounts(): Promise<void> {
  const started = Date.now();
  const end = started + SLICE_MS;
  const recorded = new Set((await peopleInActivity()).map(({ accountId }) => accountId));
  const due = await dueAccounts(started, recorded);
  for (let start = 0; start < due.length && Date.now() < end; start += REPORT) {
    const accounts = due.slice(start, start + REPORT);
    const closed = await closedAmong(accounts);
    for (const accountId of closed) await eraseAccount(accountId, end);
    await keepOrForget(
      accounts.filter((accountId) => !closed.has(accountId)),
      recorded,
    );
  }
}

async function closedAmong(accounts: readonly string[]): Promise<ReadonlySet<string>> {
  // Nothing that could have changed is stored of them, so the data are as good as new.
  const report = accounts.map((accountId) => ({ accountId, updatedAt: new Date().toISOString() }));
  const answers = await privacy.reportPersonalData(report).catch((refused: unknown) => {
    // It rejects with the answer itself, which a log would show whole.
    throw new Error(`The report was refused: ${refused instanceof Response ? refused.status : 'no answer'}`);
  });
  return new Set(answers.filter(({ status }) => status === 'closed').map(({ accountId }) => accountId));
}

/** People without an answer of this cycle, and people who never had one: some are in the activity alone. */
async function dueAccounts(now: number, recorded: ReadonlySet<string>): Promise<string[]> {
  const due = new Set(recorded);
  let cursor: string | undefined;
  do {
    const page = await someAccounts(cursor);
    for (const { accountId, askedAt } of page.accounts)
      if (now - Date.parse(askedAt) >= CYCLE_MS) due.add(accountId);
      else due.delete(accountId);
    cursor = page.next;
  } while (cursor !== undefined);
  return [...due];
}

/**
 * Erases everything that is stored of a person: tokens and defaults whole, and the account out of the activity. May run twice. What
 * is left at `deadline` (ms since the epoch) is due the next day.
 */
async function eraseAccount(accountId: string, deadline: number): Promise<void> {
  for (const integrationId of await integrationsWithTokenOf(accountId)) await removeToken(accountId, integrationId);
  await forgetDefaults(accountId);
  await forgetLeaver(accountId);
  await forgetReminded(accountId);
  const isForgotten = await eraseFromDevelopment(accountId, deadline);
  await forgetAtIntegrations(
    accountId,
    (await listIntegrations()).map(({ id }) => id),
  );
  if ((await forgetInActivity(accountId, deadline)) && isForgotten) await forgetAccount(accountId);
}

/** Forgets people without a token, a default or a record of the activity. */
async function keepOrForget(accounts: readonly string[], recorded: ReadonlySet<string>): Promise<void> {
  const stored: string[] = [];
  for (const accountId of accounts) {
    if (recorded.has(accountId) || (await hasStored(accountId))) stored.push(accountId);
    else {
      await forgetAccount(accountId);
      // A token that is saved in this moment would belong to somebody whom no report includes.
      if (await hasStored(accountId)) stored.push(accountId);
    }
  }
  await storeAskedAt(stored, new Date().toISOString());
}

async function hasStored(accountId: string): Promise<boolean> {
  const stored = await Promise.all([
    integrationsWithTokenOf(accountId),
    listDefaults(accountId),
    reportedBy(accountId),
  ]);
  return stored.some((some) => some.length > 0);
}
