import type { PageError } from '../contract/errors';
import type { IntegrationView } from '../contract/views';
import { ok, type Result } from '../domain/result';
import { listIntegrations } from '../store/integrations';
import { readSettings } from '../store/settings';
import { removeToken } from '../store/tokens';
import { note } from './note';
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

/** Erases the person's token. Removing what is not there is no error. */
export async function removeOwnToken(
  person: Person,
  { integrationId }: { integrationId: string },
): Promise<Result<{ integration: IntegrationView }, PageError>> {
  const [allowed, opened] = await Promise.all([openPerson(), openIntegration(person, integrationId)]);
  if (!allowed.ok) return allowed;
  if (!opened.ok) return opened;
  const { integration, token } = opened.value;
  await Promise.all([
    removeToken(person.accountId, integrationId),
    token && note(person, 'remove-token', integration, { login: token.login }),
  ]);
  return ok({ integration: integrationView({ ...opened.value, token: undefined }) });
}
