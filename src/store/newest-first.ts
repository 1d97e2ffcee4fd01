/** A time that no clock here reaches. Keys contain the distance to it. */
const END = 9_999_999_999_999;
const DIGITS = 13;
/** The shortest stretch of one prefix is 10^8 ms, a little more than a day. */
const SHORTEST = DIGITS - 8;

/** An instant (ms since the epoch) as 13 digits that sort newest first. */
export function newestFirst(at: number): string {
  return String(END - at).padStart(DIGITS, '0');
}

/**
 * Beginnings of `newestFirst` keys that together hold every instant from `from` to `to` (ms, both included) and up to a day more at each
 * end, newest first: the store knows no condition but "begins with", so they are queried one after the other.
 */
export function beginnings(from: number, to: number): string[] {
  const [first, last] = [Math.max(0, END - to), Math.min(END, END - from)];
  const within = (prefix: string): string[] => {
    const low = Number(prefix.padEnd(DIGITS, '0'));
    const high = Number(prefix.padEnd(DIGITS, '9'));
    if (high < first || low > last) return [];
    if ((low >= first && high <= last) || prefix.length >= SHORTEST) return [prefix];
    return Array.from({ length: 10 }, (_, digit) => within(`${prefix}${digit}`)).flat();
  };
  return within('');
}
