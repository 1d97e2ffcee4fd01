/** What a call of one person counts as: something is written or stored for them, or they look. */
export type PaceKind = 'act' | 'look';

const MINUTE_MS = 60_000;

/**
 * Calls of one person in a minute: far more than anybody makes who looks at what they do, and so few that Forge's limits leave room for
 * everybody else (`npm run bench -- --only=busy-site`).
 */
const MOST: Readonly<Record<PaceKind, number>> = { act: 120, look: 300 };

/** What was counted in one minute, by one of several counters. */
export type Pace = { minute: number } & Record<PaceKind, number>;

/** The minute of an instant, both in their own count since 1970. */
export function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}

/** When the next minute begins, as an ISO instant. */
export function endOfMinute(minute: number): string {
  return new Date((minute + 1) * MINUTE_MS).toISOString();
}

/** How many calls the counters have seen in a minute. */
export function counted(counters: readonly Pace[], kind: PaceKind, minute: number): number {
  return counters.filter((one) => one.minute === minute).reduce((sum, one) => sum + one[kind], 0);
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
  const step = Math.max(1, Math.floor(calls / 8));
  return chance * step < 1 ? step : 0;
}
