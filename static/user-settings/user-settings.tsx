import { lazy, Suspense } from 'react';
import type { DefaultsView, IntegrationView, UserSettingsView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { Message } from '../shared/message';
import { IntegrationSearch } from '../shared/integration-search';
import { useText } from '../shared/text';
import { useLoad } from '../shared/use-load';
import { HoldProvider, useHold } from '../shared/use-write';
import { TokenTable } from './token-table';
import { useTokenDialog } from './use-token-dialog';

const Defaults = lazy(async () => ({ default: (await import('./defaults')).Defaults }));

/** *Personal access tokens*: one row per integration, with the person's own token for it. */
export function UserSettings() {
  const { t } = useText();
  const { loaded, reload, change } = useLoad(() => call('user-settings', 'load-user-settings', {}));
  const edit = useTokenDialog((updated) =>
    change(({ integrations, ...rest }) => ({
      ...rest,
      integrations: integrations.map((one) => (one.id === updated.id ? updated : one)),
    })),
  );
  const held = useHold();
  const setDefaults = (projectKey: string, changed: DefaultsView) =>
    change(({ defaults, ...rest }) => ({
      ...rest,
      defaults: [...defaults.filter((one) => one.projectKey !== projectKey), { projectKey, ...changed }],
    }));
  return (
    <div className="page stack">
      <h1>{t('settings.heading')}</h1>
      <p className="subtle">{t('settings.intro')}</p>
      {loaded.state === 'failed' && <ErrorMessage error={loaded.error} onTryAgain={() => void reload()} />}
      {loaded.value ? (
        <HoldProvider value={held}>
          <Settings settings={loaded.value} onEdit={(integration) => void edit(integration)} onDefaults={setDefaults} />
        </HoldProvider>
      ) : (
        loaded.state === 'loading' && (
          <div className="skeleton table-skeleton" role="status" aria-label={t('settings.loading')} />
        )
      )}
    </div>
  );
}

type SettingsProps = {
  settings: UserSettingsView;
  onEdit: (integration: IntegrationView) => void;
  onDefaults: (projectKey: string, changed: DefaultsView) => void;
};

function Settings({ settings, onEdit, onDefaults }: SettingsProps) {
  const { t } = useText();
  if (settings.integrations.length === 0) {
    return (
      <Message appearance="information" title={t('settings.none')}>
        <p>{t('settings.none.text')}</p>
      </Message>
    );
  }
  return (
    <>
      <IntegrationSearch integrations={settings.integrations}>
        {(found) => <TokenTable integrations={found} onEdit={onEdit} />}
      </IntegrationSearch>
      <Suspense fallback={<div className="skeleton table-skeleton" />}>
        <Defaults settings={settings} onToken={onEdit} onChange={onDefaults} />
      </Suspense>
    </>
  );
}
