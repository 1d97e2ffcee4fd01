import { Queue } from '@forge/events';
import type { PageError } from '../contract/errors';
import { ok, type Result } from '../domain/result';
import { listIntegrations, readIntegration, removeIntegration, writeIntegration } from '../store/integrations';
import { removeToken, someTokenHolders } from '../store/tokens';
import { note } from './note';
import { openAdmin, type Person } from './open';
import { refuse } from './page-error';

/** How long one delivery works before it hands the rest on (ms); the consumer may run 300 s. */
const SLICE_MS = 200_000;

/**
 * Takes an integration out of use at once. Its tokens and its credential are erased from a queue, for there may be
 * thousands; the record goes last, so that a crash leaves something that `resumeErasures` finds.
 */
export async function disconnectIntegration(
  person: Person,
  { id }: { id: string },
): Promise<Result<{ id: string }, PageError>> {
  const [allowed, integration] = await Promise.all([openAdmin(), readIntegration(id)]);
  if (!allowed.ok) return allowed;
  if (integration === undefined) return refuse('INTEGRATION_NOT_FOUND');
  await Promise.all([
    writeIntegration({ ...integration, disconnecting: true }),
    note(person, 'disconnect-integration', integration),
  ]);
  await pushErasure(id);
  return ok({ id });
}

async function pushErasure(integrationId: string): Promise<void> {
  await new Queue({ key: 'erase-tokens' }).push({ body: { integrationId } });
}

/** Erases every token of a disconnected integration, then the integration itself. May run twice: erasing what is gone changes nothing. */
export async function eraseIntegration(integrationId: string): Promise<void> {
  const integration = await readIntegration(integrationId);
  if (!integration?.disconnecting) return;
  const end = Date.now() + SLICE_MS;
  for (
    let holders = await someTokenHolders(integrationId);
    holders.length > 0;
    holders = await someTokenHolders(integrationId)
  ) {
    if (Date.now() > end) return pushErasure(integrationId);
    for (const accountId of holders) {
      await removeToken(accountId, integrationId);
      await note({ accountId }, 'erase-token', integration);
    }
  }
  await removeIntegration(integrationId);
}

/** Takes up erasures that were lost on the way: a delivery that was never made or never ended. */
export async function resumeErasures(): Promise<void> {
  const integrations = await listIntegrations();
  for (const { id, disconnecting } of integrations) if (disconnecting) await pushErasure(id);
}
