import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import { placeIn, type Offering } from '../../src/domain/offerings';
import { Field } from '../shared/field';
import { useText } from '../shared/text';

type Props = {
  offering: Offering;
  value: string;
  onChange: (value: string) => void;
  /** The button was pressed: an empty field is a problem too. */
  showsMissing: boolean;
  onEnter: () => void;
};

/** Where the service is. Says what is wrong as soon as the field is left, and from then on while typing. */
export function AddressField({ offering, value, onChange, showsMissing, onEnter }: Props) {
  const { t } = useText();
  const [left, setLeft] = useState(false);
  const checked = placeIn(offering, value);
  const shows = showsMissing || (left && value.trim() !== '');
  const { label = 'field.address', hint = 'add.address.hint' } = offering.field ?? {};
  return (
    <Field
      label={t(label)}
      hint={t(hint, { example: offering.example })}
      problem={!checked.ok && shows ? t(`address.${checked.error}`) : undefined}
    >
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onBlur={() => {
            setLeft(true);
            // An address that was copied from a browser is cut to the needed part, so people see where requests will go.
            if (checked.ok && checked.value.address !== value) onChange(checked.value.address);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onEnter();
          }}
          aria-describedby={describedBy}
          isInvalid={invalid}
          inputMode="url"
          maxLength={500}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
