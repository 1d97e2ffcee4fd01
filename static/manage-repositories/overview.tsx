import type { ManagedSiteView, SiteSettingsView } from '../../src/contract/views';
import { IntegrationSearch } from '../shared/integration-search';
import { useText } from '../shared/text';
import { Empty } from './empty';
import { Expiring } from './expiring';
import { IntegrationTable, type RowActions } from './integration-table';
import { SiteSettings, type SettingsDraft } from './site-settings';

type Props = RowActions & {
  site: ManagedSiteView;
  draft: SettingsDraft;
  onDraft: (draft: SettingsDraft) => void;
  onSettings: (settings: SiteSettingsView) => void;
};

/** The integrations of the site, and what holds for all of them. */
export function Overview({ site, draft, onDraft, onSettings, ...actions }: Props) {
  const { t } = useText();
  return (
    <>
      <Expiring integrations={site.integrations} />
      {site.integrations.length === 0 ? (
        <Empty title={t('admin.none')}>{t('admin.none.text')}</Empty>
      ) : (
        <IntegrationSearch integrations={site.integrations}>
          {(found) => (
            <IntegrationTable integrations={found} siteRequires={site.settings.requireUserPat} {...actions} />
          )}
        </IntegrationSearch>
      )}
      <SiteSettings site={site} draft={draft} onDraft={onDraft} onSaved={onSettings} />
    </>
  );
}
