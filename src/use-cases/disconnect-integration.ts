import type { PageError } from '../contract/errors';
import { ok, type Result } from '../domain/result';
import { listIntegrations, readIntegration, removeIntegration, writeIntegration } from '../store/integrations';
import { push } from '../store/queues';
import { removeToken, someTokenHolders } from '../store/tokens';
import { openAdmin } from './open';
import { refuse } from './page-error';

/** How long one delivery works before it hands the rest on (ms); the consumer may run 300 s. */
const SLICE_MS = 200_000;
/** An invocation that still took the integration for connected is over by then (25 s): no token is saved behind the erasure. */
const SETTLED_S = 30;
/**
 * Tokens erased at a time, and how long until the next ones (ms): three writes each make 2,000 a minute, half of what an
 * installation may write (4,000; Forge, "Platform quotas and limits"). The other half is for the people at work meanwhile.
 */
const AT_ONCE = 20;
const PACE_MS = 1_800;
/** When the store says that it is too much all the same. */
const LATER_S = 60;

/**
 * Takes an integration out of use at once. Its tokens and its credential are erased from a queue, for there may be
 * thousands; the record goes last, so that a crash leaves something that `resumeErasures` finds.
 */
export async function disconnectIntegration({ id }: { id: string }): Promise<Result<{ id: string }, PageError>> {
  const [allowed, integration] = await Promise.all([openAdmin(), readIntegration(id)]);
  if (!allowed.ok) return allowed;
  if (integration === undefined) return refuse('INTEGRATION_NOT_FOUND');
  await Promise.all([writeIntegration({ ...integration, disconnecting: true }), pushErasure(id, SETTLED_S)]);
  return ok({ id });
}

async function pushErasure(integrationId: string, delayInSeconds = 0): Promise<void> {
  await push('erase-tokens', { integrationId }, { delayInSeconds });
}

/** Erases every token of a disconnected integration, then the integration itself. May run twice: erasing what is gone changes nothing. */
export async function eraseIntegration(integrationId: string): Promise<void> {
  const integration = await readIntegration(integrationId);
  if (!integration?.disconnecting) return;
  try {
    if (await eraseTokensUntil(Date.now() + SLICE_MS, integrationId)) await removeIntegration(integrationId);
    else await pushErasure(integrationId);
  } catch (thrown) {
    const { code } = thrown as { code?: unknown };
    if (code !== 'TOO_MANY_REQUESTS' && code !== 'RATE_LIMIT_EXCEEDED') throw thrown;
    await pushErasure(integrationId, LATER_S);
  }
}

/** Whether none is left at `end` (ms since the epoch). */
async function eraseTokensUntil(end: number, integrationId: string): Promise<boolean> {
  let holders = await someTokenHolders(integrationId);
  while (holders.length > 0) {
    if (Date.now() > end) return false;
    await Promise.all(holders.slice(0, AT_ONCE).map((accountId) => removeToken(accountId, integrationId)));
    holders = holders.length > AT_ONCE ? holders.slice(AT_ONCE) : await someTokenHolders(integrationId);
    if (holders.length > 0) await new Promise((resolve) => setTimeout(resolve, PACE_MS));
  }
  return true;
}

/** Takes up erasures that were lost on the way: a delivery that was never made or never ended. */
export async function resumeErasures(): Promise<void> {
  const integrations = await listIntegrations();
  for (const { id, disconnecting } of integrations) if (disconnecting) await pushErasure(id, SETTLED_S);
}
