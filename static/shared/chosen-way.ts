import type { Card } from '../../src/contract/views';
import { choiceOf } from './draft';
import { type Way, waysToOpen } from './ways-to-open';

/** The way a person took last to a branch, for the next one. That the app's pages share the browser's storage is an assumption. */
const chosenBy = (accountId: string) => choiceOf<Pick<Way, 'id'>>('open-in', '', accountId);

/** The way to offer first. */
export function chosenWay(card: Pick<Card, 'branch' | 'places'>, accountId: string): Way | undefined {
  const ways = waysToOpen(card);
  const { id } = chosenBy(accountId).read();
  return ways.find((way) => way.id === id) ?? ways[0];
}

export function chooseWay(accountId: string, { id }: Way): void {
  chosenBy(accountId).write({ id });
}
