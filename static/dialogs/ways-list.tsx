import Button from '@atlaskit/button/new';
import type { Card } from '../../src/contract/views';
import { Copyable } from '../shared/copyable';
import { chooseWay } from '../shared/chosen-way';
import { openExternal } from '../shared/links';
import { NewTab } from '../shared/new-tab';
import { useText } from '../shared/text';
import { type Way, waysToOpen } from '../shared/ways-to-open';

/** Every way to a branch. The one that is taken is offered first from then on. */
export function WaysList({ card, accountId }: { card: Card; accountId: string }) {
  const { t } = useText();
  return (
    <ul className="stack ways" aria-label={t('openIn.list')}>
      {waysToOpen(card).map((way) => (
        <li key={way.id} className="stack-tight">
          <span>{t(`openIn.${way.id}.title`, { name: way.name ?? '' })}</span>
          <OneWay way={way} onTaken={() => chooseWay(accountId, way)} />
        </li>
      ))}
    </ul>
  );
}

function OneWay({ way, onTaken }: { way: Way; onTaken: () => void }) {
  const { t } = useText();
  const name = t(`openIn.${way.id}`, { name: way.name ?? '' });
  if (way.id !== 'web') return <Copyable text={way.text} label={name} onCopied={onTaken} />;
  return (
    <div>
      <Button
        iconAfter={NewTab}
        onClick={() => {
          onTaken();
          void openExternal(way.text);
        }}
      >
        {name}
      </Button>
    </div>
  );
}
