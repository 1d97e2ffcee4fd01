import Checkbox from '@atlaskit/checkbox';
import { useId } from 'react';
import type { ProviderKind } from '../../src/contract/views';
import { factsOf } from '../../src/domain/editions';
import { useText } from '../shared/text';
import type { Options } from './options';

type Props = {
  provider: ProviderKind;
  /** Owners that may be ticked; a service may know none, then there is nothing to choose. */
  all: Options['owners'];
  value: Options['owners'];
  showsMissing: boolean;
  onChange: (owners: string[]) => void;
};

/** The owners whose repositories belong to the integration. */
export function OwnersField({ provider, all, value, showsMissing, onChange }: Props) {
  const { t } = useText();
  const legend = useId();
  if (typeof all === 'string') return null;
  const ticked = typeof value === 'string' ? [] : value;
  const missing = showsMissing && value.length === 0;
  return (
    <fieldset aria-labelledby={legend} aria-describedby={`${legend}-hint`}>
      <div id={legend} className="legend">
        {t(factsOf(provider).ownersLabel ?? 'options.owners')}
      </div>
      <div className="checks">
        {all.map((owner) => (
          <Checkbox
            key={owner}
            label={owner}
            isChecked={ticked.includes(owner)}
            isInvalid={missing}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              onChange(all.filter((one) => (one === owner ? checked : ticked.includes(one))));
            }}
          />
        ))}
      </div>
      <p id={`${legend}-hint`} className={missing ? 'small danger' : 'small subtle'} aria-live="polite">
        {t(missing ? 'options.owners.empty' : 'options.owners.hint')}
      </p>
    </fieldset>
  );
}
