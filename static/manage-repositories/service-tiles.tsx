import { useId } from 'react';
import { offerings, type Offering } from '../../src/domain/offerings';
import { useText } from '../shared/text';

type Props = { value: Offering | undefined; onChange: (value: Offering) => void };

/** One tile for each service that can be connected; a group of radio buttons. */
export function ServiceTiles({ value, onChange }: Props) {
  const { t } = useText();
  const legend = useId();
  return (
    <fieldset aria-labelledby={legend}>
      <div id={legend} className="legend">
        {t('add.service.hint')}
      </div>
      <div className="tiles">
        {offerings.map((offering) => (
          <label key={offering.key} className="tile">
            <input
              type="radio"
              name={legend}
              checked={offering.key === value?.key}
              onChange={() => onChange(offering)}
            />
            <span>{offering.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
