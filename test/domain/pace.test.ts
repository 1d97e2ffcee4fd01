import { counted, inMinute, isTooMany, minuteOf, roomAt, type Pace } from '../../src/domain/pace';

const MINUTE_MS = 60_000;
const start = minuteOf(Date.parse('2026-11-30T10:00:00Z')) * MINUTE_MS;
const at = (seconds: number) => start + seconds * 1_000;

/** The accepted calls, at ten a second, and their instants. */
function letThrough(from: number, to: number, counter?: Pace): { calls: number[]; counter: Pace | undefined } {
  const calls: number[] = [];
  let now = counter;
  for (let second = from; second < to; second += 0.1) {
    const known = now === undefined ? [] : [now];
    if (isTooMany(counted(known, 'act', at(second)), 'act')) continue;
    const next = inMinute(now, at(second));
    now = { ...next, act: next.act + 1 };
    calls.push(second);
  }
  return { calls, counter: now };
}

describe('The pace of one person', () => {
  it('does not begin again with each minute: counted calls expire one by one', () => {
    const { calls } = letThrough(45, 120);
    expect(calls.filter((second) => second < 60).length).toBe(60);
    // A fixed minute would accept another 60 at once.
    for (const seconds of [6, 15, 30, 45])
      expect(calls.filter((second) => second >= 60 && second < 60 + seconds).length).toBeLessThanOrEqual(seconds + 2);
    expect(calls.length).toBeGreaterThan(100);
  });

  it('is as before after two minutes', () => {
    const { counter } = letThrough(0, 60);
    expect(counted([counter as Pace], 'act', at(59))).toBe(60);
    expect(counted([counter as Pace], 'act', at(90))).toBe(30);
    expect(counted([counter as Pace], 'act', at(120))).toBe(0);
    expect(counted([counter as Pace], 'look', at(59))).toBe(0);
  });

  it('names the first instant with room again', () => {
    const { counter } = letThrough(50, 60);
    const over: Pace = { ...(counter as Pace), act: 68 };
    const told = Date.parse(roomAt([over], 'act', at(59)));
    expect(isTooMany(counted([over], 'act', told), 'act')).toBe(false);
    expect(isTooMany(counted([over], 'act', told - 2_000), 'act')).toBe(true);
    expect(told).toBeLessThan(at(70));
    expect(roomAt([], 'act', at(1))).toBe(new Date(at(1)).toISOString());
  });
});
