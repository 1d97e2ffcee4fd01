import type { PageError } from '../contract/errors';
import type { IntegrationView } from '../contract/views';
import { ok, type Result } from '../domain/result';
import { listIntegrations } from '../store/integrations';
import { push } from '../store/queues';
import { readSettings } from '../store/settings';
import { removeEntriesWithoutToken, removeSecretOfToken } from '../store/tokens';
import { openAll, openIntegration, openPerson, type Person } from './open';
import { integrationView } from './views';

/** Every integration of the site with the person's own token. */
export async function loadUserSettings(
  person: Person,
): Promise<Result<{ integrations: readonly IntegrationView[] }, PageError>> {
  const [allowed, settings, integrations] = await Promise.all([openPerson(), readSettings(), listIntegrations()]);
  if (!allowed.ok) return allowed;
  const connected = integrations.filter((integration) => !integration.disconnecting);
  return ok({ integrations: (await openAll(person, settings, connected)).map(integrationView) });
}

/** Erases the person's token; a queue clears away what found it. Removing what is not there is no error. */
export async function removeOwnToken(
  person: Person,
  { integrationId }: { integrationId: string },
): Promise<Result<{ integration: IntegrationView }, PageError>> {
  const [allowed, opened] = await Promise.all([openPerson(), openIntegration(person, integrationId)]);
  if (!allowed.ok) return allowed;
  if (!opened.ok) return opened;
  const { accountId } = person;
  await Promise.all([
    removeSecretOfToken(accountId, integrationId),
    push('erase-tokens', { integrationId, accountId }),
  ]);
  return ok({ integration: integrationView({ ...opened.value, token: undefined }) });
}

/** Queue `erase-tokens`: what is left of a token that its person has removed. */
export async function clearAwayToken(body: { integrationId: string; accountId: string }): Promise<void> {
  await removeEntriesWithoutToken(body.accountId, body.integrationId);
}
