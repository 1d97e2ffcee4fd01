import type { IntegrationView } from '../../src/contract/views';
import { call } from '../shared/call';
import { useText } from '../shared/text';
import { closeDialog } from './close';
import { Confirm } from './confirm';
import { useSubmit } from './use-submit';

type Props = { integration: IntegrationView; onCancel?: () => void };

export function RemoveToken({ integration, onCancel = () => closeDialog() }: Props) {
  const { t } = useText();
  const { id, name, serviceName, attribution } = integration;
  const submit = useSubmit<{ integration: IntegrationView }>((done) =>
    closeDialog<'remove-token'>({ removed: done.integration }),
  );
  return (
    <Confirm
      heading={t('removeToken.heading')}
      submitLabel={t('removeToken.submit')}
      workingLabel={t('removeToken.working')}
      submit={submit}
      around={{ integration }}
      onConfirm={() => void submit.run(() => call('user-settings', 'remove-token', { integrationId: id }))}
      onCancel={onCancel}
    >
      <p>
        <strong>{t('removeToken.question', { integration: name })}</strong>
      </p>
      <p>{t('removeToken.keeps')}</p>
      <p>
        {attribution.required
          ? t('removeToken.required', { integration: name })
          : t('removeToken.optional', { login: attribution.integrationAccount })}
      </p>
      <p className="subtle">{t('removeToken.onService', { service: serviceName })}</p>
    </Confirm>
  );
}
