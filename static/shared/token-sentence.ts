import type { IntegrationView, TokenSaved, TokenView } from '../../src/contract/views';
import type { Text } from './text';

/** The title of that message. */
export function tokenTitle(
  { renewed }: TokenSaved,
  { provider }: Pick<IntegrationView, 'provider'>,
  { t, words }: Pick<Text, 't' | 'words'>,
): string {
  return t(renewed ? 'flag.tokenRenewed' : 'flag.tokenSaved', words(provider));
}

/**
 * The message after a token was saved: its login, its permissions, its expiry. A service that
 * does not say the scopes (`scopes` is absent) is not claimed to have granted anything.
 */
export function tokenSentence(
  token: TokenView,
  integration: Pick<IntegrationView, 'provider' | 'serviceName'>,
  { t, words, longDate }: Pick<Text, 't' | 'words' | 'longDate'>,
): string {
  const params = { service: integration.serviceName, login: token.login, ...words(integration.provider) };
  const can =
    token.missingScopes.length > 0
      ? t('token.lacks', { missing: token.missingScopes.join(', ') })
      : t(token.scopes ? 'token.can' : 'token.canMaybe', params);
  const end =
    token.expiresAt === 'never'
      ? t('token.endsNever')
      : token.expiresAt === 'unknown'
        ? t('token.endsUnknown', params)
        : t('token.ends', { date: longDate(token.expiresAt) });
  return [t('token.known', params), can, end].join(' ');
}
