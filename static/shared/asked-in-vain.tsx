import WarningIcon from '@atlaskit/icon/core/status-warning';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView } from '../../src/contract/views';
import { errorText } from './error-text';
import { openExternal } from './links';
import { useText } from './text';
import type { MessageKey } from './translate';

type Props = {
  /** Says what is missing here, and `{title}` why. */
  sentence: Extract<
    MessageKey,
    'panel.failed' | 'panel.partly' | 'field.repository.failed' | 'field.repository.partly' | 'field.branch.failed'
  >;
  integration: IntegrationView;
  error: PageError;
  onTryAgain: () => void;
  /** Opens the form for the person's token. */
  onToken?: ((integration: IntegrationView) => void) | undefined;
  repository?: string | undefined;
};

/** One line about a service that gave no list, with the button that mends it. What trying cannot mend is not offered to be tried. */
export function AskedInVain({ sentence, integration, error, onTryAgain, onToken, repository }: Props) {
  const text = useText();
  const own = integration.attribution.state === 'integration' ? 'integration-account' : 'own-token';
  const around = { integration, situation: own, params: repository === undefined ? {} : { repository } } as const;
  const { title, action, params } = errorText(error, text, around);
  const { url } = error;
  const button =
    action === 'replace-token' || action === 'set-up-token'
      ? onToken && { label: text.t(`action.${action}`, params), act: () => onToken(integration) }
      : (action === 'open-url' || action === 'open-existing') && url
        ? { label: text.t('action.open-url', params), act: () => void openExternal(url) }
        : { label: text.t('action.try-again'), act: onTryAgain };
  return (
    <div className="row small">
      <span className="icon-text">
        <span className="warning">
          <WarningIcon label="" size="small" />
        </span>
        <span>
          {error.code === 'TOKEN_REQUIRED'
            ? text.t('list.unseen', { integration: integration.name, ...text.words(integration.provider) })
            : text.t(sentence, { integration: integration.name, title })}
        </span>
      </span>
      {button && (
        <button type="button" className="link-button" onClick={button.act}>
          {button.label}
        </button>
      )}
    </div>
  );
}
