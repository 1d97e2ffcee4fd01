import { Queue } from '@forge/events';
import type { PageError } from '../contract/errors';
import { ok, type Result } from '../domain/result';
import { listIntegrations, readIntegration, removeIntegration, writeIntegration } from '../store/integrations';
import { eachOf } from '../store/query';
import { removeTokens, someTokenHolders } from '../store/tokens';
import { note } from './note';
import { openAdmin, type Person } from './open';
import { refuse } from './page-error';

/** How long one delivery works before it hands the rest on (ms); the consumer may run 300 s. */
const SLICE_MS = 200_000;
/** An invocation that still took the integration for connected is over by then (25 s): no token is saved behind the erasure. */
const SETTLED_SECONDS = 30;
/** Forge takes 4,000 writes a minute: whoever has more tokens to erase than that meets the limit, and goes on a minute later. */
const PAUSE_SECONDS = 60;
/** Then the daily trigger takes over. */
const ATTEMPTS = 20;

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
    pushErasure(id, SETTLED_SECONDS),
    note(person, 'disconnect-integration', integration),
  ]);
  return ok({ id });
}

async function pushErasure(integrationId: string, delayInSeconds = 0, attempt = 0): Promise<void> {
  await new Queue({ key: 'erase-tokens' }).push({ body: { integrationId, attempt }, delayInSeconds });
}

/** One delivery of the queue. When storage refuses on the way, the rest is tried again later. */
export async function takeErasure({
  integrationId,
  attempt,
}: {
  integrationId: string;
  attempt: number;
}): Promise<void> {
  try {
    await eraseIntegration(integrationId);
  } catch (thrown) {
    if (attempt >= ATTEMPTS) throw thrown;
    await pushErasure(integrationId, PAUSE_SECONDS, attempt + 1);
  }
}

/** Erases every token of a disconnected integration, then the integration itself. May run twice: erasing what is gone changes nothing. */
async function eraseIntegration(integrationId: string): Promise<void> {
  const integration = await readIntegration(integrationId);
  if (!integration?.disconnecting) return;
  const end = Date.now() + SLICE_MS;
  for (
    let holders = await someTokenHolders(integrationId);
    holders.length > 0;
    holders = await someTokenHolders(integrationId)
  ) {
    if (Date.now() > end) return pushErasure(integrationId);
    await removeTokens(holders, integrationId);
    await eachOf(holders, (accountId) => note({ accountId }, 'erase-token', integration));
  }
  await removeIntegration(integrationId);
}

/** Takes up erasures that were lost on the way: a delivery that was never made or never ended. */
export async function resumeErasures(): Promise<void> {
  const integrations = await listIntegrations();
  for (const { id, disconnecting } of integrations) if (disconnecting) await pushErasure(id, SETTLED_SECONDS);
}
