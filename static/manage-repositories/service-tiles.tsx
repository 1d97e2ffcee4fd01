import Button from '@atlaskit/button/new';
import { useId } from 'react';
import { offerings, type Offering } from '../../src/domain/offerings';
import { useText } from '../shared/text';

type Props = { value: Offering | undefined; onChange: (value: Offering) => void };

/** One tile for each service that can be connected. */
export function ServiceTiles({ value, onChange }: Props) {
  const { t } = useText();
  const legend = useId();
  return (
    <div role="group" aria-labelledby={legend}>
      <div id={legend} className="legend">
        {t('add.service.hint')}
      </div>
      <div className="tiles">
        {offerings.map((offering) => (
          <button
            key={offering.key}
            type="button"
            className="tile"
            aria-pressed={offering.key === value?.key}
            autoFocus={offering.key === value?.key}
            onClick={() => onChange(offering)}
          >
            {offering.name}
          </button>
        ))}
      </div>
    </div>
  );
}

/** The service that was chosen, in a line: room for what comes next. */
export function ChosenService({ value, onChange }: { value: Offering; onChange: () => void }) {
  const { t } = useText();
  return (
    <div className="row">
      <strong>{value.name}</strong>
      <Button spacing="compact" aria-label={t('add.service.change.for', { service: value.name })} onClick={onChange}>
        {t('add.service.change')}
      </Button>
    </div>
  );
}
