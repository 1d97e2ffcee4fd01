import { useCallback, useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { Card, IssueView, WorkView } from '../../src/contract/views';
import { call } from '../shared/call';
import { mergeCards, newestFirst, retell, withoutBranch } from '../shared/card-list';

/** How far one integration is with its list for the issue. `heard`: it has answered before. */
export type Telling = {
  loading: boolean;
  heard: boolean;
  error?: PageError;
  told?: Omit<WorkView, 'cards'>;
};

/**
 * The cards of an issue: first the stored ones, then those of each service, as they come. One that is slow or fails has no
 * influence on the others. At the next request, a service's cards are shown until its new answer is there. Later cards are shown below:
 * nothing moves under somebody's pointer.
 */
export function useCards(issue: IssueView | undefined) {
  const [cards, setCards] = useState<readonly Card[]>(() => newestFirst(issue?.cards ?? []));
  const [tellings, setTellings] = useState<Readonly<Record<string, Telling>>>({});
  const round = useRef(0);
  /** Our own cards: the stored ones, and those that were made here since. */
  const own = useRef<readonly Card[]>([]);
  const issueKey = issue?.key;
  const among = issue?.integrations.length ?? 1;

  const ask = useCallback(
    async (integrationId: string) => {
      if (!issueKey) return;
      const mine = round.current;
      setTellings((before) => ({
        ...before,
        [integrationId]: { heard: before[integrationId]?.heard ?? false, loading: true },
      }));
      const answer = await call('issue', 'list-cards', { issueKey, integrationId, among });
      if (mine !== round.current) return;
      setTellings((before) => ({
        ...before,
        [integrationId]: {
          heard: true,
          loading: false,
          ...(answer.ok ? { told: answer.value } : { error: answer.error }),
        },
      }));
      if (!answer.ok) return;
      // Nobody waits for it, and nothing is said when it fails: the next look makes up for it.
      if (answer.value.news) void call('issue', 'tell-jira', { issueKey, integrationId, news: answer.value.news });
      const ofIntegration = own.current.filter((card) => card.integrationId === integrationId);
      const told = mergeCards(ofIntegration, answer.value.cards);
      setCards((before) => retell(before, integrationId, told));
    },
    [issueKey, among],
  );

  useEffect(() => {
    if (!issue) return undefined;
    round.current++;
    own.current = issue.cards;
    setCards((before) => newestFirst(mergeCards(before, issue.cards)));
    for (const { id } of issue.integrations) void ask(id);
    return () => void round.current++;
  }, [issue, ask]);

  return {
    cards,
    tellings,
    own: () => own.current,
    retry: (integrationId: string) => void ask(integrationId),
    add: (card: Card) => {
      own.current = mergeCards(own.current, [card]);
      setCards((before) => [card, ...withoutBranch(before, card)]);
    },
    remove: (card: Card) => {
      own.current = withoutBranch(own.current, card);
      setCards((before) => withoutBranch(before, card));
    },
  };
}
