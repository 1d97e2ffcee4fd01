import type { Card } from '../../src/contract/views';

/** What makes two cards the same thing: later information about it replaces earlier. */
function cardKey(card: Card): string {
  return [card.integrationId, card.repository.toLowerCase(), card.kind, card.number ?? card.branch].join('\n');
}

/** Adds what a service told to what is known. Who did it through the app is ours to know and is kept. Newest first. */
export function mergeCards(known: readonly Card[], told: readonly Card[]): Card[] {
  const merged = new Map(known.map((card) => [cardKey(card), card]));
  for (const card of told) merged.set(cardKey(card), { ...merged.get(cardKey(card)), ...card });
  return [...merged.values()].sort((a, b) => (b.updatedAt ?? '').localeCompare(a.updatedAt ?? ''));
}

export function withoutBranch(cards: readonly Card[], gone: Card): Card[] {
  return cards.filter((card) => cardKey(card) !== cardKey(gone));
}
