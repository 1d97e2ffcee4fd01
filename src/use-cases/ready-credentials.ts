import { requiresToken } from '../domain/integration';
import {
  listIntegrations,
  readIntegration,
  readIntegrationCredential,
  removeReadyCredential,
  writeReadyCredential,
} from '../store/integrations';
import { push } from '../store/queues';
import { readSettings } from '../store/settings';

/** Has a queue put the copies in order; nobody waits for it. What is written beside this is there when it comes to it. */
export async function pushReadyCredentials(): Promise<void> {
  await push('ready-credentials', {}, { delayInSeconds: 5 });
}

/**
 * Puts the copies of credentials that writes use in order (`readReadyCredential`): there where no token is required, gone
 * where one is. May run twice.
 */
export async function readyCredentials(): Promise<void> {
  for (const { id } of await listIntegrations()) {
    // As they are now: with many of them a minute may have passed, and a copy of what is gone would stay.
    const [settings, integration] = await Promise.all([readSettings(), readIntegration(id)]);
    if (integration === undefined) continue;
    const mayWrite = !integration.disconnecting && !requiresToken(settings, integration);
    const credential = mayWrite ? await readIntegrationCredential(integration) : undefined;
    await (credential === undefined
      ? removeReadyCredential(integration.id)
      : writeReadyCredential(integration, credential));
  }
}
