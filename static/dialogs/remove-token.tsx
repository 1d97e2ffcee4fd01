import type { IntegrationView } from '../../src/contract/views';
import { call } from '../shared/call';
import { useText } from '../shared/text';
import { closeDialog } from './close';
import { Confirm } from './confirm';
import { useSubmit } from './use-submit';

type Props = { integration: IntegrationView; onCancel?: () => void };

export function RemoveToken({ integration, onCancel = () => closeDialog() }: Props) {
  const { t, words } = useText();
  const { id, name, serviceName, attribution, provider } = integration;
  const named = words(provider);
  const submit = useSubmit<{ integration: IntegrationView }>((done) =>
    closeDialog<'remove-token'>({ removed: done.integration }),
  );
  return (
    <Confirm
      heading={t('removeToken.heading', named)}
      submitLabel={t('removeToken.submit')}
      workingLabel={t('removeToken.working')}
      submit={submit}
      around={{ integration }}
      onConfirm={() => void submit.run(() => call('user-settings', 'remove-token', { integrationId: id }))}
      onCancel={onCancel}
    >
      <p>
        <strong>{t('removeToken.question', { integration: name, ...named })}</strong>
      </p>
      <p>{t('removeToken.keeps', named)}</p>
      <p>
        {attribution.required
          ? t('removeToken.required', { integration: name, ...named })
          : t('removeToken.optional', { login: attribution.integrationAccount })}
      </p>
      <p className="subtle">{t('removeToken.onService', { service: serviceName, ...named })}</p>
    </Confirm>
  );
}
