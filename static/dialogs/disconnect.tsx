import type { ManagedIntegrationView } from '../../src/contract/views';
import { call } from '../shared/call';
import { useText } from '../shared/text';
import { useWrite } from '../shared/use-write';
import { closeDialog } from './close';
import { Confirm } from './confirm';

export function Disconnect({ integration }: { integration: ManagedIntegrationView }) {
  const { t, words } = useText();
  const { id, name, serviceName: service, provider, peopleWithTokens: people, morePeople } = integration;
  const submit = useWrite<{ id: string }>((done) => closeDialog<'disconnect'>(done));
  const params = { integration: name, service, ...words(provider) };
  return (
    <Confirm
      heading={t('disconnect.heading', params)}
      submitLabel={t('disconnect.submit')}
      workingLabel={t('disconnect.working')}
      submit={submit}
      around={{ integration }}
      onConfirm={() => void submit.run(() => call('manage-repositories', 'disconnect-integration', { id }))}
      onCancel={() => closeDialog()}
    >
      <p>{t('disconnect.repositories', params)}</p>
      <p>
        <strong>{t(morePeople ? 'disconnect.tokens.more' : 'disconnect.tokens', { count: people })}</strong>
      </p>
      <p className="subtle">{t('disconnect.keeps', params)}</p>
    </Confirm>
  );
}
