import { events, Jira, realtime } from '@forge/bridge';
import type { Card } from '../../src/contract/views';

/** The outcome of an act in one page of the app, for the others that show the issue. */
export type IssueChange =
  | { issueKey: string; change: 'made' | 'deleted'; card: Card }
  /** Something else that was stored: a token. */
  | { issueKey: string; change: 'stored' }
  /** A dialog was closed from outside while a write was under way. It does not know how that ended. */
  | { issueKey: string; change: 'unfinished' }
  /** On another screen: somebody else, most of the time. */
  | { issueKey: string; change: 'elsewhere' };

const name = 'undersigned.issue';

/** On all screens that show the issue. Everybody who may see the issue may hear it, so it says only that there is something new. */
const channel = 'undersigned.issue';
const onIssue = { contextOverrides: [Jira.Issue] };

/** ms; what was done on this screen is heard from its own pages by then. */
const HEARD_HERE = 1_000;

/**
 * Tells the other pages of the app: on this view of Jira what it was, on other screens that there was something. It reaches them through
 * the browser and the platform, so it changes what is shown and decides nothing.
 */
export function tellChange(change: IssueChange): void {
  const mark = crypto.randomUUID();
  // Where nobody can be reached, the next reading of the issue says the same.
  const ignored = () => undefined;
  void events.emit(name, { ...change, mark }).catch(ignored);
  if (change.change === 'made' || change.change === 'deleted')
    void realtime.publish(channel, { mark }, onIssue).catch(ignored);
}

/** Hears the messages of other pages about one issue, until the function it gives is called. */
export function onChange(issueKey: string, hear: (change: IssueChange) => void): () => void {
  const marks = new Set<unknown>();
  let isOver = false;
  const here = events.on(name, (change: IssueChange & { mark?: string }) => {
    marks.add(change.mark);
    if (change.issueKey === issueKey) hear(change);
    return Promise.resolve();
  });
  const everywhere = realtime.subscribe(
    channel,
    (payload) => {
      const mark = typeof payload === 'string' ? undefined : payload['mark'];
      window.setTimeout(() => {
        if (!isOver && !marks.delete(mark)) hear({ issueKey, change: 'elsewhere' });
      }, HEARD_HERE);
    },
    onIssue,
  );
  return () => {
    isOver = true;
    for (const subscribed of [here, everywhere])
      void subscribed.then((subscription) => subscription.unsubscribe()).catch(() => undefined);
  };
}
