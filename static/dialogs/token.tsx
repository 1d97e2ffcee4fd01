import { useState } from 'react';
import type { IntegrationView } from '../../src/contract/views';
import { call } from '../shared/call';
import { TokenForm } from '../shared/token-form';
import { closeDialog } from './close';
import { IssueToken } from './issue-token';
import { RemoveToken } from './remove-token';

type Props = {
  integration: IntegrationView;
  /** Of the issue it was opened from; empty where that was the user settings. */
  issueKey: string;
};

/** A person's token for one integration, in a dialog of its own. */
export function Token({ integration, issueKey }: Props) {
  const [removing, setRemoving] = useState(false);
  if (issueKey !== '') {
    return (
      <IssueToken
        issueKey={issueKey}
        integration={integration}
        onChange={() => closeDialog()}
        onCancel={() => closeDialog()}
      />
    );
  }
  if (removing) {
    return (
      <RemoveToken
        integration={integration}
        remove={() => call('user-settings', 'remove-token', { integrationId: integration.id })}
        onRemoved={(removed) => closeDialog<'token'>({ removed })}
        onCancel={() => setRemoving(false)}
      />
    );
  }
  return (
    <TokenForm
      integration={integration}
      save={(credential, endsOn) =>
        call('user-settings', 'save-token', { integrationId: integration.id, credential, endsOn })
      }
      renew={() => call('user-settings', 'renew-token', { integrationId: integration.id })}
      onSaved={(saved) => closeDialog<'token'>(saved)}
      onCancel={() => closeDialog()}
      onRemove={() => setRemoving(true)}
    />
  );
}
