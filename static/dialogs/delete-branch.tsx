import { useState } from 'react';
import type { Card, IntegrationView } from '../../src/contract/views';
import { AttributionLine } from '../shared/attribution-line';
import { call } from '../shared/call';
import { tellChange } from '../shared/issue-events';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { isTokenDead } from '../shared/token-dead';
import { useWrite } from '../shared/use-write';
import { Blocked } from './blocked';
import { closeDialog } from './close';
import { Confirm } from './confirm';
import { IssueToken, type TokenNotice } from './issue-token';

type Props = { issueKey: string; integration: IntegrationView; card: Card; requests: readonly Card[] };

export function DeleteBranch({ issueKey, integration: opened, card, requests }: Props) {
  const { t, rich, words } = useText();
  const [integration, setIntegration] = useState(opened);
  const [inToken, setInToken] = useState(false);
  const [notice, setNotice] = useState<TokenNotice>();
  const [asIntegration, setAsIntegration] = useState(false);
  const submit = useWrite<unknown>(() => {
    tellChange({ issueKey, change: 'deleted', card });
    closeDialog<'delete-branch'>({ card });
  });
  const { branch, repository } = card;
  const { state } = integration.attribution;
  const service = integration.serviceName;
  const named = words(integration.provider);

  function write(actAs?: 'integration') {
    setAsIntegration(actAs !== undefined);
    setNotice(undefined);
    const { id: integrationId } = integration;
    void submit.run(() =>
      call('issue', 'delete-branch', { issueKey, integrationId, repository, branch, ...(actAs && { actAs }) }),
    );
  }

  if (inToken) {
    return (
      <IssueToken
        issueKey={issueKey}
        integration={integration}
        onCancel={() => setInToken(false)}
        onChange={(updated, told) => {
          setIntegration(updated);
          setNotice(told);
          submit.clearError();
          setInToken(false);
        }}
      />
    );
  }
  return (
    <Confirm
      heading={t('delete.heading')}
      submitLabel={t('delete.submit')}
      workingLabel={t('delete.working')}
      submit={submit}
      isDisabled={state === 'setup-required' || state === 'unsupported'}
      around={{
        integration,
        params: { branch, repository, issue: issueKey },
        situation: state === 'integration' || asIntegration ? 'integration-account' : 'own-token',
      }}
      actor={
        <AttributionLine integration={integration} chosenIntegration={asIntegration} onToken={() => setInToken(true)} />
      }
      look={card.url}
      onConfirm={() => write(asIntegration ? 'integration' : undefined)}
      onCancel={() => closeDialog()}
      onToken={() => setInToken(true)}
      onContinueAsIntegration={() => write('integration')}
    >
      {notice && (
        <Message appearance={notice.warns ? 'warning' : 'success'} title={notice.title}>
          <p>{notice.text}</p>
        </Message>
      )}
      {(state === 'setup-required' || isTokenDead(integration)) && (
        <Blocked integration={integration} onToken={() => setInToken(true)} />
      )}
      <p>{rich('delete.question', { branch: <strong>{branch}</strong>, repository: <strong>{repository}</strong> })}</p>
      {requests.length > 0 && (
        <p>
          {t('delete.requests', {
            count: requests.length,
            ...named,
            names: requests.map(({ number, title }) => `${named.sign}${number} ${title}`).join(', '),
          })}
        </p>
      )}
      <p>{t('delete.consequence', { service })}</p>
    </Confirm>
  );
}
