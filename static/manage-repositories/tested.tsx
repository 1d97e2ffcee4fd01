import type { ConnectionView } from '../../src/contract/views';
import { ErrorMessage } from '../shared/error-message';
import { Message } from '../shared/message';
import { type Text, useText } from '../shared/text';
import type { NamedService } from './services';

type Props = { found: ConnectionView; service: NamedService };

/** What *Test connection* found: which account, what answered in which version, what works, until when. */
export function Tested({ found, service }: Props) {
  const text = useText();
  const { t, words } = text;
  const { account, missingScopes, serviceName, version, capabilities, warning } = found;
  return (
    <>
      <Message
        appearance={missingScopes.length > 0 ? 'warning' : 'success'}
        title={t('add.tested', { account })}
        takesFocus
      >
        <p>
          {version
            ? t('add.tested.version', { service: serviceName, version })
            : t('add.tested.service', { service: serviceName })}{' '}
          {missingScopes.length > 0
            ? t('add.tested.missing', { missing: missingScopes.join(', ') })
            : t('add.tested.text')}{' '}
          {endOf(found, text)}
        </p>
        {!capabilities.userTokens && <p>{t('add.tested.noTokens', words(service.provider))}</p>}
      </Message>
      {warning && <ErrorMessage error={warning} around={{ integration: service }} />}
    </>
  );
}

function endOf({ expiresAt, serviceName: service }: ConnectionView, { t, longDate }: Text): string {
  if (expiresAt === 'never') return t('add.tested.endsNever');
  if (expiresAt === 'unknown') return t('add.tested.endsUnknown', { service });
  return t('add.tested.ends', { date: longDate(expiresAt) });
}
