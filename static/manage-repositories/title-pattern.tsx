import Textfield from '@atlaskit/textfield';
import { LONGEST_PATTERN, titleVariables } from '../../src/domain/request-title';
import { Field } from '../shared/field';
import { useText } from '../shared/text';

type Props = { value: string; problem: string | undefined; onChange: (pattern: string) => void };

const variable = (name: string) => `\${${name}}`;

/** How the titles of pull requests begin; empty for the usual one, which the field shows. */
export function TitlePattern({ value, problem, onChange }: Props) {
  const { t } = useText();
  const usual = { issue: variable('issuekey'), source: variable('sourcebranch'), target: variable('targetbranch') };
  return (
    <Field
      label={t('title.field')}
      hint={t('title.hint', { variables: titleVariables.map(variable).join(' ') })}
      problem={problem}
    >
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          value={value}
          placeholder={t('request.title', usual)}
          onChange={(event) => onChange(event.currentTarget.value)}
          aria-describedby={describedBy}
          isInvalid={invalid}
          isMonospaced
          maxLength={LONGEST_PATTERN}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
