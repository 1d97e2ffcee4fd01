import WarningIcon from '@atlaskit/icon/core/status-warning';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { useText } from '../shared/text';

type Props = {
  integrations: readonly ManagedIntegrationView[];
  /** The page is about one of them: it is not named. */
  isOne?: boolean;
};

type Expiring = ManagedIntegrationView & { expiry: object };

/** Whether the token of the integration account expires soon or has expired. */
export function needsCredential(integration: ManagedIntegrationView): integration is Expiring {
  return integration.expiry !== undefined && integration.expiry.health !== 'good';
}

/** Says, without a piece that would be loaded for it and move the page, which integrations stop working unless an admin replaces their credential. */
export function Expiring({ integrations, isOne = false }: Props) {
  const { t, ends, words } = useText();
  const found = integrations.filter(needsCredential);
  if (found.length === 0) return null;
  return (
    <section className="warning-box" role="status">
      <h2 className="icon-text">
        <span className="warning">
          <WarningIcon label="" />
        </span>
        {t(isOne ? 'edit.expiry' : 'admin.expiry')}
      </h2>
      {found.map(({ id, name, account, expiry, serviceName, provider }) => (
        <p key={id}>
          {t(isOne ? 'edit.expiry.of' : 'admin.expiry.of', {
            integration: name,
            account,
            end: ends(expiry, serviceName),
            ...words(provider),
          })}
        </p>
      ))}
    </section>
  );
}
