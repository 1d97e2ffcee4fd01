import { lazy, Suspense, useState } from 'react';
import type { IntegrationView, TokenSaved } from '../../src/contract/views';
import { call } from '../shared/call';
import { tellChange } from '../shared/issue-events';
import { useText } from '../shared/text';
import { TokenForm } from '../shared/token-form';
import { tokenSentence, tokenTitle } from '../shared/token-sentence';
import { FrameSkeleton } from './frame';

const RemoveToken = lazy(async () => ({ default: (await import('./remove-token')).RemoveToken }));

/** The outcome for the token, in words. */
export type TokenNotice = { title: string; text: string; warns: boolean };

type Props = {
  issueKey: string;
  integration: IntegrationView;
  onChange: (integration: IntegrationView, notice: TokenNotice) => void;
  onCancel: () => void;
};

/** The person's token inside a dialog of the issue: set it up, replace it, remove it, and go on where one was. */
export function IssueToken({ issueKey, integration, onChange: tell, onCancel }: Props) {
  const text = useText();
  const { t } = text;
  const [removing, setRemoving] = useState(false);
  const integrationId = integration.id;
  const onChange: Props['onChange'] = (updated, notice) => {
    tellChange({ issueKey, change: 'stored' });
    tell(updated, notice);
  };
  if (removing) {
    return (
      <Suspense fallback={<FrameSkeleton />}>
        <RemoveToken
          integration={integration}
          remove={() => call('issue', 'remove-token', { issueKey, integrationId })}
          onCancel={() => setRemoving(false)}
          onRemoved={(updated) => {
            const told = t('flag.tokenRemoved.text', { integration: integration.name });
            onChange(updated, {
              title: t('flag.tokenRemoved', text.words(integration.provider)),
              text: told,
              warns: false,
            });
          }}
        />
      </Suspense>
    );
  }
  function saved(done: TokenSaved) {
    const { token, attribution } = done;
    const told = tokenSentence(token, integration, text);
    const notice = {
      title: tokenTitle(done, integration, text),
      text: told,
      warns: token.missingScopes.length > 0,
    };
    onChange({ ...integration, attribution }, notice);
  }
  return (
    <TokenForm
      integration={integration}
      save={(credential, endsOn) => call('issue', 'save-token', { issueKey, integrationId, credential, endsOn })}
      renew={() => call('issue', 'renew-token', { issueKey, integrationId })}
      onSaved={saved}
      onCancel={onCancel}
      onRemove={() => setRemoving(true)}
    />
  );
}
