import Checkbox from '@atlaskit/checkbox';
import { useState } from 'react';
import type { IntegrationView, ReviewRuleView } from '../../src/contract/views';
import { AskedInVain } from '../shared/asked-in-vain';
import { Field } from '../shared/field';
import { type Text, useText } from '../shared/text';
import { PeopleSelect } from './people-select';
import type { RequestForm } from './use-request-form';

type Values = { assignMe?: boolean | undefined; labels?: string[] | undefined };

type Props = {
  integration: IntegrationView;
  read: RequestForm;
  values: Values;
  onChange: (change: Values) => void;
};

/** As many labels as are read of a repository. */
const READ = 100;

/** What a pull request gets besides, and what the service does itself. Last in the form: what comes late moves nothing. */
export function RequestExtras({ integration, read, values, onChange }: Props) {
  const text = useText();
  const { t, words } = text;
  const [search, setSearch] = useState('');
  const { serviceName: service, capabilities } = integration;
  const { form, error, tryAgain } = read;
  const { labels = [], rules = [] } = form ?? {};
  const found = labels.filter((label) => label.toLowerCase().includes(search.trim().toLowerCase()));
  const asPerson = (label: string) => ({ id: label, login: label });
  return (
    <div className="request-extras">
      {capabilities.requestExtras && (
        <>
          <Field
            label={t('field.labels')}
            hint={
              error && <AskedInVain sentence="field.labels.failed" {...{ integration, error }} onTryAgain={tryAgain} />
            }
          >
            {({ id, describedBy }) => (
              <PeopleSelect
                {...{ id, describedBy, search }}
                value={(values.labels ?? []).map(asPerson)}
                people={found.map(asPerson)}
                isLoading={form === undefined && error === undefined}
                placeholder={t('field.labels.placeholder')}
                nothing={t('field.labels.none')}
                leftOut={labels.length < READ ? [] : [t('listed.labels', { count: READ })]}
                loadingText={t('list.loading')}
                onOpen={() => undefined}
                onSearch={setSearch}
                onChange={(chosen) => onChange({ labels: chosen.map(({ id: label }) => label) })}
              />
            )}
          </Field>
          <Checkbox
            label={t('field.assignMe', words(integration.provider))}
            isChecked={values.assignMe ?? false}
            onChange={(event) => onChange({ assignMe: event.currentTarget.checked })}
          />
        </>
      )}
      {capabilities.requestRules && (
        <div className="small subtle" role="status">
          {rules.length > 0 && <div>{t('rules.heading', { service })}</div>}
          {rules.map((rule) => {
            const line = ruleText(rule, text);
            return <div key={line}>{line}</div>;
          })}
        </div>
      )}
    </div>
  );
}

/** One line of what a service does itself. */
function ruleText({ kind, people, more = 0, count = 0 }: ReviewRuleView, { t }: Text): string {
  const named = people.join(', ');
  const unnamed =
    people.length === 0 ? t('rules.unnamed', { count: more }) : t('rules.more', { people: named, count: more });
  const all = more > 0 ? unnamed : named;
  if (kind !== 'approvals') return t(`rules.${kind}`, { people: all });
  return all === '' ? t('rules.approvals.any', { count }) : t('rules.approvals', { count, people: all });
}
