import { z } from 'zod';
import { eachOf } from '../store/query';
import { push, SETTLED_SECONDS, type Jobs } from '../store/queues';
import { removeEntriesWithoutToken, type TokenLeft } from '../store/tokens';
import { takeErasure } from './disconnect-integration';

const jobSchema = z.union([
  z.strictObject({
    integrationId: z.string(),
    removed: z.array(z.object({ accountId: z.string(), tokenId: z.string() })),
  }),
  z.strictObject({
    integrationId: z.string(),
    accountId: z.string(),
    tokenId: z.string(),
    savingSince: z.string().optional(),
  }),
  z.strictObject({ integrationId: z.string(), attempt: z.number().exactOptional() }),
]) satisfies z.ZodType<Jobs['erase-tokens']>;

/** Queue `erase-tokens`: what is left of a removed token, of those that an admin removed, or of a disconnected integration. */
export async function eraseTokens(body: unknown): Promise<void> {
  const job = jobSchema.parse(body);
  const { integrationId } = job;
  if ('removed' in job) await eachOf(job.removed, (one) => clearAway({ integrationId, ...one }));
  else if ('accountId' in job) await clearAway(job);
  else await takeErasure(job);
}

async function clearAway(removed: { integrationId: string; accountId: string } & TokenLeft): Promise<void> {
  const left = await removeEntriesWithoutToken(removed.accountId, removed.integrationId, removed);
  if (left) await push('erase-tokens', { ...removed, ...left }, { delayInSeconds: SETTLED_SECONDS });
}
