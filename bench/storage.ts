import type { DoorCall } from 'local-forge';
import type { Stage } from './stage.ts';

export const SITE = 'acme';

/** Writes entries into storage as the app would, without the app. */
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

/** Requests to storage that change something; the others read. */
export function isWrite({ what }: DoorCall): boolean {
  return /^kvs ((secret\/|batch\/|entity\/)?(set|delete)|transaction) /.test(what);
}

export function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

/** Others like the one that was connected, until there are `count`. */
export function* integrations(stage: Stage, id: string, count: number): Generator<readonly [string, unknown]> {
  const stored = (key: string): object => {
    const record = stage.sandbox.platform.entries.get(SITE, 'value', key);
    if (record === undefined) throw new Error('Nothing is connected');
    return JSON.parse(record.json) as object;
  };
  const connection = stored(`integration:${id}`);
  const [owners, projects] = [stored(`integration:${id}:owners`), stored(`integration:${id}:projects`)];
  for (let index = 1; index < count; index++) {
    const other = `grown-${index}`;
    yield [`integration:${other}`, { ...connection, id: other }];
    yield [`integration:${other}:name`, other];
    yield [`integration:${other}:owners`, owners];
    yield [`integration:${other}:projects`, projects];
  }
}
