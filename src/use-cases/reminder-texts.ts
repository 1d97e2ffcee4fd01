import type { Integration } from '../domain/integration';
import { serviceOf } from '../domain/integration';
import type { Reminder } from '../domain/reminder';
import { isDayOfPerson } from '../domain/token';
import type { Profile } from '../jira/profiles';
import { languageFor, languages } from '../languages';
import type { MessageKey } from '../messages';

/** One token, or an integration account's credential, that a message is about. */
export type Line = {
  integration: Integration;
  /** Its account, at the service. */
  login: string;
  isAccount: boolean;
  reminder: Reminder;
};

/**
 * A message in the person's language, its dates in their calendar. Names that others chose are text in it, never markup. Its
 * sentences have no plurals or selects, as those of the pages may: the backend has no part of ICU.
 */
export async function reminderText(
  lines: readonly Line[],
  issueKey: string,
  { locale, timeZone }: Pick<Profile, 'locale' | 'timeZone'>,
): Promise<{ subject: string; text: string; html: string }> {
  const language = languageFor(locale);
  const place = { locale: language.locale, timeZone: zoneOf(timeZone) };
  const sentences: Readonly<Record<MessageKey, string>> = (await languages[language.key]()).default;
  const say = (key: MessageKey, params: Readonly<Record<string, string>> = {}) =>
    sentences[key].replace(/\{(\w+)\}/g, (written, name: string) => params[name] ?? written);
  const told = lines.map((line) => lineOf(line, say, place));
  const next = [
    ...(lines.some(({ isAccount }) => !isAccount) ? [say('reminder.own', { page: say('settings.heading') })] : []),
    ...(lines.some(({ isAccount }) => isAccount) ? [say('reminder.account', { page: say('admin.heading') })] : []),
    say('reminder.reason', { issue: issueKey }),
  ];
  const list = told.map((line) => `<li>${escaped(line)}</li>`).join('');
  return {
    subject: say('reminder.subject'),
    text: [...told.map((line) => `- ${line}`), '', ...next].join('\n'),
    html: `<ul>${list}</ul>${next.map((line) => `<p>${escaped(line)}</p>`).join('')}`,
  };
}

type Say = (key: MessageKey, params?: Readonly<Record<string, string>>) => string;

function lineOf(
  { integration, login, isAccount, reminder: { step, why, at } }: Line,
  say: Say,
  place: { locale: string; timeZone: string },
): string {
  const { edition } = serviceOf(integration);
  const named = {
    integration: integration.name,
    service: edition.name,
    login,
    date: dayIn(at, place, { dateStyle: 'long' }),
  };
  if (isAccount) return say(why === 'refused' ? 'reminder.account.refused' : 'reminder.account.expires', named);
  if (why === 'refused') return say('reminder.refused', named);
  if (why === 'expires') return say('reminder.expires', named);
  return say(step === 'refused' ? 'reminder.rule.over' : 'reminder.rule', named);
}

/** A person's day, `2027-01-31`. */
export function dayOf({ timeZone }: Pick<Profile, 'timeZone'>, now: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zoneOf(timeZone), dateStyle: 'short' }).format(now);
}

function dayIn(
  instant: string,
  { locale, timeZone }: { locale: string; timeZone: string },
  style: Intl.DateTimeFormatOptions,
): string {
  const zone = isDayOfPerson(instant) ? 'UTC' : timeZone;
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: zone }).format(new Date(instant));
}

function zoneOf(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timeZone ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}
