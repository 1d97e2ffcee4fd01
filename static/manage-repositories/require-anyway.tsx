import Button from '@atlaskit/button/new';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { Message } from '../shared/message';
import { useText } from '../shared/text';

type Props = {
  /** At least one. */
  integrations: readonly Pick<ManagedIntegrationView, 'name' | 'serviceName' | 'provider'>[];
  onAnswer: (anyway: boolean) => void;
};

/** Asked before tokens are required of services that have none: after it, nobody can do anything there. */
export function RequireAnyway({ integrations, onAnswer }: Props) {
  const { t, words } = useText();
  const services = [...new Set(integrations.map(({ serviceName }) => serviceName))].join(', ');
  return (
    <Message
      appearance="warning"
      title={t('impact.anyway.title', { service: services })}
      takesFocus
      actions={
        <>
          <Button spacing="compact" onClick={() => onAnswer(false)}>
            {t('impact.anyway.keepOff')}
          </Button>
          <Button spacing="compact" appearance="warning" onClick={() => onAnswer(true)}>
            {t('impact.anyway.require')}
          </Button>
        </>
      }
    >
      {integrations.map(({ name, provider }) => (
        <p key={name}>{t('impact.anyway.text', { integration: name, ...words(provider) })}</p>
      ))}
    </Message>
  );
}
