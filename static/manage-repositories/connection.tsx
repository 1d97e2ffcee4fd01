import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { ConnectionView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import type { Around } from '../shared/error-text';
import { Message } from '../shared/message';
import { SecretField } from '../shared/secret-field';
import { type Text, useText } from '../shared/text';

type Props = {
  service: NonNullable<Around['integration']>;
  token: string;
  tested: ConnectionView | undefined;
  problem?: string | undefined;
  onToken: (token: string) => void;
  onTested: (found: ConnectionView) => void;
};

/** The credential of the integration account, and what the service says to it. */
export function Connection({ service, token, tested, problem, onToken, onTested }: Props) {
  const text = useText();
  const { t } = text;
  const [working, setWorking] = useState(false);
  const [empty, setEmpty] = useState(false);
  const [error, setError] = useState<PageError>();
  async function test() {
    setEmpty(token.trim() === '');
    if (working || token.trim() === '') return;
    setWorking(true);
    setError(undefined);
    const answer = await call('manage-repositories', 'test-connection', {
      edition: 'github.com',
      credential: { kind: 'token', token: token.trim() },
    });
    setWorking(false);
    if (answer.ok) onTested(answer.value);
    else setError(answer.error);
  }
  return (
    <div className="stack">
      <SecretField
        onEnter={() => void test()}
        label={t('token.field')}
        value={token}
        onChange={(next) => {
          setError(undefined);
          onToken(next);
        }}
        hint={t('token.needs', text.words(service.provider))}
        problem={empty && token === '' ? t('token.empty') : problem}
      />
      <div className="row">
        <Button isLoading={working} onClick={() => void test()}>
          {t('add.test')}
        </Button>
        <span className="subtle" role="status">
          {working && t('add.testing', { service: service.serviceName })}
        </span>
      </div>
      {error && (
        <ErrorMessage
          error={error}
          around={{ integration: service, situation: 'new-token' }}
          onTryAgain={() => void test()}
        />
      )}
      {tested && (
        <Message
          appearance={tested.missingScopes.length > 0 ? 'warning' : 'success'}
          title={t('add.tested', { account: tested.account })}
          takesFocus
        >
          <p>
            {tested.missingScopes.length > 0
              ? t('add.tested.missing', { missing: tested.missingScopes.join(', ') })
              : t('add.tested.text')}{' '}
            {endOf(tested, service.serviceName, text)}
          </p>
        </Message>
      )}
      {tested?.warning && <ErrorMessage error={tested.warning} around={{ integration: service }} />}
    </div>
  );
}

function endOf({ expiresAt }: ConnectionView, service: string, { t, longDate }: Text): string {
  if (expiresAt === 'never') return t('add.tested.endsNever');
  if (expiresAt === 'unknown') return t('add.tested.endsUnknown', { service });
  return t('add.tested.ends', { date: longDate(expiresAt) });
}
