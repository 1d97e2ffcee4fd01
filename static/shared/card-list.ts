import type { Card } from '../../src/contract/views';
import { byLastChange } from '../../src/domain/order';

/** The identity of a card: later information about the same thing replaces earlier. */
export function cardKey(card: Card): string {
  return [card.integrationId, card.repository.toLowerCase(), card.kind, card.number ?? card.branch].join('\n');
}

/** Newest first; what has no time comes last. */
export function newestFirst(cards: readonly Card[]): Card[] {
  return [...cards].sort(byLastChange);
}

/**
 * Adds a service's cards to the known ones. The person who acted through the app comes from our own card. A known card keeps its place where it
 * is, because somebody may be reading it; new ones follow, newest first.
 */
export function mergeCards(known: readonly Card[], told: readonly Card[]): Card[] {
  const merged = new Map(known.map((card) => [cardKey(card), card]));
  for (const card of newestFirst(told)) merged.set(cardKey(card), { ...merged.get(cardKey(card)), ...card });
  return [...merged.values()];
}

/** One integration's cards of now: those that are gone are left out, the others keep their place. */
export function retell(known: readonly Card[], integrationId: string, told: readonly Card[]): Card[] {
  const now = new Map(newestFirst(told).map((card) => [cardKey(card), card]));
  const kept = known.flatMap((card) => {
    const key = cardKey(card);
    const stays = card.integrationId === integrationId ? now.get(key) : card;
    now.delete(key);
    return stays ?? [];
  });
  return [...kept, ...now.values()];
}

/** The cards to begin with: the first `count` in their order, and every newer one wherever it is. */
export function firstOf(cards: readonly Card[], count: number): Card[] {
  const newest = new Set(newestFirst(cards).slice(0, count));
  return cards.filter((card, index) => index < count || newest.has(card));
}

/** From so many cards on, of more than one repository, a list reads better by repository. */
const MANY = 5;

function placeOf({ integrationId, repository }: Card): string {
  return `${integrationId}\n${repository.toLowerCase()}`;
}

/** Whether cards are so many, and of so many places, that their list is shown by repository. */
export function areMany(cards: readonly Card[]): boolean {
  return cards.length >= MANY && new Set(cards.map(placeOf)).size > 1;
}

/** Cards by repository, both in the order they have. */
export function byRepository(cards: readonly Card[]): (readonly [first: Card, ...others: Card[]])[] {
  return [...Map.groupBy(cards, placeOf).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] as const],
  );
}

/** The pull requests that can't be merged any more without a branch. */
export function openRequestsFrom({ integrationId, repository, branch }: Card, cards: readonly Card[]): Card[] {
  return cards.filter(
    (card) =>
      (card.state === 'open' || card.state === 'draft') &&
      card.integrationId === integrationId &&
      card.repository.toLowerCase() === repository.toLowerCase() &&
      card.branch === branch,
  );
}

export function withoutBranch(cards: readonly Card[], gone: Card): Card[] {
  return cards.filter((card) => cardKey(card) !== cardKey(gone));
}
