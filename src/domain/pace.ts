/** The kind of a call of one person: an act that writes or stores, or a look. */
export type PaceKind = 'act' | 'look';

const MINUTE_MS = 60_000;

/**
 * Calls of one person in a minute: far more than anybody makes who looks at what they do, and so few that Forge's limits leave room for
 * everybody else (`npm run bench -- --only=busy-site`).
 */
const MOST: Readonly<Record<PaceKind, number>> = { act: 60, look: 200 };

/** The count of one minute and of the one before, by one of several counters. */
export type Pace = { minute: number; before?: Record<PaceKind, number> | undefined } & Record<PaceKind, number>;

/** The minute of an instant, both in their own count since 1970. */
export function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}

/** A counter for the minute of an instant. Its count of the minute before belongs to the last 60 s as well. */
export function inMinute(counter: Pace | undefined, ms: number): Pace {
  const minute = minuteOf(ms);
  if (counter?.minute === minute) return counter;
  const { act = 0, look = 0 } = counter?.minute === minute - 1 ? counter : {};
  return { minute, act: 0, look: 0, before: { act, look } };
}

/** How many calls the counters have seen in the 60 s before an instant: those of the minute before as if they had come evenly. */
export function counted(counters: readonly Pace[], kind: PaceKind, ms: number): number {
  const share = 1 - (ms % MINUTE_MS) / MINUTE_MS;
  return counters
    .map((one) => inMinute(one, ms))
    .reduce((sum, one) => sum + one[kind] + (one.before?.[kind] ?? 0) * share, 0);
}

/** When there is room for one more call, as an ISO instant: in two minutes nothing is left that was counted. */
export function roomAt(counters: readonly Pace[], kind: PaceKind, ms: number): string {
  let at = ms;
  while (isTooMany(counted(counters, kind, at), kind)) at += 1_000;
  return new Date(at).toISOString();
}

/** Whether so many calls are as many as one person may make. */
export function isTooMany(calls: number, kind: PaceKind): boolean {
  return calls >= MOST[kind];
}

/**
 * For how many calls the next one counts: the more there were, the fewer are counted and the more each counts for. So calls that come all
 * at once, and see the same counters, are not lost, and little is written. `chance`: from 0 to 1.
 */
export function weightOf(calls: number, chance: number): number {
  const step = Math.max(1, Math.floor(calls / 16));
  return chance * step < 1 ? step : 0;
}
