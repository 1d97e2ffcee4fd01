import { useState } from 'react';
import type { RequestFormView } from '../../src/contract/views';
import { Field } from '../shared/field';
import { LazySearchSelect } from '../shared/lazy-search-select';
import { useText } from '../shared/text';

type Template = RequestFormView['templates'][number];
type Props = {
  templates: readonly Template[];
  value: Template | undefined;
  onChange: (template: Template | undefined) => void;
};

/** Which of several templates the description begins with. */
export function TemplateField({ templates, value, onChange }: Props) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const none = { label: t('field.template.none'), value: '', data: undefined };
  const options = templates.map((template) => ({ label: template.name, value: template.name, data: template }));
  const found = [none, ...options].filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <Field label={t('field.template')}>
      {({ id, describedBy, invalid }) => (
        <LazySearchSelect<Template | undefined>
          {...{ id, describedBy, invalid, search }}
          value={options.find((option) => option.value === value?.name) ?? none}
          groups={[{ label: '', options: found }]}
          isLoading={false}
          placeholder={none.label}
          nothing={t('field.template.nothing')}
          loadingText={t('list.loading')}
          onSearch={setSearch}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
