import { events } from '@forge/bridge';
import type { Card } from '../../src/contract/views';

/** What became of an issue in one page of the app, for the others that show it. */
export type IssueChange =
  | { issueKey: string; change: 'made' | 'deleted'; card: Card }
  /** Something else that was stored: a token. */
  | { issueKey: string; change: 'stored' }
  /** A dialog was closed from outside while a write was under way. It cannot tell how that ended. */
  | { issueKey: string; change: 'unfinished' };

const name = 'undersigned.issue';

/**
 * Tells the other pages of the app on this view of Jira. It reaches them through the browser alone, so it changes what is shown and
 * decides nothing.
 */
export function tellChange(change: IssueChange): void {
  // Where nobody can be told, the next reading of the issue says the same.
  void events.emit(name, change).catch(() => undefined);
}

/** Hears what other pages tell of one issue, until the function it gives is called. */
export function onChange(issueKey: string, hear: (change: IssueChange) => void): () => void {
  const subscribed = events.on(name, (change: IssueChange) => {
    if (change.issueKey === issueKey) hear(change);
    return Promise.resolve();
  });
  return () => void subscribed.then((subscription) => subscription.unsubscribe()).catch(() => undefined);
}
