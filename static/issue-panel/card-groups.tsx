import { Fragment, type ReactNode, type RefObject, useEffect, useId, useState } from 'react';
import type { Card, IssueView } from '../../src/contract/views';
import { areMany, byRepository, cardKey } from '../shared/card-list';
import { ServiceIcon } from '../shared/service-icon';
import { useText } from '../shared/text';

type Props = {
  cards: readonly Card[];
  issue: IssueView;
  isGrouped: boolean;
  /** Draws a card; `isPlaced`: what is above it says where it is. */
  children: (card: Card, isPlaced: boolean) => ReactNode;
};

/** The cards as one list, or as one for each repository. */
export function CardGroups({ cards, issue, isGrouped, children }: Props) {
  const { t } = useText();
  const id = useId();
  const list = (some: readonly Card[]) =>
    some.map((card) => <Fragment key={cardKey(card)}>{children(card, isGrouped)}</Fragment>);
  if (!isGrouped)
    return (
      <ul className="cards" aria-label={t('panel.list')}>
        {list(cards)}
      </ul>
    );
  return byRepository(cards).map((some, index) => {
    const [{ integrationId, repository }] = some;
    const integration = issue.integrations.find((one) => one.id === integrationId);
    return (
      <section key={`${integrationId} ${repository}`} className="stack-tight">
        <h3 id={`${id}-${index}`} className="card-group small">
          {integration && <ServiceIcon provider={integration.provider} />}
          <span className="cut" title={repository}>
            {repository}
          </span>
        </h3>
        <ul className="cards" aria-labelledby={`${id}-${index}`}>
          {list(some)}
        </ul>
      </section>
    );
  });
}

/** Whether a list is shown by repository: once all of it is there, and nobody points at it or is in it, for then it moves. */
export function useGrouping(list: RefObject<HTMLElement>, cards: readonly Card[], isWhole: boolean): boolean {
  const [isGrouped, setGrouped] = useState(() => areMany(cards));
  const next = isWhole ? areMany(cards) : isGrouped;
  useEffect(() => {
    const element = list.current;
    if (next === isGrouped || !element) return undefined;
    const change = () => void (element.matches(':hover, :focus-within') || setGrouped(next));
    // After the focus has arrived where it goes.
    const later = () => queueMicrotask(change);
    change();
    element.addEventListener('pointerleave', change);
    element.addEventListener('focusout', later);
    return () => {
      element.removeEventListener('pointerleave', change);
      element.removeEventListener('focusout', later);
    };
  }, [list, next, isGrouped]);
  return isGrouped;
}
