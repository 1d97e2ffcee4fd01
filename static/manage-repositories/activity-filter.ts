import type { PayloadOf } from '../../src/contract/answers';
import type { PersonView } from '../../src/contract/views';
import type { ActivityAction, ActivityOutcome } from '../../src/domain/activity';

/** An admin's choices; days as they are written in a date field, empty for none. */
export type Filter = {
  person?: PersonView | undefined;
  integrationId?: string | undefined;
  action?: ActivityAction | undefined;
  outcome?: ActivityOutcome | undefined;
  from: string;
  to: string;
};

export const noFilter: Filter = { from: '', to: '' };

export type FilterPayload = PayloadOf<'manage-repositories', 'list-activity'>;

/** The filter as the backend takes it: only what is set, days as instants of the person's own calendar. */
export function payloadOf(
  { person, integrationId, action, outcome, from, to }: Filter,
  timeZone: string,
): FilterPayload {
  const [first, last] = [startOfDay(from, timeZone), startOfDay(to, timeZone, 1)];
  return {
    ...(person && { accountId: person.accountId }),
    ...(integrationId && { integrationId }),
    ...(action && { action }),
    ...(outcome && { outcome }),
    ...(first !== undefined && { from: new Date(first).toISOString() }),
    ...(last !== undefined && { to: new Date(last - 1).toISOString() }),
  };
}

/** When a day (`2027-01-31`, or so many days after it) begins in a time zone, in ms since the epoch; nothing for what is no day. */
function startOfDay(day: string, timeZone: string, daysLater = 0): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 0, date = 0] = parts;
  const midnight = Date.UTC(year, month - 1, date + daysLater);
  if (Number.isNaN(midnight) || year < 1970) return undefined;
  // Asked twice: the offset that counts is the one of the instant looked for, not of midnight in UTC.
  const guess = midnight - offsetAt(midnight, timeZone);
  return midnight - offsetAt(guess, timeZone);
}

/** How far a time zone is ahead of UTC at an instant, in ms. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }); // prettier-ignore
  const of = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = of;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
