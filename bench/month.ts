import { randomFrom } from '../rig/index.ts';
import { readData, usesOf, type Limits, type Use, type Workday } from './cost.ts';
import type { Figure } from './figures.ts';
import type { Trace } from './rounds.ts';
import { sum } from './storage.ts';

/** People of 20 sites, 2,000 in all, in one time zone: all are busy in the same hour. */
const SITES = [500, 300, 200, 150, 120, 100, 90, 80, 70, 60, 55, 50, 45, 40, 35, 30, 25, 20, 18, 12];
/** Minutes of a day of work, and when its busiest hour and minute are. */
const DAY = 8 * 60;
const BUSY_HOUR = 60;
const BUSY_MINUTE = 75;
/** How often refused people come back, each time one to three minutes later. */
const TRIES = 10;

type Wish = { site: number; use: Use; minute: number; asked: number; tries: number };

/** The part of an action that a limit counts. */
const counted: Readonly<Record<string, (use: Use) => number>> = {
  invocations: () => 1,
  'kvs-requests': (use) => use.kvsRequests,
  'kvs-read-units': (use) => use.readUnits,
  'kvs-write-units': (use) => use.writeUnits,
  'queue-events': (use) => use.events,
  'outbound-requests': (use) => use.outbound,
  'jira-points': (use) => use.jiraPoints,
};

/** A random number of events with the average `mean` (Knuth; for small means: e to the minus 745 is 0). */
function often(mean: number, random: () => number): number {
  let count = -1;
  for (let left = 1; left > Math.exp(-mean); left *= random()) count += 1;
  return count;
}

function minuteOf({ shareOfBusiestMinute, shareOfBusiestHour }: Workday, random: () => number): number {
  const drawn = random();
  if (drawn < shareOfBusiestMinute) return BUSY_MINUTE;
  if (drawn < shareOfBusiestHour) return BUSY_HOUR + Math.floor(random() * 60);
  const other = Math.floor(random() * (DAY - 60));
  return other < BUSY_HOUR ? other : other + 60;
}

/** Everybody's calls of one day. */
function drawDay(uses: ReadonlyMap<string, Use>, workday: Workday, random: () => number): Wish[] {
  return SITES.flatMap((people, site) =>
    Object.entries(workday.actions).flatMap(([action, mean]) => {
      const use = uses.get(action);
      if (use === undefined) throw new Error(`${action} was not measured`);
      const times = sum(Array.from({ length: people }), () => often(mean, random));
      return Array.from({ length: times }, () => {
        const minute = minuteOf(workday, random);
        return { site, use, minute, asked: minute, tries: 0 };
      });
    }),
  );
}

/** The limits that an action counts for, each with its window: a minute of a site or of the app, or an hour of the app. */
function windowsOf({ aMinute, anHour }: Limits, { site, minute, use }: Wish) {
  const hour = Math.floor(minute / 60);
  return [
    ...Object.entries(aMinute).map(
      ([name, { limit, of }]) => [name, limit, `${name} ${minute} ${of.startsWith('the app') ? 'all' : site}`] as const,
    ),
    ...Object.entries(anHour).map(([name, { limit }]) => [name, limit, `${name} ${hour} all`] as const),
  ].map(([name, limit, window]) => ({ name, limit, window, takes: counted[name]?.(use) ?? NaN }));
}

type Totals = ReturnType<typeof newTotals>;
const newTotals = () => ({
  actions: 0,
  refused: 0,
  'not-done': 0,
  'longest-wait': 0,
  events: 0,
  'function-time': 0,
  peaks: new Map<string, number>(),
});

function playDay(wishes: readonly Wish[], limits: Limits, random: () => number, totals: Totals): void {
  const used = new Map<string, number>();
  const waiting = Map.groupBy(wishes, ({ minute }) => minute);
  for (let minute = 0; minute < DAY + 3 * TRIES; minute += 1)
    for (const wish of waiting.get(minute) ?? []) {
      const windows = windowsOf(limits, wish).map((one) => ({ ...one, now: (used.get(one.window) ?? 0) + one.takes }));
      if (windows.some(({ limit, now }) => now > limit)) {
        totals.refused += 1;
        if (wish.tries + 1 >= TRIES) totals['not-done'] += 1;
        else {
          const again = minute + 1 + Math.floor(random() * 3);
          waiting.set(again, [...(waiting.get(again) ?? []), { ...wish, minute: again, tries: wish.tries + 1 }]);
        }
        continue;
      }
      for (const { name, limit, window, now } of windows) {
        used.set(window, now);
        totals.peaks.set(name, Math.max(totals.peaks.get(name) ?? 0, now / limit));
      }
      totals.actions += 1;
      totals.events += wish.use.events;
      totals['function-time'] += wish.use.gbSeconds;
      totals['longest-wait'] = Math.max(totals['longest-wait'], minute - wish.asked);
    }
}

/**
 * A month of 2,000 people on 20 sites, minute by minute against every published limit. The cost of an action is measured (`rounds`), its
 * people and times are drawn from `workday.json`. Refused people come back. Events of queues count as pushed only.
 */
export function playMonth(root: string, traces: readonly Trace[]): Figure[] {
  const uses = usesOf(root, traces);
  const limits = readData<Limits>(root, 'platform-limits.json');
  const workday = readData<Workday>(root, 'workday.json');
  const random = randomFrom(20);
  const totals = newTotals();
  for (let day = 0; day < workday.days; day += 1) playDay(drawDay(uses, workday, random), limits, random, totals);
  const { peaks, ...counts } = totals;
  const units: Readonly<Record<keyof typeof counts, string>> = {
    actions: `of ${sum(SITES, (people) => people)} people on ${SITES.length} sites`,
    refused: 'times; they came back',
    'not-done': 'actions',
    'longest-wait': 'minutes',
    events: 'events',
    'function-time': 'GB-s',
  };
  return [
    ...(Object.keys(counts) as (keyof typeof counts)[]).map((name) => ({
      name: `month/${name}`,
      value: Math.round(counts[name]),
      unit: units[name],
    })),
    ...[...peaks].map(([name, share]) => ({
      name: `month/peak/${name}`,
      value: Math.round(share * 1000) / 10,
      unit: '% of the limit, at most',
    })),
  ];
}
