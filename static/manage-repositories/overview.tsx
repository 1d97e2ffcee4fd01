import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { ManagedIntegrationView, ManagedSiteView, SiteSettingsView } from '../../src/contract/views';
import { Field } from '../shared/field';
import { useText } from '../shared/text';
import { Empty } from './empty';
import { IntegrationTable, type RowActions } from './integration-table';
import { SiteSettings } from './site-settings';

type Props = RowActions & { site: ManagedSiteView; onSettings: (settings: SiteSettingsView) => void };

/** The integrations of the site, and what holds for all of them. */
export function Overview({ site, onSettings, ...actions }: Props) {
  const { t } = useText();
  return (
    <>
      {site.integrations.length === 0 ? (
        <Empty title={t('admin.none')}>{t('admin.none.text')}</Empty>
      ) : (
        <Integrations site={site} {...actions} />
      )}
      <SiteSettings site={site} onSaved={onSettings} />
    </>
  );
}

function Integrations({ site, ...actions }: RowActions & { site: ManagedSiteView }) {
  const { t, plural } = useText();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const says = ({ name, serviceName, host }: ManagedIntegrationView) =>
    `${name}\n${serviceName}\n${host}`.toLowerCase();
  const found = site.integrations.filter((integration) => says(integration).includes(wanted));
  return (
    <>
      <div className="search">
        <Field label={t('admin.search')} hint={wanted !== '' && plural('admin.search.found', found.length)}>
          {({ id, describedBy }) => (
            <Textfield
              id={id}
              type="search"
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
              aria-describedby={describedBy}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      {found.length > 0 ? (
        <IntegrationTable integrations={found} siteRequires={site.settings.requireUserPat} {...actions} />
      ) : (
        <p>{t('admin.noMatch', { search: search.trim() })}</p>
      )}
    </>
  );
}
