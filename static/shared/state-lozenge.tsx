import type { Card } from '../../src/contract/views';
import { Lozenge, type LozengeColour } from './lozenge';
import { useText } from './text';

const colours = {
  open: 'success',
  draft: 'neutral',
  merged: 'discovery',
  closed: 'danger',
} as const satisfies Record<NonNullable<Card['state']>, LozengeColour>;

/** The state of a pull request; a branch has none. */
export function StateLozenge({ state }: { state: Card['state'] | undefined }) {
  const { t } = useText();
  return state && <Lozenge colour={colours[state]}>{t(`card.state.${state}`)}</Lozenge>;
}
