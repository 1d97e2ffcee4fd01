import type { AsyncEvent } from '@forge/events';
import { resumeErasures, takeErasure } from './use-cases/disconnect-integration';
import { eraseEverything } from './use-cases/erase-everything';
import { reportAccounts } from './use-cases/report-accounts';

export { issue } from './resolvers/issue';
export { manageRepositories } from './resolvers/manage-repositories';
export { userSettings } from './resolvers/user-settings';

/** Queue `erase-tokens`. */
export async function eraseTokens({ body }: AsyncEvent): Promise<void> {
  const { integrationId, attempt } = body;
  if (typeof integrationId === 'string')
    await takeErasure({ integrationId, attempt: typeof attempt === 'number' ? attempt : 0 });
}

/** Once a day. Neither of the two waits for the other's success. */
export async function daily(): Promise<void> {
  const done = await Promise.allSettled([resumeErasures(), reportAccounts()]);
  const failed = done.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Before the app is uninstalled. */
export async function preUninstall(): Promise<void> {
  await eraseEverything();
}
