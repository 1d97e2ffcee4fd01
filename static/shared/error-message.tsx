import Button from '@atlaskit/button/new';
import type { PageError } from '../../src/contract/errors';
import { type Around, errorText } from './error-text';
import { guideUrl } from './guide-url';
import { openExternal, openModule } from './links';
import { Message } from './message';
import { useText, type Text } from './text';
import type { MessageKey } from './translate';

type Props = {
  error: PageError;
  around?: Around;
  onTryAgain?: (() => void) | undefined;
  /** Opens the token form: for a token that is missing or failed. */
  onToken?: (() => void) | undefined;
  onContinueAsIntegration?: (() => void) | undefined;
  takesFocus?: boolean;
};

/** An error as people read it: what, why, what next, and the button for it where the page has one. */
export function ErrorMessage({ error, around, onTryAgain, onToken, onContinueAsIntegration, takesFocus }: Props) {
  const text = useText();
  const { title, why, next, said, action, params } = errorText(error, text, around);
  const { url } = error;
  const guide = guideUrl(`errors.md#${error.code}`);
  const buttons = [
    (action === 'set-up-token' || action === 'replace-token') &&
      onToken && { label: text.t(`action.${action}`, params), act: onToken },
    (action === 'open-url' || action === 'open-existing' || action === 'replace-token') &&
      url && { label: text.t(openLabel(error, text), params), act: () => void openExternal(url) },
    action === 'manage-repositories' &&
      error.mayManage && {
        label: text.t('action.manage-repositories'),
        act: () => void openModule('manage-repositories'),
      },
    (action === 'try-again' || action === 'open-url') &&
      onTryAgain && { label: text.t('action.try-again'), act: onTryAgain },
    error.mayContinueAsIntegration &&
      onContinueAsIntegration && { label: text.t('action.continueAsIntegration'), act: onContinueAsIntegration },
  ].filter((button) => typeof button === 'object');
  return (
    <Message
      appearance={action === 'set-up-token' ? 'warning' : 'error'}
      title={title}
      takesFocus={takesFocus ?? false}
      actions={
        (guide !== undefined || buttons.length > 0) && (
          <>
            {buttons.map(({ label, act }) => (
              <Button key={label} spacing="compact" onClick={act}>
                {label}
              </Button>
            ))}
            {guide !== undefined && (
              <button type="button" className="link-button" onClick={() => void openExternal(guide)}>
                {text.t('guide.error')}
              </button>
            )}
          </>
        )
      }
    >
      <p>{why}</p>
      {said !== undefined && <p dir="auto">{said}</p>}
      <p>{next}</p>
    </Message>
  );
}

function openLabel({ code }: PageError, { has }: Text): MessageKey {
  const own = `action.${code}`;
  return has(own) ? own : 'action.open-url';
}
