import Textfield from '@atlaskit/textfield';
import { Field } from './field';
import { useText } from './text';

type Props = { value: string; onChange: (value: string) => void; service: string; isWrong: boolean; isNeeded: boolean };

/** The day a token expires, where the service does not say it: `2027-01-31`, or nothing. */
export function EndsOn({ value, onChange, service, isWrong, isNeeded }: Props) {
  const { t } = useText();
  return (
    <Field
      label={t(isNeeded ? 'token.endsOn.needed' : 'token.endsOn')}
      hint={t('token.endsOn.hint', { service })}
      problem={isWrong ? t('token.endsOn.problem') : undefined}
    >
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          type="date"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          aria-describedby={describedBy}
          isInvalid={invalid}
        />
      )}
    </Field>
  );
}
