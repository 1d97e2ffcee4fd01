import { useCallback, useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { Card, IssueView } from '../../src/contract/views';
import { call } from '../shared/call';
import { mergeCards, withoutBranch } from '../shared/card-list';

/** How far one integration is with telling what it knows of the issue. */
export type Telling = { loading: boolean; error?: PageError };

/**
 * The cards of an issue: what we stored at once, then what each service tells, as it comes. One that is slow or fails has no
 * influence on the others.
 */
export function useCards(issue: IssueView | undefined) {
  const [cards, setCards] = useState<readonly Card[]>([]);
  const [tellings, setTellings] = useState<Readonly<Record<string, Telling>>>({});
  const round = useRef(0);
  const issueKey = issue?.key;

  const ask = useCallback(
    async (integrationId: string) => {
      if (!issueKey) return;
      const mine = round.current;
      setTellings((before) => ({ ...before, [integrationId]: { loading: true } }));
      const answer = await call('issue', 'list-cards', { issueKey, integrationId });
      if (mine !== round.current) return;
      setTellings((before) => ({
        ...before,
        [integrationId]: { loading: false, ...(!answer.ok && { error: answer.error }) },
      }));
      if (answer.ok) setCards((before) => mergeCards(before, answer.value.cards));
    },
    [issueKey],
  );

  useEffect(() => {
    if (!issue) return undefined;
    round.current++;
    setCards(mergeCards([], issue.cards));
    for (const { id } of issue.integrations) void ask(id);
    return () => void round.current++;
  }, [issue, ask]);

  return {
    cards,
    tellings,
    retry: (integrationId: string) => void ask(integrationId),
    add: (card: Card) => setCards((before) => mergeCards(before, [card])),
    remove: (card: Card) => setCards((before) => withoutBranch(before, card)),
  };
}
