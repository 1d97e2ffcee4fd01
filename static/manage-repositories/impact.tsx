import type { ManagedIntegrationView } from '../../src/contract/views';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { Announcement } from './announcement';
import { Coverage } from './coverage';

type Props = {
  integrations: readonly Pick<
    ManagedIntegrationView,
    'id' | 'name' | 'provider' | 'capabilities' | 'peopleWithTokens' | 'morePeople'
  >[];
};

/** The effect of requiring tokens, shown before it is switched on. */
export function Impact({ integrations }: Props) {
  const { t, words } = useText();
  if (integrations.length === 0) return null;
  const withTokens = integrations.filter(({ capabilities }) => capabilities.userTokens);
  return (
    <Message appearance="information" title={t('impact.title')}>
      {integrations.map(({ id, name: integration, provider, capabilities, peopleWithTokens, morePeople }) => (
        <p key={id}>
          {!capabilities.userTokens
            ? t('impact.unsupported', { integration, ...words(provider) })
            : t(morePeople ? 'impact.more' : 'impact', { integration, count: peopleWithTokens })}
        </p>
      ))}
      <p>{t('impact.rest')}</p>
      {withTokens.length > 0 && (
        <>
          <Coverage integrations={withTokens} />
          <Announcement integrations={withTokens} />
        </>
      )}
    </Message>
  );
}
