import type { Started } from './dialogs';
import type { Text } from './text';

/** A sentence for each change of the issue that somebody wanted with a branch. */
export function startedText({ assigned, moved }: Started = {}, { t }: Text): string[] {
  return [
    assigned && (assigned.ok ? t('start.assigned') : t('start.notAssigned', { said: assigned.said })),
    moved && (moved.ok ? t('start.moved') : t('start.notMoved', { said: moved.said })),
  ].flatMap((line) => line?.trim() ?? []);
}
