import type { KvsRates } from './storage/rates.ts';

const secondMs = 1_000;
const minuteMs = 60_000;

export type CallRates = {
  /** Counts a call of somebody's page. Returns the sentence of the refusal if there were too many. Schedules, events and queues do not count. */
  ask(site: string, accountId: string): string | undefined;
  clear(): void;
};

/** Forge's limits of how often pages may call functions. Assumption: its fixed windows are those of the clock, and a refused call does not count. */
export function openCallRates(rates: KvsRates, now: () => Date): CallRates {
  const counters = new Map<string, { window: number; calls: number }>();
  const counted = (whose: string, ms: number): number => {
    const window = Math.floor(now().getTime() / ms);
    const counter = counters.get(whose);
    return counter?.window === window ? counter.calls : 0;
  };
  return {
    ask: (site, accountId) => {
      const limits = [
        { whose: `${site} ${accountId}`, ms: minuteMs, most: rates.callsOfPerson, said: 'a minute for a user' },
        { whose: site, ms: minuteMs, most: rates.calls, said: 'a minute for an installation' },
        { whose: `${site} second`, ms: secondMs, most: rates.callsASecond, said: 'a second for an installation' },
      ];
      const over = limits.find(({ whose, ms, most }) => counted(whose, ms) >= most);
      if (over !== undefined) return `Rate limit exceeded: ${over.most} invocations ${over.said}.`;
      for (const { whose, ms } of limits)
        counters.set(whose, { window: Math.floor(now().getTime() / ms), calls: counted(whose, ms) + 1 });
      return undefined;
    },
    clear: () => counters.clear(),
  };
}
