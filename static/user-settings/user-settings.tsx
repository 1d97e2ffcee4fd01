import Textfield from '@atlaskit/textfield';
import { lazy, Suspense, useState } from 'react';
import type { DefaultsView, IntegrationView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { Field } from '../shared/field';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { useLoad } from '../shared/use-load';
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
        <>
          <Integrations integrations={loaded.value.integrations} onEdit={(integration) => void edit(integration)} />
          {loaded.value.integrations.length > 0 && (
            <Suspense fallback={<div className="skeleton table-skeleton" />}>
              <Defaults settings={loaded.value} onChange={setDefaults} />
            </Suspense>
          )}
        </>
      ) : (
        loaded.state === 'loading' && (
          <div className="skeleton table-skeleton" role="status" aria-label={t('settings.loading')} />
        )
      )}
    </div>
  );
}

function Integrations({
  integrations,
  onEdit,
}: {
  integrations: readonly IntegrationView[];
  onEdit: (integration: IntegrationView) => void;
}) {
  const { t, plural } = useText();
  const [search, setSearch] = useState('');
  if (integrations.length === 0) {
    return (
      <Message appearance="information" title={t('settings.none')}>
        <p>{t('settings.none.text')}</p>
      </Message>
    );
  }
  const wanted = search.trim().toLowerCase();
  const found = integrations.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <>
      <div className="search">
        <Field label={t('settings.search')} hint={wanted !== '' && plural('settings.found', found.length)}>
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
        <TokenTable integrations={found} onEdit={onEdit} />
      ) : (
        <p>{t('settings.noMatch', { search: search.trim() })}</p>
      )}
    </>
  );
}
