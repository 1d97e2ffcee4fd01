import type { InProcessForge } from 'local-forge';

/** As if nobody had called in this minute: the tests of a file make more calls than one person may. */
export function forgetPace({ entries }: Pick<InProcessForge, 'entries'>, site: string): void {
  for (const { key } of entries.list(site, 'pace:', undefined, 1000)) entries.delete(site, 'value', key);
}
