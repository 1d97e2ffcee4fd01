import { KvsRefusal } from './rules.ts';

/** The limits of an installation's requests to the store and to queues, and of its people's calls to the app. */
export type KvsRates = {
  /** Units of 10 KB in any minute. */
  readUnits: number;
  writeUnits: number;
  /** Requests in any second. */
  requests: number;
  /** Events pushed to queues, in a minute of the clock. */
  queueEvents: number;
  /** Calls of pages in a minute of the clock: of one person, and of all. */
  callsOfPerson: number;
  calls: number;
  /** In a second of the clock. */
  callsASecond: number;
};

// Docs page "Platform quotas and limits": 4,000 units read and 4,000 written a minute, 1,000 requests a second;
// "Async events limits": 500 events a minute; "Invocation limits" (September 2026): 1,200 a minute for a user of an installation, 7,000 a
// minute and 300 a second for all of them, in fixed windows.
export const forgeRates: KvsRates = {
  readUnits: 4_000,
  writeUnits: 4_000,
  requests: 1_000,
  queueEvents: 500,
  callsOfPerson: 1_200,
  calls: 7_000,
  callsASecond: 300,
};
/** For tests with compressed time: an hour's work of a queue takes seconds, on a clock that does not move. */
export const unlimitedRates: KvsRates = {
  readUnits: Number.POSITIVE_INFINITY,
  writeUnits: Number.POSITIVE_INFINITY,
  requests: Number.POSITIVE_INFINITY,
  queueEvents: Number.POSITIVE_INFINITY,
  callsOfPerson: Number.POSITIVE_INFINITY,
  calls: Number.POSITIVE_INFINITY,
  callsASecond: Number.POSITIVE_INFINITY,
};

const unitBytes = 10 * 1024;
const secondMs = 1_000;
const minuteMs = 60_000;

// Assumption: which of the two codes of a 429 (both were seen on the cloud) belongs to which limit.
const codes = {
  readUnits: 'RATE_LIMIT_EXCEEDED',
  writeUnits: 'RATE_LIMIT_EXCEEDED',
  requests: 'TOO_MANY_REQUESTS',
} as const satisfies Partial<Record<keyof KvsRates, string>>;
type Limited = keyof typeof codes;

export type Rates = {
  /**
   * Counts a request, or refuses it. Assumption: a refusal comes before anything is done and costs nothing. A read is
   * accepted while a unit is left, and its answer is counted afterwards (`answered`).
   */
  ask(site: string, path: string, body: unknown): void;
  answered(site: string, path: string, bytes: number): void;
  clear(): void;
};

type Spent = { at: number; amount: number };

/** The units spent in the last window. Assumption: the window slides. A minute of Forge can begin with the clock's. */
function openWindow(limit: number, ms: number, now: () => number) {
  const sites = new Map<string, { spent: Spent[]; total: number }>();
  const at = (site: string): { spent: Spent[]; total: number } => {
    const window = sites.get(site) ?? { spent: [], total: 0 };
    sites.set(site, window);
    const begin = now() - ms;
    let over = 0;
    for (const { at: when, amount } of window.spent) {
      if (when > begin) break;
      window.total -= amount;
      over += 1;
    }
    window.spent.splice(0, over);
    return window;
  };
  return {
    has: (site: string, amount: number): boolean => at(site).total + amount <= limit,
    spend: (site: string, amount: number): void => {
      const window = at(site);
      window.spent.push({ at: now(), amount });
      window.total += amount;
    },
    clear: (): void => sites.clear(),
  };
}

const unitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / unitBytes));
const isRead = (path: string): boolean => /\/(get|query)$/.test(path);

/**
 * A batch or a transaction is one write (docs page "Executing KVS transactions": "treated as a single Write operation"), and a
 * request is rounded up to the next 10 KB (docs page "KVS and Custom Entity Store limits").
 */
const writtenUnits = (body: unknown): number => unitsOf(Buffer.byteLength(JSON.stringify(body ?? null)));

/** Forge's limits of an installation's use of the store, values and secrets together (assumption: both count). */
export function openRates(rates: KvsRates, now: () => Date): Rates {
  const time = (): number => now().getTime();
  const windows = {
    readUnits: openWindow(rates.readUnits, minuteMs, time),
    writeUnits: openWindow(rates.writeUnits, minuteMs, time),
    requests: openWindow(rates.requests, secondMs, time),
  };
  const check = (site: string, limit: Limited, amount: number): void => {
    if (!windows[limit].has(site, amount))
      throw new KvsRefusal(429, codes[limit], `The installation is over its limit of ${rates[limit]} ${limit}.`);
  };
  return {
    ask: (site, path, body) => {
      const limit = isRead(path) ? 'readUnits' : 'writeUnits';
      const units = limit === 'readUnits' ? 1 : writtenUnits(body);
      check(site, 'requests', 1);
      check(site, limit, units);
      windows.requests.spend(site, 1);
      windows[limit].spend(site, units);
    },
    answered: (site, path, bytes) => {
      if (isRead(path)) windows.readUnits.spend(site, unitsOf(bytes) - 1);
    },
    clear: () => {
      for (const window of Object.values(windows)) window.clear();
    },
  };
}
