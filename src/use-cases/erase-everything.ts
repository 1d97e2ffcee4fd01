import { withdrawDevelopment } from '../jira/development';
import { listIntegrations, removeIntegrationCredential } from '../store/integrations';
import { storageRefusal } from '../store/refusal';
import { removeTicketKey } from '../store/ticket-key';
import { removeTokens, someTokens } from '../store/tokens';

/** `preUninstall` may run 55 s. */
const LIMIT_MS = 50_000;
/** Until the next attempt at a busy store: there is no other time than this. */
const BUSY_PAUSE_MS = 2_000;

/**
 * Before the app leaves a site: every credential goes, the integrations' first. Forge erases the site's storage 28 days
 * later; secrets that did not fit into the time remain sealed there until then.
 */
export async function eraseEverything(): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  while (Date.now() < end) {
    try {
      return await eraseUntil(end);
    } catch (thrown) {
      if (storageRefusal(thrown) !== 'busy') throw thrown;
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
    }
  }
}

async function eraseUntil(end: number): Promise<void> {
  const integrations = await listIntegrations();
  for (const { id } of integrations) await removeIntegrationCredential(id);
  await removeTicketKey();
  for (let tokens = await someTokens(); tokens.length > 0 && Date.now() < end; tokens = await someTokens()) {
    const byIntegration = Map.groupBy(tokens, ({ integrationId }) => integrationId);
    for (const [integrationId, some] of byIntegration)
      await removeTokens(
        some.map(({ accountId }) => accountId),
        integrationId,
      );
  }
  // Nobody is there to try again: what Jira does not take now, it shows until it forgets the app.
  await Promise.all(integrations.map(({ id }) => withdrawDevelopment(id)));
}
