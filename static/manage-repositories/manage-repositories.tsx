import { showFlag } from '@forge/bridge';
import { lazy, Suspense, useState } from 'react';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { call } from '../shared/call';
import { openDialog } from '../shared/dialogs';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { useLoad } from '../shared/use-load';
import { Overview } from './overview';

const AddIntegration = lazy(async () => ({ default: (await import('./add-integration')).AddIntegration }));
const EditIntegration = lazy(async () => ({ default: (await import('./edit-integration')).EditIntegration }));

type View = { name: 'overview' } | { name: 'add' } | { name: 'edit'; id: string };

/** *Manage Git repositories*: the integrations of the site, one of them, or a new one. */
export function ManageRepositories() {
  const { t } = useText();
  const { loaded, reload, change } = useLoad(() => call('manage-repositories', 'load-site', {}));
  const [view, setView] = useState<View>({ name: 'overview' });
  const site = loaded.value;
  const tell = (title: string, description = '') =>
    showFlag({ id: `undersigned-${Date.now()}`, type: 'success', title, description, isAutoDismiss: true });

  async function disconnect(integration: ManagedIntegrationView) {
    try {
      const done = await openDialog('disconnect', { integration });
      if (!done) return;
      change((before) => ({ ...before, integrations: before.integrations.filter(({ id }) => id !== done.id) }));
      tell(t('flag.disconnected', { integration: integration.name }), t('flag.disconnected.text'));
    } catch {
      showFlag({
        id: 'undersigned-dialog',
        type: 'error',
        title: t('panel.opened'),
        description: t('panel.opened.why'),
      });
    }
  }
  function saved(integration: ManagedIntegrationView, title: string) {
    change((before) => {
      const others = before.integrations.filter(({ id }) => id !== integration.id);
      return { ...before, integrations: [...others, integration].sort((a, b) => a.name.localeCompare(b.name)) };
    });
    setView({ name: 'overview' });
    tell(title);
  }

  if (!site) {
    return (
      <div className="page stack">
        <h1>{t('admin.heading')}</h1>
        {loaded.state === 'failed' ? (
          <ErrorMessage error={loaded.error} onTryAgain={() => void reload()} />
        ) : (
          <div className="skeleton table-skeleton" role="status" aria-label={t('admin.loading')} />
        )}
      </div>
    );
  }
  const edited = view.name === 'edit' ? site.integrations.find(({ id }) => id === view.id) : undefined;
  const toOverview = () => setView({ name: 'overview' });
  return (
    <div className="page stack">
      <Suspense fallback={<div className="skeleton table-skeleton" />}>
        {view.name === 'add' ? (
          <AddIntegration
            site={site}
            onCancel={toOverview}
            onAdded={(integration) => saved(integration, t('flag.integrationAdded', { integration: integration.name }))}
          />
        ) : edited ? (
          <EditIntegration
            site={site}
            integration={edited}
            onCancel={toOverview}
            onUpdated={(integration) =>
              saved(integration, t('flag.integrationUpdated', { integration: integration.name }))
            }
          />
        ) : (
          <Overview
            site={site}
            onAdd={() => setView({ name: 'add' })}
            onEdit={({ id }) => setView({ name: 'edit', id })}
            onDisconnect={(integration) => void disconnect(integration)}
            onSettings={(settings) => {
              change((before) => ({ ...before, settings }));
              tell(t('flag.settingsSaved'));
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
