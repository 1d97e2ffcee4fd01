import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import type { ManagedSiteView } from '../../src/contract/views';
import { activityActions, activityOutcomes } from '../../src/domain/activity';
import { Field } from '../shared/field';
import { useText } from '../shared/text';
import { noFilter, type Filter } from './activity-filter';
import { Choice } from './choice';
import { PersonPicker } from './person-picker';

type Props = { site: ManagedSiteView; value: Filter; onChange: (filter: Filter) => void };

/** By person, integration, action, outcome and time. A choice takes effect at once. */
export function ActivityFilters({ site, value, onChange }: Props) {
  const { t } = useText();
  const change = (part: Partial<Filter>) => onChange({ ...value, ...part });
  return (
    <section className="filters" aria-label={t('activity.filters')}>
      <PersonPicker value={value.person} onChange={(person) => change({ person })} />
      <Choice
        any={t('activity.any')}
        label={t('activity.integration')}
        value={value.integrationId}
        options={site.integrations.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(integrationId) => change({ integrationId })}
      />
      <Choice
        any={t('activity.any')}
        label={t('activity.action')}
        value={value.action}
        options={activityActions.map((action) => ({ value: action, label: t(`activity.${action}`) }))}
        onChange={(action) => change({ action })}
      />
      <Choice
        any={t('activity.any')}
        label={t('activity.outcome')}
        value={value.outcome}
        options={activityOutcomes.map((outcome) => ({ value: outcome, label: t(`activity.${outcome}`) }))}
        onChange={(outcome) => change({ outcome })}
      />
      <Day label={t('activity.from')} value={value.from} onChange={(from) => change({ from })} />
      <Day label={t('activity.to')} value={value.to} onChange={(to) => change({ to })} />
      <Button appearance="subtle" onClick={() => onChange(noFilter)}>
        {t('activity.clear')}
      </Button>
    </section>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <Field label={label}>
      {({ id, describedBy }) => (
        <Textfield
          id={id}
          type="date"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          aria-describedby={describedBy}
        />
      )}
    </Field>
  );
}
