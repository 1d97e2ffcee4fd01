import type { PageError } from '../../src/contract/errors';
import { errors } from '../../src/domain/errors';
import type { ErrorText } from './error-text';
import { openExternal, openModule } from './links';
import type { Text } from './text';
import type { MessageKey } from './translate';

/** What the page that shows an error can do about it. Absent: it can't. */
export type ErrorWays = {
  onTryAgain?: (() => void) | undefined;
  /** Opens the token form: for a token that is missing or failed. */
  onToken?: (() => void) | undefined;
  onContinueAsIntegration?: (() => void) | undefined;
  /** The page knows that the person is a Jira admin. */
  mayManage?: boolean | undefined;
  /** Where somebody can see whether it was done after all: the repository. */
  look?: string | undefined;
};

export type ErrorButton = { label: string; act: () => void; opensElsewhere?: true };

/** The buttons of an error, the one that mends it first, the same wherever it is shown. What trying can't mend is not offered to be tried. */
export function errorButtons(
  error: PageError,
  { action, params }: Pick<ErrorText, 'action' | 'params'>,
  text: Text,
  { onTryAgain, onToken, onContinueAsIntegration, mayManage, look }: ErrorWays,
): ErrorButton[] {
  const { url } = error;
  const own = `action.${error.code}`;
  const openLabel = text.has(own) ? own : 'action.open-url';
  const open = (address: string, key: MessageKey): ErrorButton => ({
    label: text.t(key, params),
    act: () => void openExternal(address),
    opensElsewhere: true,
  });
  const isOpen = errors[error.code].outcome === 'unknown' && !('reading' in error.params);
  return [
    (action === 'set-up-token' || action === 'replace-token') &&
      onToken && { label: text.t(`action.${action}`, params), act: onToken },
    (action === 'open-url' || action === 'open-existing' || action === 'replace-token') && url && open(url, openLabel),
    // Before it is tried again: it may have been done.
    isOpen && look && open(look, 'action.open-url'),
    action === 'manage-repositories' &&
      (error.mayManage || mayManage) && {
        label: text.t('action.manage-repositories'),
        act: () => void openModule('manage-repositories'),
        opensElsewhere: true as const,
      },
    (action === 'try-again' || action === 'open-url') &&
      onTryAgain && { label: text.t('action.try-again'), act: onTryAgain },
    error.mayContinueAsIntegration &&
      onContinueAsIntegration && { label: text.t('action.continueAsIntegration'), act: onContinueAsIntegration },
  ].filter((button) => typeof button === 'object');
}
