import type { IntegrationView } from '../../src/contract/views';
import { personalKind } from '../shared/credential';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { isTokenDead } from '../shared/token-dead';

type Props = { integration: IntegrationView; onToken: () => void };

/** Nothing can be written before the person has a token that works: what is missing, and the way to it. */
export function Blocked({ integration, onToken }: Props) {
  const { t, ends, words } = useText();
  const { name, provider, serviceName, attribution } = integration;
  const named = words(provider);
  const link = (label: string) => (
    <button type="button" className="link-button" onClick={onToken}>
      {label}
    </button>
  );
  if (attribution.token && isTokenDead(integration))
    return (
      <Message
        appearance="warning"
        title={ends(attribution.token, serviceName, 'sentence')}
        actions={link(t('action.replace-token', named))}
      >
        <p>{t('blocked.dead', { integration: name, ...named })}</p>
      </Message>
    );
  return (
    <Message
      appearance="warning"
      title={t('blocked.title', named)}
      actions={link(t(personalKind(provider) === 'access-key' ? 'blocked.link.access-key' : 'blocked.link'))}
    >
      <p>{t('blocked.text', { integration: name, ...named })}</p>
    </Message>
  );
}
