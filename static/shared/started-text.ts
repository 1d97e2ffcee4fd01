import type { Started } from './dialogs';
import type { Text } from './text';

/** A sentence for each change of the issue that somebody wanted with a branch. Without a word of Jira's nobody knows whether it was made. */
export function startedText({ assigned, moved }: Started = {}, { t }: Text): string[] {
  const unless = (
    one: Started['moved'],
    done: 'start.assigned' | 'start.moved',
    not: 'start.notAssigned' | 'start.notMoved',
  ) => {
    if (one === undefined) return [];
    if (one.ok) return [t(done)];
    return [one.said === '' ? t('start.unsure') : t(not, { said: one.said })];
  };
  const told = [
    ...unless(assigned, 'start.assigned', 'start.notAssigned'),
    ...unless(moved, 'start.moved', 'start.notMoved'),
  ];
  return [...new Set(told)];
}
