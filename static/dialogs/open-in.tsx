import Button from '@atlaskit/button/new';
import type { Card } from '../../src/contract/views';
import { useText } from '../shared/text';
import { closeDialog } from './close';
import { Done } from './done';
import { WaysList } from './ways-list';

/** Where else the branch of a card can be opened. */
export function OpenIn({ card, accountId }: { card: Card; accountId: string }) {
  const { t } = useText();
  return (
    <Done
      heading={t('openIn.heading', { branch: card.branch })}
      buttons={<Button onClick={() => closeDialog()}>{t('action.close')}</Button>}
    >
      <WaysList card={card} accountId={accountId} />
    </Done>
  );
}
