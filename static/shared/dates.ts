import type { TokenExpiry, TokenHealth } from '../../src/contract/views';
import type { MessageKey } from './translate';

/** Whose calendar: a BCP 47 locale and an IANA time zone. */
export type Place = { locale: string; timeZone: string };

const DAY_MS = 86_400_000;
const steps = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A day as people write it, `March 12, 2027` in American English. An unreadable instant is returned as it is. */
export function longDate(instant: string, place: Place): string {
  return format(instant, place, { dateStyle: 'long' });
}

/** The same, short enough for a line with other things on it. */
export function shortDate(instant: string, place: Place): string {
  return format(instant, place, { dateStyle: 'medium' });
}

function format(instant: string, { locale, timeZone }: Place, style: Intl.DateTimeFormatOptions): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: calendarOf(instant, timeZone) }).format(date);
}

/** A day that a person typed is kept as its last second in UTC: it is the same day wherever it is read. */
function calendarOf(instant: string, timeZone: string): string {
  return instant.endsWith('T23:59:59.000Z') ? 'UTC' : timeZone;
}

/** How far an instant is from `now` (ms), in words: `2 hours ago`, `in 5 minutes`. Nothing when it is less than a minute away. */
export function fromNow(instant: string, now: number, { locale }: Place): string | undefined {
  const distance = Date.parse(instant) - now;
  const step = steps.find(([, size]) => Math.abs(distance) >= size);
  if (!step) return undefined;
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(distance / step[1]), step[0]);
}

/** Full days until an instant, counted in the person's calendar: 0 is today. Negative when it has passed. */
export function daysUntil(instant: string, now: number, { timeZone }: Place): number {
  const day = (time: number, calendar: string) =>
    Date.parse(
      `${new Intl.DateTimeFormat('en-CA', { timeZone: calendar, dateStyle: 'short' }).format(time)}T00:00:00Z`,
    ) / DAY_MS;
  return day(Date.parse(instant), calendarOf(instant, timeZone)) - day(now, timeZone);
}

/** What a sentence about an end asks a calendar for. */
export type Calendar = { date: (instant: string) => string; daysUntil: (instant: string, now: number) => number };

/** The person's own calendar. */
export function calendarAt(place: Place): Calendar {
  return {
    date: (instant) => shortDate(instant, place),
    daysUntil: (instant, now) => daysUntil(instant, now, place),
  };
}

/**
 * A calendar that needs no date format, of which a browser's first takes 20 ms: as wide as the right one, not to be shown. It may be
 * a day off.
 */
export function roomAt({ locale }: Pick<Place, 'locale'>): Calendar {
  return {
    date: (instant) => {
      const [, month = '', day, year = ''] = new Date(instant).toDateString().split(' ');
      return locale.startsWith('de') ? `00.00.${year}` : `${month} ${Number(day)}, ${year}`;
    },
    daysUntil: (instant, now) => Math.floor(Date.parse(instant) / DAY_MS) - Math.floor(now / DAY_MS),
  };
}

type EndKey = Extract<MessageKey, `end.${string}`>;

/** When a token ends, as the key of a sentence and its values. `service` is for the caller to add. */
export function endOfToken(
  token: { expiresAt: TokenExpiry; health: TokenHealth },
  now: number,
  calendar: Calendar,
): { key: EndKey; params: Record<string, string | number> } {
  if (token.health === 'rejected') return { key: 'end.rejected', params: {} };
  const { expiresAt } = token;
  if (expiresAt === 'never' || expiresAt === 'unknown') return { key: `end.${expiresAt}`, params: {} };
  const isOver = token.health === 'ended' || Date.parse(expiresAt) <= now;
  if (isOver || token.health !== 'ending-soon')
    return { key: isOver ? 'end.ended' : 'end.on', params: { date: calendar.date(expiresAt) } };
  const days = calendar.daysUntil(expiresAt, now);
  if (days === 0) return { key: 'end.today', params: {} };
  if (days === 1) return { key: 'end.days.one', params: { days } };
  return { key: days <= 7 ? 'end.days.week' : 'end.days.other', params: { days } };
}
