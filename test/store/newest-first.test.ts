import { beginnings, newestFirst } from '../../src/store/newest-first';

describe('The key of an instant', () => {
  it('has 13 digits, the smaller the newer', () => {
    expect(newestFirst(0)).toBe('9999999999999');
    expect(newestFirst(1_000_000_000_000)).toBe('8999999999999');
    expect(newestFirst(9_999_999_999_990)).toBe('0000000000009');
  });
});

describe('The prefixes of a stretch of time', () => {
  const from = 1_000_000_000_000;
  const to = 1_999_999_999_999;

  it.each([
    ['all time', 0, 9_999_999_999_999, ['']],
    ['more than that', -5, 99_999_999_999_999, ['']],
    ['just what one beginning holds', from, to, ['8']],
    ['an instant more at its end', from, to + 1, ['79999', '8']],
    ['an instant more at its start', from - 1, to, ['8', '90000']],
    [
      'an instant less at its end',
      from,
      to - 1,
      [...run('8000', 0), ...run('800', 1), ...run('80', 1), ...run('8', 1)],
    ],
    ['one instant', from, from, ['89999']],
  ])('are for %s', (_, start, end, found) => {
    expect(beginnings(start, end)).toEqual(found);
  });
});

/** `8001` to `8009`. */
function run(prefix: string, first: number): string[] {
  return Array.from({ length: 10 - first }, (_, digit) => `${prefix}${digit + first}`);
}
