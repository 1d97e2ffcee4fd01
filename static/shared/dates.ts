import type { TokenExpiry, TokenHealth } from '../../src/contract/views';
import { isDayOfPerson } from '../../src/domain/token';
import type { MessageKey } from './translate';

/** A person's calendar: a BCP 47 locale and an IANA time zone. */
export type Calendar = { locale: string; timeZone: string };

const DAY_MS = 86_400_000;
const steps = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A day as people write it, `March 12, 2027` in American English. An unreadable instant is returned as it is. */
export function longDate(instant: string, calendar: Calendar): string {
  return format(instant, calendar, { dateStyle: 'long' });
}

/** The same, short enough for a line with other things on it. */
function shortDate(instant: string, calendar: Calendar): string {
  return format(instant, calendar, { dateStyle: 'medium' });
}

function format(instant: string, { locale, timeZone }: Calendar, style: Intl.DateTimeFormatOptions): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: calendarOf(instant, timeZone) }).format(date);
}

function calendarOf(instant: string, timeZone: string): string {
  // It is the same day wherever it is read.
  return isDayOfPerson(instant) ? 'UTC' : timeZone;
}

/** A stretch of time (ms) in the largest unit that is in it; nothing when it is less than a minute. */
export function inUnits(ms: number): { unit: (typeof steps)[number][0]; count: number } | undefined {
  const step = steps.find(([, size]) => ms >= size);
  return step && { unit: step[0], count: Math.trunc(ms / step[1]) };
}

/** The distance of an instant from `now` (ms), in words: `in 5 minutes`. Nothing when it is less than a minute. */
export function fromNow(instant: string, now: number, { locale }: Calendar): string | undefined {
  const ahead = inUnits(Date.parse(instant) - now);
  return ahead && new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(ahead.count, ahead.unit);
}

/** Full days until an instant, counted in the person's calendar: 0 is today. Negative when it has passed. */
export function daysUntil(instant: string, now: number, { timeZone }: Calendar): number {
  const day = (time: number, calendar: string) =>
    Date.parse(
      `${new Intl.DateTimeFormat('en-CA', { timeZone: calendar, dateStyle: 'short' }).format(time)}T00:00:00Z`,
    ) / DAY_MS;
  return day(Date.parse(instant), calendarOf(instant, timeZone)) - day(now, timeZone);
}

/** Days until an instant that is far enough away for one more or less: to the nearest, with no calendar and so without its tables. */
function aboutDays(instant: string, now: number): number {
  const days = (Date.parse(instant) - now) / DAY_MS;
  return isDayOfPerson(instant) ? Math.floor(days) : Math.round(days);
}

type End = { key: Extract<MessageKey, `end.${string}`>; params: Record<string, string | number> };

/**
 * When a token ends, as the key of a few words and their values; `service` is for the caller to add. In days, however far it is: a
 * date would take a page 20 ms (Chromium), for the browser's tables of dates are read with the first one.
 */
export function endOfToken(
  token: { expiresAt: TokenExpiry; health: TokenHealth },
  now: number,
  calendar: Calendar,
): End {
  const { health, expiresAt } = token;
  if (health === 'rejected') return { key: 'end.rejected', params: {} };
  if (expiresAt === 'never' || expiresAt === 'unknown') return { key: `end.${expiresAt}`, params: {} };
  if (health === 'ended' || Date.parse(expiresAt) <= now)
    return { key: 'end.ended', params: { date: shortDate(expiresAt, calendar) } };
  const about = aboutDays(expiresAt, now);
  if (about > 365) return { key: 'end.far', params: {} };
  if (about > 8) return { key: 'end.days', params: { days: about } };
  const days = daysUntil(expiresAt, now, calendar);
  if (days === 0) return { key: 'end.today', params: {} };
  if (days === 1) return { key: 'end.tomorrow', params: {} };
  return { key: days <= 7 ? 'end.soon' : 'end.days', params: { days } };
}
