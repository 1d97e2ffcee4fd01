import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import type { ManagedSiteView } from '../../src/contract/views';
import { tokenOrders, tokenStates } from '../../src/domain/token';
import { Field } from '../shared/field';
import { useText } from '../shared/text';
import { Choice } from './choice';
import { noPeopleFilter, type PeopleFilter } from './people-filter';

type Props = { site: ManagedSiteView; value: PeopleFilter; onChange: (filter: PeopleFilter) => void };

/** By person or login, integration and state. With a state chosen, rows are sorted by their day, whatever the order. */
export function PeopleFilters({ site, value, onChange }: Props) {
  const { t } = useText();
  const change = (part: Partial<PeopleFilter>) => onChange({ ...value, ...part });
  return (
    <section className="filters" aria-label={t('activity.filters')}>
      <Field label={t('people.search')}>
        {({ id, describedBy }) => (
          <Textfield
            id={id}
            value={value.search}
            placeholder={t('people.search.placeholder')}
            onChange={(event) => change({ search: event.currentTarget.value })}
            aria-describedby={describedBy}
          />
        )}
      </Field>
      <Choice
        any={t('activity.any')}
        label={t('activity.integration')}
        value={value.integrationId}
        options={site.integrations.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(integrationId) => change({ integrationId })}
      />
      <Choice
        any={t('activity.any')}
        label={t('people.state')}
        value={value.state}
        options={tokenStates.map((state) => ({ value: state, label: t(`people.state.${state}`) }))}
        onChange={(state) => change({ state })}
      />
      <Choice
        label={t('people.sort')}
        value={value.sort}
        options={tokenOrders.map((sort) => ({ value: sort, label: t(`people.sort.${sort}`) }))}
        onChange={(sort = 'person') => change({ sort })}
      />
      <Button appearance="subtle" onClick={() => onChange(noPeopleFilter)}>
        {t('activity.clear')}
      </Button>
    </section>
  );
}
