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
/** Tokens erased at a time: three requests each, far below the store's 1,000 a second (Forge, "Platform quotas and limits"). */
const AT_ONCE = 20;

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
  const end = Date.now() + SLICE_MS;
  for (
    let holders = await someTokenHolders(integrationId);
    holders.length > 0;
    holders = await someTokenHolders(integrationId)
  ) {
    for (let next = 0; next < holders.length; next += AT_ONCE) {
      if (Date.now() > end) return pushErasure(integrationId);
      const some = holders.slice(next, next + AT_ONCE);
      await Promise.all(some.map((accountId) => removeToken(accountId, integrationId)));
    }
  }
  await removeIntegration(integrationId);
}

/** Takes up erasures that were lost on the way: a delivery that was never made or never ended. */
export async function resumeErasures(): Promise<void> {
  const integrations = await listIntegrations();
  for (const { id, disconnecting } of integrations) if (disconnecting) await pushErasure(id, SETTLED_S);
}
