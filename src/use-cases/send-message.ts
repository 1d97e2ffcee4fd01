import type { Sent } from '../domain/reminder';
import { notifyAbout } from '../jira/notify';
import type { JiraProblem } from '../jira/ask';
import type { Profile } from '../jira/profiles';
import type { SendingProblem } from '../jira/send';
import { pageOfActivity } from '../store/activity';
import { giveDayBack, takeDay, writeSent } from '../store/reminders';
import { NotNow } from './later';
import { dayOf, reminderText, type Line } from './reminder-texts';

/** A message: its line, and the value under its key, before and after. */
export type News = { key: string; before: Sent | undefined; sent: Sent; line: Line };

/** The site sends no messages, or has not let the app send them: nobody gets a message today. */
export class MayNotSend extends Error {
  override name = 'MayNotSend' as const;
}

/** Notes that are looked through for the issue somebody worked on last, and issues that are tried. */
const NOTES = 50;
const ISSUES = 3;

/**
 * Sends a person all of it in one message, at most once and at most one message on their day. It is stored before it is
 * sent. A crash between the two loses the message, which the pages show all the same; the other order would send it twice. A message that Jira
 * definitely did not send is taken back where a later attempt may succeed. False: there is no issue for it, or they got one today.
 */
export async function sendMessage(
  accountId: string,
  profile: Profile,
  news: readonly News[],
  others: readonly Line[] = [],
): Promise<boolean> {
  const issues = await issuesOf(accountId);
  const day = dayOf(profile, Date.now());
  if (issues.length === 0 || !(await takeDay(accountId, day))) return false;
  await writeSent(news.map(({ key, sent }) => [key, sent] as const));
  const lines = [...others, ...news.map(({ line }) => line)];
  for (const issueKey of issues) {
    const sent = await notifyAbout(issueKey, { accountId, ...(await reminderText(lines, issueKey, profile)) });
    if (sent.ok) return true;
    // The issue is gone, or Jira cannot send to this person about it.
    if (sent.error.code === 'ISSUE_NOT_FOUND' || sent.error.code === 'refused') continue;
    if (!isDefinite(sent.error)) return true;
    await writeSent(news.map(({ key, before }) => [key, before] as const));
    await giveDayBack(accountId, day);
    throw sent.error.code === 'not-allowed'
      ? new MayNotSend('Jira does not let the app send messages')
      : notNow(sent.error);
  }
  return true;
}

/** Whether nothing was sent for sure: Jira demanded a pause, or the app may not. An answer that was lost may have been sent. */
function isDefinite({ code }: SendingProblem): boolean {
  return code === 'JIRA_LIMITED' || code === 'not-allowed';
}

/** Puts the work off until Jira answers again. */
export function notNow(problem: SendingProblem | JiraProblem): NotNow {
  return problem.code === 'JIRA_LIMITED'
    ? new NotNow('Jira asks to wait', Math.ceil((Date.parse(problem.retryAt) - Date.now()) / 1000))
    : new NotNow('Jira gave no answer');
}

/** The issues they worked on last from here, the latest first. */
async function issuesOf(accountId: string): Promise<string[]> {
  const { entries } = await pageOfActivity({ accountId }, undefined, NOTES);
  const own = entries.filter((entry) => entry.accountId === accountId).flatMap(({ issueKey }) => issueKey ?? []);
  return [...new Set(own)].slice(0, ISSUES);
}
