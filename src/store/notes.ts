import { kvs } from '@forge/kvs';
import type { Activity } from '../domain/activity';
import { cutTo } from '../domain/cut-text';
import type { DevelopmentReport } from '../domain/development';
import { addActivityTo, isRecorded, newActivityId, refusalId } from './activity';
import { eachOf } from './query';
import { push } from './queues';
import { storageRefusal } from './refusal';
import { addWorkTo, isOvertaken, noteRemovalIn, removeWork, type StoredCard } from './work';

type OfSomebody = Activity & { accountId: string };

/** A record of an act. It may be written twice: the second time changes nothing. */
export type Note = { kind: 'activity'; id: string; activity: OfSomebody } | CardNote;

/** A card that comes or goes. */
type CardNote = ({ kind: 'work' } | { kind: 'no-work' }) & { issueId: string; card: StoredCard };

/** With the time of the act: an ISO instant. */
export type TimedNote = Exclude<Note, CardNote> | (CardNote & { at: string });

/** s; the minute that was too full is over, and those who were refused together do not come back together. */
const SHORTEST_DELAY = 60;
const LONGEST_DELAY = 180;

/** ms between two attempts; different for each, for the same reason. */
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 2_000;
/** ms; for an act that says no deadline. A call that waited 20 s for a service has no more. */
const PATIENCE_MS = 2_500;
/** ms; nobody waits longer for a record. */
const LONGEST_PATIENCE_MS = 10_000;

type Beside = {
  /** Goes to Jira, in the one event that brings the notes as well if storage is busy. */
  report?: DevelopmentReport | undefined;
  /** ms since the epoch: no attempt starts later. */
  deadline?: number;
};

/**
 * Writes the notes of one act. If storage is busy, a queue writes them a little later. Forge limits the events of a site too, so an act takes one event
 * for everything. While storage and the queue are both busy, both are tried again. Throws when neither took the notes. A report that
 * the queue did not take is sent after the next look at the issue.
 */
export async function storeNotes(
  ofAct: readonly Note[],
  { report, deadline = Date.now() + PATIENCE_MS }: Beside = {},
): Promise<void> {
  const at = new Date().toISOString();
  const notes = ofAct.map((note): TimedNote => (note.kind === 'activity' ? note : { ...note, at }));
  const gone = notes.filter(({ kind }) => kind === 'no-work');
  const [written, removed, handed] = await Promise.allSettled([
    writeRecords(notes),
    removeCards(gone),
    report === undefined ? undefined : push('development', { report, notes }),
  ]);
  if (handed.status === 'rejected') {
    if (storageRefusal(handed.reason) === undefined) throw handed.reason;
    console.error('Jira learns of an act at the next look at its issue: the queue took no report');
  }
  const failed = [written, removed].find((one) => one.status === 'rejected');
  if (failed === undefined) return;
  const refusal = storageRefusal(failed.reason);
  // The queue skips an act whose record is stored, so it would skip a removal that failed alone.
  const isBrought = written.status === 'rejected' && report !== undefined && handed.status === 'fulfilled';
  if (refusal !== undefined && isBrought) return;
  if (refusal !== 'busy') throw failed.reason;
  const left = written.status === 'rejected' ? notes : gone;
  await insist(left, Math.min(deadline, Date.now() + LONGEST_PATIENCE_MS));
}

/** Storage was busy: hands the notes to the queue, or else tries both again after a moment. */
async function insist(notes: readonly TimedNote[], until: number): Promise<void> {
  for (;;) {
    const delayInSeconds = Math.round(between(SHORTEST_DELAY, LONGEST_DELAY));
    const pause = between(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
    try {
      return await push('notes', { notes }, { delayInSeconds });
    } catch (thrown) {
      if (storageRefusal(thrown) !== 'busy' || Date.now() + pause > until) throw thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      return await writeNotes(notes);
    } catch (thrown) {
      if (storageRefusal(thrown) !== 'busy') throw thrown;
    }
  }
}

function between(shortest: number, longest: number): number {
  return shortest + Math.random() * (longest - shortest);
}

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

/** Records a refusal of our own rules: one of a kind in a minute says enough, and nobody can fill the store with more. */
export async function storeRefusal(activity: OfSomebody): Promise<void> {
  const id = refusalId(activity);
  if (!(await isRecorded(id))) await storeNotes([noteOf(activity, id)]);
}

/**
 * Stores the notes that a queue brings, unless the act or an earlier delivery has stored them, and leaves a card alone that a later act has recorded:
 * one could come back that was removed meanwhile, or one that was made anew could go. The record of an act is written together with its card, so it
 * shows whether they are stored.
 */
export async function takeNotes({ notes = [] }: { notes?: readonly TimedNote[] }): Promise<void> {
  const record = notes.find((note) => note.kind === 'activity');
  if (record !== undefined && (await isRecorded(record.id))) return;
  const overtaken = await Promise.all(notes.map(async (note) => note.kind !== 'activity' && isOvertaken(note)));
  await writeNotes(notes.filter((_, index) => !overtaken[index]));
}

/**
 * Sends one request for everything that is set and one for a card that is removed, both at the same time. (Assumption: a transaction may refuse
 * to delete a key that does not exist. A branch that was not made here has no card.)
 */
async function writeNotes(notes: readonly TimedNote[]): Promise<void> {
  await eachOf([() => removeCards(notes), () => writeRecords(notes)], (write) => write());
}

async function removeCards(notes: readonly TimedNote[]): Promise<void> {
  const gone = notes.filter((note) => note.kind === 'no-work');
  await eachOf(gone, ({ issueId, card }) => removeWork(issueId, card));
}

/** That a card has gone is written with the record: what is on its way from before then finds it. */
async function writeRecords(notes: readonly TimedNote[]): Promise<void> {
  if (notes.length === 0) return;
  const transaction = kvs.transact();
  for (const note of notes) {
    if (note.kind === 'activity') addActivityTo(transaction, note.activity, note.id);
    if (note.kind === 'work') addWorkTo(transaction, note);
    if (note.kind === 'no-work') noteRemovalIn(transaction, note);
  }
  await transaction.execute();
}
