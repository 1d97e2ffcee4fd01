import { useState } from 'react';
import type { IntegrationView } from '../../src/contract/views';
import { call } from '../shared/call';
import { TokenForm } from '../shared/token-form';
import { closeDialog } from './close';
import { RemoveToken } from './remove-token';

/** A person's token for one integration, from the user settings. */
export function Token({ integration }: { integration: IntegrationView }) {
  const [removing, setRemoving] = useState(false);
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
      onSaved={(saved) => closeDialog<'token'>(saved)}
      onCancel={() => closeDialog()}
      onRemove={() => setRemoving(true)}
    />
  );
}
