import { requiresToken, type Integration } from '../domain/integration';
import {
  alignConnection,
  listIntegrations,
  readIntegration,
  readIntegrationCredential,
  removeReadyCredential,
  writeReadyCredential,
} from '../store/integrations';
import { push } from '../store/queues';
import { readSettings } from '../store/settings';
import { makeTicketKey } from '../store/ticket-key';

/** Has a queue put the copies in order; nobody waits for it. It finds everything that is written beside this call. */
export async function pushReadyCredentials(): Promise<void> {
  await push('ready-credentials', {}, { delayInSeconds: 5 });
}

/**
 * Puts credentials in order: a connection that is not its credential's (`alignConnection`), and the copies that writes use
 * (`readReadyCredential`): there where no token is required, gone where one is. Nobody else writes copies. A site's first connection
 * brings the key that signs tickets, so that no person waits for it. May run twice.
 */
export async function readyCredentials(): Promise<void> {
  await makeTicketKey();
  for (const { id } of await listIntegrations()) {
    // As it is now: with many of them a minute may have passed.
    const integration = await alignConnection(id);
    const credential =
      integration && (await mayLieReady(integration)) ? await readIntegrationCredential(integration) : undefined;
    if (integration !== undefined && credential !== undefined) await writeReadyCredential(integration, credential);
    // An admin may have decided otherwise while the copy was written: who requires a token erases it before or after this.
    const now = await readIntegration(id);
    if (credential === undefined || now === undefined || !(await mayLieReady(now))) await removeReadyCredential(id);
  }
}

async function mayLieReady(integration: Integration): Promise<boolean> {
  return !integration.disconnecting && !requiresToken(await readSettings(), integration);
}
