import type { PageError } from '../../src/contract/errors';
import type { IntegrationView, Result } from '../../src/contract/views';
import { useText } from '../shared/text';
import { useWrite } from '../shared/use-write';
import { Confirm } from './confirm';

type Props = {
  integration: IntegrationView;
  remove: () => Promise<Result<{ integration: IntegrationView }, PageError>>;
  onRemoved: (updated: IntegrationView) => void;
  onCancel: () => void;
};

export function RemoveToken({ integration, remove, onRemoved, onCancel }: Props) {
  const { t, words } = useText();
  const { name, serviceName, attribution, provider } = integration;
  const named = words(provider);
  const submit = useWrite<{ integration: IntegrationView }>((done) => onRemoved(done.integration));
  return (
    <Confirm
      heading={t('removeToken.heading', named)}
      submitLabel={t('removeToken.submit')}
      workingLabel={t('removeToken.working')}
      submit={submit}
      around={{ integration }}
      onConfirm={() => void submit.run(remove)}
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
