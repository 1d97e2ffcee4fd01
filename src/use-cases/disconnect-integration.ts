import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import { ok, type Result } from '../domain/result';
import {
  integrationsToErase,
  isDisconnecting,
  markDisconnecting,
  readIntegration,
  removeIntegration,
  removeIntegrationCredential,
} from '../store/integrations';
import { forgetActedWithoutAt } from '../store/acted-without';
import { push, SETTLED_SECONDS } from '../store/queues';
import { eachOf } from '../store/query';
import { removeTokens, someTokenHolders } from '../store/tokens';
import { record } from './record';
import { openAdmin, type Person } from './open';
import { refuse } from './page-error';
import { withdraw } from './send-development';

/**
 * Pages of at most 100 people whose tokens one delivery erases, and how long until the next delivery (s). Seven writes each make
 * 2,100 a minute, half of what an installation may write (4,000; Forge, "Platform quotas and limits"): the other half is for the
 * people at work meanwhile.
 */
const PAGES = 3;
const PAUSE_SECONDS = 60;
/** How often a delivery that fails is tried again; then the daily trigger takes over. */
const ATTEMPTS = 20;

/**
 * Takes an integration out of use at once. Its tokens and its credential are erased from a queue, for there may be
 * thousands, and once nobody who still took it for connected can be saving one; the record goes last, so that a crash leaves something that `resumeErasures` finds.
 */
export async function disconnectIntegration(
  person: Person,
  { id }: CheckedPayloadOf<'manage-repositories', 'disconnect-integration'>,
): Promise<Result<{ id: string }, PageError>> {
  const [allowed, integration] = await Promise.all([openAdmin(person), readIntegration(id)]);
  if (!allowed.ok) return allowed;
  if (integration === undefined) return refuse('INTEGRATION_NOT_FOUND');
  await Promise.all([
    markDisconnecting(id),
    pushErasure(id, SETTLED_SECONDS),
    record(person, 'disconnect-integration', integration),
  ]);
  return ok({ id });
}

async function pushErasure(integrationId: string, delayInSeconds = 0, attempt = 0): Promise<void> {
  await push('erase-tokens', { integrationId, attempt }, { delayInSeconds });
}

/** One delivery of the queue. When storage refuses on the way, the rest is tried again later. */
export async function takeErasure({
  integrationId,
  attempt = 0,
}: {
  integrationId: string;
  attempt?: number;
}): Promise<void> {
  try {
    await eraseIntegration(integrationId);
  } catch (thrown) {
    if (attempt >= ATTEMPTS) throw thrown;
    await pushErasure(integrationId, PAUSE_SECONDS, attempt + 1);
  }
}

/**
 * Erases people's tokens of a disconnected integration, a few hundred at a time, and after the last of them the integration
 * itself. May run twice: erasing what is gone changes nothing.
 */
async function eraseIntegration(integrationId: string): Promise<void> {
  const integration = await readIntegration(integrationId);
  if (!integration?.disconnecting && !(await isDisconnecting(integrationId))) return;
  for (let page = 0; page < PAGES; page += 1) {
    const holders = await someTokenHolders(integrationId);
    if (holders.length === 0) {
      await Promise.all([forgetActedWithoutAt(integrationId), removeIntegrationCredential(integrationId)]);
      // Jira may have no time for it; the secrets are gone by then.
      await withdraw(integrationId);
      return removeIntegration(integrationId);
    }
    await removeTokens(holders, integrationId);
    await eachOf(holders, (accountId) => record({ accountId }, 'erase-token', integration));
  }
  await pushErasure(integrationId, PAUSE_SECONDS);
}

/** Repeats erasures that were lost on the way: a delivery that was never made or never ended. */
export async function resumeErasures(): Promise<void> {
  for (const id of await integrationsToErase()) await pushErasure(id, SETTLED_SECONDS);
}
