import type { AsyncEvent } from '@forge/events';
import { resumeErasures, takeErasure } from './use-cases/disconnect-integration';
import { eraseEverything } from './use-cases/erase-everything';
import { readyCredentials } from './use-cases/ready-credentials';
import { reportAccounts } from './use-cases/report-accounts';
import { clearAwayToken } from './use-cases/user-settings';

export { issue } from './resolvers/issue';
export { manageRepositories } from './resolvers/manage-repositories';
export { userSettings } from './resolvers/user-settings';

/** Queue `erase-tokens`. */
export async function eraseTokens({ body }: AsyncEvent): Promise<void> {
  const { integrationId, accountId, attempt } = body;
  if (typeof integrationId !== 'string') return;
  if (typeof accountId === 'string') await clearAwayToken({ integrationId, accountId });
  else await takeErasure({ integrationId, attempt: typeof attempt === 'number' ? attempt : 0 });
}

/** Queue `ready-credentials`. */
export async function readyAll(): Promise<void> {
  await readyCredentials();
}

/** Once a day. None waits for the others' success. */
export async function daily(): Promise<void> {
  const done = await Promise.allSettled([resumeErasures(), readyCredentials(), reportAccounts()]);
  const failed = done.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Before the app is uninstalled. */
export async function preUninstall(): Promise<void> {
  await eraseEverything();
}
