import fc from 'fast-check';
import { beginnings, newestFirst } from '../../src/store/newest-first';

const DAY = 86_400_000;

describe('Keys in the order of time', () => {
  const instants = fc.integer({ min: 0, max: 4_000_000_000_000 });

  it('sort newest first', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        expect(newestFirst(a) < newestFirst(b)).toBe(a > b);
      }),
    );
  });

  it('of a stretch of time all have one of its prefixes, and few others do', () => {
    fc.assert(
      fc.property(instants, instants, instants, (a, b, at) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const has = beginnings(from, to).filter((beginning) => newestFirst(at).startsWith(beginning));
        if (at >= from && at <= to) expect(has).toHaveLength(1);
        else if (at < from - 2 * DAY || at > to + 2 * DAY) expect(has).toHaveLength(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('have a few dozen prefixes for any stretch', () => {
    expect(beginnings(Date.now() - 365 * DAY, Date.now()).length).toBeLessThan(60);
  });
});
