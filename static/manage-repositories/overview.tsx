import Button from '@atlaskit/button/new';
import type { ManagedIntegrationView, ManagedSiteView, SiteSettingsView } from '../../src/contract/views';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { IntegrationTable } from './integration-table';
import { SiteSettings } from './site-settings';

type Props = {
  site: ManagedSiteView;
  onAdd: () => void;
  onEdit: (integration: ManagedIntegrationView) => void;
  onDisconnect: (integration: ManagedIntegrationView) => void;
  onSettings: (settings: SiteSettingsView) => void;
};

export function Overview({ site, onAdd, onEdit, onDisconnect, onSettings }: Props) {
  const { t } = useText();
  return (
    <>
      <div className="row-between">
        <h1>{t('admin.heading')}</h1>
        <Button appearance="primary" onClick={onAdd}>
          {t('admin.add')}
        </Button>
      </div>
      {site.integrations.length === 0 ? (
        <Message appearance="information" title={t('admin.none')}>
          <p>{t('admin.none.text')}</p>
        </Message>
      ) : (
        <IntegrationTable site={site} onEdit={onEdit} onDisconnect={onDisconnect} />
      )}
      <SiteSettings site={site} onSaved={onSettings} />
    </>
  );
}
