import type { TokenExpiry } from './token';
import type { Standing } from './token-rules';

/** Where people learn that a token needs them, outside of our pages: in a notification of Jira's about an issue, or nowhere. */
export const reminderChannels = ['issue', 'none'] as const;
export type ReminderChannel = (typeof reminderChannels)[number];

/** The messages about a token, each sent once: that it works for so many days yet, then that it is refused. */
export const reminderSteps = ['30-days', '7-days', '1-day', 'refused'] as const;
export type ReminderStep = (typeof reminderSteps)[number];

const daysOf: Readonly<Record<Exclude<ReminderStep, 'refused'>, number>> = { '30-days': 30, '7-days': 7, '1-day': 1 };
const DAY_MS = 86_400_000;
/** No message is sent while the end is further away. */
export const FIRST_REMINDER_MS = daysOf['30-days'] * DAY_MS;

/** `why`: the service refuses it, it expires, or a rule of an admin's admits it no more. `at`: when, as ISO. */
export type Reminder = { step: ReminderStep; why: 'refused' | 'expires' | 'rule'; at: string };

/**
 * The message that is due for a token at `now` (ms since the epoch); nothing while its end is far. The end is when it expires or when a rule
 * admits it no more, whichever comes first. The last message about its expiry is sent before it expires.
 */
export function reminderOf(
  { expiresAt, rejectedAt }: { expiresAt?: TokenExpiry | undefined; rejectedAt?: string | undefined },
  standing: Standing | undefined,
  now: number,
): Reminder | undefined {
  if (rejectedAt !== undefined) return { step: 'refused', why: 'refused', at: rejectedAt };
  const expires = Date.parse(expiresAt ?? '');
  const isByRule = standing !== undefined && !(expires <= Date.parse(standing.until));
  const at = isByRule ? standing.until : (expiresAt ?? '');
  const left = Date.parse(at) - now;
  const why = isByRule ? 'rule' : 'expires';
  if (left <= 0) return isByRule ? { step: 'refused', why, at } : undefined;
  const step = (['1-day', '7-days', '30-days'] as const).find((one) => left <= daysOf[one] * DAY_MS);
  return step && { step, why, at };
}

/** The last message about the token (or credential) with that id. */
export type Sent = { id: string; step: ReminderStep; at: string };

/** Whether a reminder says something new. A new end begins anew; a refusal is reported once. */
export function isNews(sent: Sent | undefined, id: string, { step, at }: Reminder): boolean {
  if (sent === undefined || sent.id !== id) return true;
  if (sent.step === 'refused' || step === 'refused') return sent.step !== step;
  return sent.at !== at || reminderSteps.indexOf(step) > reminderSteps.indexOf(sent.step);
}
