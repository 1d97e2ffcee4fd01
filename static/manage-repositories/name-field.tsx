import Textfield from '@atlaskit/textfield';
import { Field } from '../shared/field';
import { useText } from '../shared/text';

type Props = { value: string; showsMissing: boolean; onChange: (name: string) => void };

export function NameField({ value, showsMissing, onChange }: Props) {
  const { t } = useText();
  return (
    <Field
      label={t('options.name')}
      hint={t('options.name.hint')}
      problem={showsMissing && value.trim() === '' ? t('options.name.empty') : undefined}
    >
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          maxLength={80}
          aria-describedby={describedBy}
          isInvalid={invalid}
          autoComplete="off"
        />
      )}
    </Field>
  );
}
