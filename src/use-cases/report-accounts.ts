import { privacy } from '@forge/api';
import { forgetAccount, noteAsked, someAccounts, type Account } from '../store/accounts';
import { integrationsWithTokenOf, removeToken } from '../store/tokens';

/** Atlassian wants every account reported at least every 7 days; this runs daily, so 6 is the last day that is early enough. */
const CYCLE_MS = 6 * 86_400_000;
/** Accounts in one report (Atlassian, "Privacy API"). `reportPersonalData` sends longer lists all at once, so it gets none. */
const REPORT = 90;
/** How long one run works (ms); the function may take 300 s. What is left is due the next day. */
const SLICE_MS = 200_000;

/**
 * Asks Atlassian which of the people of whom something is kept have closed their account, and erases what was theirs. One
 * report after the other. Who was asked about is noted after each report, so a run that was cut off goes on where it was.
 */
export async function reportAccounts(): Promise<void> {
  const started = Date.now();
  const due = await dueAccounts(started);
  for (let start = 0; start < due.length && Date.now() - started < SLICE_MS; start += REPORT) {
    const accounts = due.slice(start, start + REPORT);
    const closed = await closedAmong(accounts);
    for (const accountId of closed) await eraseAccount(accountId);
    await keepOrForget(accounts.filter(({ accountId }) => !closed.has(accountId)));
  }
}

async function closedAmong(accounts: readonly Account[]): Promise<ReadonlySet<string>> {
  // Nothing that could have changed is kept of them, so what is kept is as good as new.
  const report = accounts.map(({ accountId }) => ({ accountId, updatedAt: new Date().toISOString() }));
  const answers = await privacy.reportPersonalData(report).catch((refused: unknown) => {
    // What it rejects with is the answer itself, which a log would show whole.
    throw new Error(`The report was refused: ${refused instanceof Response ? refused.status : 'no answer'}`);
  });
  return new Set(answers.filter(({ status }) => status === 'closed').map(({ accountId }) => accountId));
}

async function dueAccounts(now: number): Promise<Account[]> {
  const due: Account[] = [];
  let cursor: string | undefined;
  do {
    const page = await someAccounts(cursor);
    due.push(...page.accounts.filter(({ askedAt }) => now - Date.parse(askedAt) >= CYCLE_MS));
    cursor = page.next;
  } while (cursor !== undefined);
  return due;
}

/** Erases everything that is kept of a person. May run twice. */
async function eraseAccount(accountId: string): Promise<void> {
  for (const integrationId of await integrationsWithTokenOf(accountId)) await removeToken(accountId, integrationId);
  await forgetAccount(accountId);
}

/** Of people without any token nothing needs to be known any more. */
async function keepOrForget(accounts: readonly Account[]): Promise<void> {
  const kept: string[] = [];
  for (const { accountId } of accounts) {
    if ((await integrationsWithTokenOf(accountId)).length > 0) kept.push(accountId);
    else {
      await forgetAccount(accountId);
      // A token saved in this moment would be one whose owner is never asked about.
      if ((await integrationsWithTokenOf(accountId)).length > 0) kept.push(accountId);
    }
  }
  await noteAsked(kept, new Date().toISOString());
}
