import WarningIcon from '@atlaskit/icon/core/status-warning';
import { createContext, useContext, useEffect } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView } from '../../src/contract/views';
import { errors } from '../../src/domain/errors';
import { errorButtons } from './error-buttons';
import { errorText } from './error-text';
import { NewTab } from './new-tab';
import { press } from './press';
import { useText } from './text';
import { isTokenDead } from './token-dead';
import type { MessageKey } from './translate';

/** What the page around a list can do when a service gives none. */
type Around = {
  /** Opens the form for the person's token. */
  onToken?: (integration: IntegrationView) => void;
  mayManage?: boolean;
  /** The page itself tells that this person's token no longer works here, so no list repeats it. */
  tellsDeadToken?: IntegrationView | undefined;
  /** The service turned the token away, which the page does not know yet. */
  onDeadToken?: () => void;
};

const AroundContext = createContext<Around>({});
export const AskedInVainProvider = AroundContext.Provider;

type Props = {
  /** Says what is missing here, and `{title}` why. */
  sentence: Extract<
    MessageKey,
    | 'panel.failed'
    | 'panel.partly'
    | 'field.repository.failed'
    | 'field.repository.partly'
    | 'field.branch.failed'
    | 'field.reviewers.failed'
  >;
  integration: IntegrationView;
  error: PageError;
  onTryAgain: () => void;
  repository?: string | undefined;
  /** The page leads to the token already. */
  isLed?: boolean | undefined;
};

/** One line about a service that gave no list, with the button that mends it, where one does. */
export function AskedInVain({ sentence, integration, error, onTryAgain, repository, isLed }: Props) {
  const text = useText();
  const { onToken, mayManage, tellsDeadToken, onDeadToken } = useContext(AroundContext);
  const isNews = errors[error.code].rejectsCredential && !isTokenDead(integration);
  useEffect(() => {
    if (isNews) onDeadToken?.();
    // Once for each answer that says so.
  }, [isNews]);
  // Without a token of the person's, whatever is seen is seen as the integration account.
  const own = integration.attribution.state === 'person' ? 'own-token' : 'integration-account';
  const around = { integration, situation: own, params: repository === undefined ? {} : { repository } } as const;
  const told = errorText(error, text, around);
  if (tellsDeadToken?.id === integration.id && told.action === 'replace-token') return undefined;
  const ways = { onTryAgain, mayManage, onToken: isLed ? undefined : onToken && (() => onToken(integration)) };
  const [button] = errorButtons(error, told, text, ways);
  return (
    <div className="row small">
      <span className="icon-text">
        <span className="warning">
          <WarningIcon label="" size="small" />
        </span>
        <span>
          {error.code === 'TOKEN_REQUIRED'
            ? text.t('list.unseen', { integration: integration.name, ...text.words(integration.provider) })
            : text.t(sentence, { integration: integration.name, title: told.title })}{' '}
          {!button && error.code !== 'TOKEN_REQUIRED' && told.next}
        </span>
      </span>
      {button && (
        <button type="button" className="link-button" onClick={() => press(button)}>
          {button.label}
          {'opens' in button && (
            <span className="link-icon">
              <NewTab />
            </span>
          )}
        </button>
      )}
    </div>
  );
}
