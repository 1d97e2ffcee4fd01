import type { Activity } from '../domain/activity';
import { cutTo } from '../domain/cut-text';
import { addActivity, isNoted, newActivityId, refusalId } from './activity';
import { push } from './queues';
import { storageRefusal } from './refusal';
import { addWork, removeWork, type StoredCard } from './work';

/** The records of one act of a service or an admin. Each may be written twice: the second time changes nothing. */
export type Note =
  | { kind: 'activity'; id: string; activity: Activity & { accountId: string } }
  | { kind: 'work' | 'no-work'; issueId: string; card: StoredCard };

/** s; the minute that was too full is over, and those who were refused together do not come back together. */
const SHORTEST_DELAY = 60;
const LONGEST_DELAY = 180;

/** Writes a note; when the store is busy a queue does, a little later. Throws when neither takes it. */
export async function keepNote(note: Note): Promise<void> {
  try {
    await writeNote(note);
  } catch (thrown) {
    if (storageRefusal(thrown) !== 'busy') throw thrown;
    const delayInSeconds = Math.round(SHORTEST_DELAY + Math.random() * (LONGEST_DELAY - SHORTEST_DELAY));
    await push('notes', { note }, { delayInSeconds });
  }
}

type OfSomebody = Activity & { accountId: string };

/** Longest name in a record, in UTF-16 units: as long as any that exists, and no more of one that somebody made up. */
const LONGEST_NAME = 255;

/** The note of something that was done now. */
export function noteOf(activity: OfSomebody, id: string = newActivityId(activity.at)): Note {
  const cut = Object.fromEntries(
    (['repository', 'branch', 'source', 'target'] as const).flatMap((name) => {
      const value = activity[name];
      return value === undefined ? [] : [[name, cutTo(value, LONGEST_NAME)]];
    }),
  );
  return { kind: 'activity', id, activity: { ...activity, ...cut } };
}

/** Notes a refusal of our own rules: one of a kind in a minute says enough, and nobody can fill the store with more. */
export async function keepRefusal(activity: OfSomebody): Promise<void> {
  const id = refusalId(activity);
  if (!(await isNoted(id))) await keepNote(noteOf(activity, id));
}

/** A card that a queue brings after its branch was deleted shows the branch until the issue's work is listed anew. */
export async function writeNote(note: Note): Promise<void> {
  switch (note.kind) {
    case 'activity':
      return addActivity(note.activity, note.id);
    case 'work':
      return addWork(note.issueId, note.card);
    case 'no-work':
      return removeWork(note.issueId, note.card);
  }
}
