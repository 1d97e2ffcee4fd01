import type { ConnectionView, ProviderKind } from '../../src/contract/views';
import { factsOf } from '../../src/domain/editions';
import type { CredentialKind } from '../shared/credential';
import { ErrorMessage } from '../shared/error-message';
import { ExternalLink } from '../shared/external-link';
import { Message } from '../shared/message';
import { type Text, useText } from '../shared/text';
import type { NamedService } from './services';

type Props = { found: ConnectionView; service: NamedService; kind: CredentialKind };

/** The result of *Test connection*: the account, the service and its version, the permissions, the expiry. */
export function Tested({ found, service, kind }: Props) {
  const text = useText();
  const { t, words } = text;
  const named = words(service.provider);
  const { account, missingScopes, serviceName, version, capabilities, approveUrl, warning } = found;
  return (
    <>
      <Message
        appearance={missingScopes.length > 0 ? 'warning' : 'success'}
        title={t('add.tested', { account })}
        takesFocus
      >
        <p>
          {version &&
            t(factsOf(service.provider).versionSentence ?? 'add.tested.version', {
              service: serviceName,
              version,
            })}{' '}
          {missingScopes.length > 0 && t('add.tested.missing', { missing: missingScopes.join(', '), ...named })}{' '}
          {kind !== 'password' && credentialEnd({ ...found, provider: service.provider }, text)}
        </p>
        {approveUrl !== undefined && (
          <p>
            {t('add.tested.withheld', named)}{' '}
            <ExternalLink href={approveUrl} withIcon>
              {t('add.tested.authorize', { service: serviceName })}
            </ExternalLink>
          </p>
        )}
        {!capabilities.userTokens && <p>{t('add.tested.noTokens', named)}</p>}
      </Message>
      {warning && approveUrl === undefined && <ErrorMessage error={warning} around={{ integration: service }} />}
    </>
  );
}

/** When the integration account's own token expires, as a sentence. */
export function credentialEnd(
  { expiresAt, serviceName: service, provider }: { expiresAt: string; serviceName: string; provider: ProviderKind },
  { t, longDate, words }: Text,
): string {
  const named = words(provider);
  if (expiresAt === 'never') return t('add.tested.endsNever', named);
  if (expiresAt === 'unknown') return t('add.tested.endsUnknown', { service, ...named });
  return t('add.tested.ends', { date: longDate(expiresAt), ...named });
}
