import type { DoorCall } from 'local-forge';
import type { Stage } from './stage.ts';

export const SITE = 'acme';

/** Puts entries into storage as the app would have written them, without the app. */
export function fill(
  stage: Stage,
  entries: Iterable<readonly [string, unknown]>,
  kind: 'value' | 'secret' = 'value',
): void {
  const { entries: storage } = stage.sandbox.platform;
  for (const [key, value] of entries) storage.set(SITE, kind, key, JSON.stringify(value), undefined);
}

export function isStorage({ what }: DoorCall): boolean {
  return what.startsWith('kvs ');
}

/** Calls to storage that change something; the others read. */
export function isWrite({ what }: DoorCall): boolean {
  return /^kvs ((secret\/|batch\/|entity\/)?(set|delete)|transaction) /.test(what);
}

export function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
