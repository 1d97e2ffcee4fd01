import type { ManagedIntegrationView } from '../../src/contract/views';
import { call } from '../shared/call';
import { useText } from '../shared/text';
import { useWrite } from '../shared/use-write';
import { closeDialog } from './close';
import { Confirm } from './confirm';

export function Disable({ integration }: { integration: ManagedIntegrationView }) {
  const { t, words } = useText();
  const { id, name, provider } = integration;
  const submit = useWrite<{ integration: ManagedIntegrationView }>((done) => closeDialog<'disable'>(done));
  return (
    <Confirm
      heading={t('disable.heading', { integration: name })}
      submitLabel={t('disable.submit')}
      workingLabel={t('disable.working')}
      submit={submit}
      around={{ integration }}
      onConfirm={() => void submit.run(() => call('manage-repositories', 'switch-integration', { id, enabled: false }))}
      onCancel={() => closeDialog()}
    >
      <p>{t('disconnect.repositories', words(provider))}</p>
      <p className="subtle">{t('disable.keeps')}</p>
    </Confirm>
  );
}
