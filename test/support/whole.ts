/**
 * Whether everything runs, as each night (`npm run test:all`), or the part of the tables that `npm test` proves by day.
 * docs/testing.md lists the parts, with reasons.
 */
export const whole = process.env['UNDERSIGNED_TESTS'] === 'all';

/** All rows of a table when everything runs; by day the given number of them, spread over the table, its first among them. */
export function byDay<Row>(rows: readonly Row[], count: number): readonly Row[] {
  if (whole || rows.length <= count) return rows;
  return Array.from({ length: count }, (_, index) => rows[Math.floor((index * rows.length) / count)] as Row);
}
