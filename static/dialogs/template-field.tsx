import type { RequestFormView } from '../../src/contract/views';
import { useText } from '../shared/text';

type Template = RequestFormView['templates'][number];
type Props = {
  templates: readonly Template[];
  value: Template | undefined;
  onChange: (template: Template | undefined) => void;
};

/** Which of several templates the description begins with: in the line of its label, where room is kept, for it comes late. */
export function TemplateField({ templates, value, onChange }: Props) {
  const { t } = useText();
  return (
    <select
      className="native-select template-choice"
      aria-label={t('field.template')}
      value={value?.name ?? ''}
      onChange={({ currentTarget }) => onChange(templates.find(({ name }) => name === currentTarget.value))}
    >
      <option value="">{t('field.template.none')}</option>
      {templates.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
