/**
 * For `sort`: text of one plain form, such as ISO instants and ids, by its code units. Not for names: they want `localeCompare`,
 * whose first use costs a process 13 ms (Node 24; Chromium much the same).
 */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Changed = { updatedAt?: string | undefined };

/** For `sort`: what changed last comes first; what has no time comes last. */
export function byLastChange(a: Changed, b: Changed): number {
  return compareText(b.updatedAt ?? '', a.updatedAt ?? '');
}
