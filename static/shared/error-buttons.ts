import type { PageError } from '../../src/contract/errors';
import { isOpenOutcome } from '../../src/domain/errors';
import type { ErrorText } from './error-text';
import type { Text } from './text';
import type { MessageKey } from './translate';

/** The actions of the page that shows an error. Absent: it has none. */
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

/** `opens`: an address outside, or the admin page, each in a new tab. */
export type ErrorButton = { label: string } & ({ act: () => void } | { opens: string });
/** For `opens`: the app's own page. */
export const ADMIN_PAGE = 'manage-repositories';

/** The buttons of an error, the one that mends it first, the same wherever it is shown. *Try again* is not offered where it can't help. */
export function errorButtons(
  error: PageError,
  { action, params }: Pick<ErrorText, 'action' | 'params'>,
  text: Text,
  { onTryAgain, onToken, onContinueAsIntegration, mayManage, look }: ErrorWays,
): ErrorButton[] {
  const { url } = error;
  const own = `action.${error.code}`;
  const button = (key: MessageKey, does: { act: () => void } | { opens: string }) => ({
    label: text.t(key, params),
    ...does,
  });
  const isOpen = isOpenOutcome({ code: error.code, ...error.params });
  return [
    (action === 'set-up-token' || action === 'replace-token') &&
      onToken &&
      button(`action.${action}`, { act: onToken }),
    (action === 'open-url' || action === 'open-existing' || action === 'replace-token') &&
      url &&
      button(text.has(own) ? own : 'action.open-url', { opens: url }),
    // Before it is tried again: it may have been done.
    isOpen && look && button('action.open-url', { opens: look }),
    action === 'manage-repositories' &&
      (error.mayManage || mayManage) &&
      button('action.manage-repositories', { opens: ADMIN_PAGE }),
    (action === 'try-again' || action === 'open-url') && onTryAgain && button('action.try-again', { act: onTryAgain }),
    error.mayContinueAsIntegration &&
      onContinueAsIntegration &&
      button('action.continueAsIntegration', { act: onContinueAsIntegration }),
  ].filter((one) => typeof one === 'object');
}
