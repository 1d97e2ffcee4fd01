import { lazy, Suspense } from 'react';
import type { ManagedSiteView, SiteSettingsView } from '../../src/contract/views';
import { IntegrationSearch } from '../shared/integration-search';
import { useText } from '../shared/text';
import { Empty } from './empty';
import { Expiring } from './expiring';
import { IntegrationTable, type RowActions } from './integration-table';
import type { SettingsDraft } from './settings-draft';

/** Below what an admin comes for: a form and a list to choose from are a third of the page's code. */
const SiteSettings = lazy(async () => ({ default: (await import('./site-settings')).SiteSettings }));

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
      <Suspense fallback={<div className="skeleton table-skeleton" />}>
        <SiteSettings site={site} draft={draft} onDraft={onDraft} onSaved={onSettings} />
      </Suspense>
    </>
  );
}
