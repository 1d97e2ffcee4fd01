import PersonIcon from '@atlaskit/icon/core/person-avatar';
import WarningIcon from '@atlaskit/icon/core/status-warning';
import type { ReactNode } from 'react';
import type { IntegrationView } from '../../src/contract/views';
import { againstRule, isAgainstRule } from './against-rule';
import { useText } from './text';
import { isTokenDead } from './token-dead';

type Props = {
  /** Of the chosen repository; none chosen yet says that the answer is still open. */
  integration: IntegrationView | undefined;
  /** The person chose the integration account after their own token failed. */
  chosenIntegration?: boolean;
  onToken: () => void;
};

/** Says, before anything is done, who will be its author. Always there, in every state. */
export function AttributionLine({ integration, chosenIntegration = false, onToken }: Props) {
  const { t } = useText();
  return (
    <div className="acting" role="group" aria-label={t('acting.label')} aria-live="polite">
      {integration ? (
        <Sentence integration={integration} chosenIntegration={chosenIntegration} onToken={onToken} />
      ) : (
        <p className="subtle">{t('acting.choose')}</p>
      )}
    </div>
  );
}

function Sentence({
  integration,
  chosenIntegration,
  onToken,
}: {
  integration: IntegrationView;
  chosenIntegration: boolean;
  onToken: () => void;
}) {
  const text = useText();
  const { t, rich, ends, words, longDate } = text;
  const { attribution, serviceName: service, name, provider } = integration;
  const named = words(provider);
  const account = { login: <strong>{attribution.integrationAccount}</strong>, integration: name };
  if (chosenIntegration) return <Line>{rich('acting.chosen', account)}</Line>;
  if (attribution.state === 'unsupported') return <Line warns>{t('acting.unsupported')}</Line>;
  const removed =
    attribution.removed &&
    ` ${t('token.removedByAdmin', { date: longDate(attribution.removed.at), reason: attribution.removed.reason })}`;
  if (attribution.state === 'setup-required')
    return (
      <Line>
        {t('acting.required', { service, ...named })}
        {removed}
      </Line>
    );
  if (attribution.state === 'person' && attribution.token) {
    const { token } = attribution;
    const login = <strong>{token.login}</strong>;
    // The reason, and the way to another one, are shown above.
    if (isTokenDead(integration)) return <Line warns>{rich('acting.dead', { login, service, ...named })}</Line>;
    return (
      <Line warns={token.health !== 'good' || isAgainstRule(token)}>
        {rich('acting.person', { login, service })}{' '}
        <span className="subtle">
          {t('acting.person.token', named)} {ends(token, service, 'sentence')} {againstRule(token, text)}
        </span>{' '}
        <LinkButton onClick={onToken}>{t('action.replace-token', named)}</LinkButton>
      </Line>
    );
  }
  return (
    <Line>
      {rich('acting.integration', account)}
      {removed}{' '}
      {integration.capabilities.userTokens && (
        <span className="subtle">
          <LinkButton onClick={onToken}>{t('acting.integration.link', named)}</LinkButton>
        </span>
      )}
    </Line>
  );
}

function Line({ children, warns = false }: { children: ReactNode; warns?: boolean }) {
  return (
    <p className="icon-text">
      <span className={warns ? 'warning' : 'subtle'}>{warns ? <WarningIcon label="" /> : <PersonIcon label="" />}</span>
      <span>{children}</span>
    </p>
  );
}

function LinkButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="link-button" onClick={onClick}>
      {children}
    </button>
  );
}
