import { useState } from 'react';
import type { PersonView } from '../../src/contract/views';
import { call } from '../shared/call';
import { Field } from '../shared/field';
import { LazySearchSelect } from '../shared/lazy-search-select';
import { useText } from '../shared/text';
import { useDebounced } from '../shared/use-debounced';
import { usePages } from '../shared/use-pages';

type Props = { value: PersonView | undefined; onChange: (person: PersonView | undefined) => void };

/** Somebody of the site, found by name while it is typed. */
export function PersonPicker({ value, onChange }: Props) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const asked = useDebounced(search, 300);
  const { sources } = usePages<PersonView>(['people'], asked, async () => {
    const answer = await call('manage-repositories', 'find-people', { search: asked });
    return answer.ok ? { ok: true, value: { items: answer.value.people } } : answer;
  });
  const { items = [], loading = true } = sources['people'] ?? {};
  const optionOf = (person: PersonView | undefined) => ({
    label: person ? (person.name ?? person.accountId) : t('activity.person.any'),
    value: person?.accountId ?? '',
    data: person,
  });
  return (
    <Field label={t('activity.person')}>
      {({ id, describedBy, invalid }) => (
        <LazySearchSelect<PersonView | undefined>
          id={id}
          describedBy={describedBy}
          invalid={invalid}
          value={optionOf(value)}
          groups={[{ label: '', options: [...(search === '' ? [optionOf(undefined)] : []), ...items.map(optionOf)] }]}
          isLoading={loading || asked !== search}
          placeholder={t('activity.person.any')}
          nothing={t('activity.person.none')}
          loadingText={t('list.loading')}
          search={search}
          onSearch={setSearch}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
