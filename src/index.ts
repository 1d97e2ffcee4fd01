import type { AsyncEvent } from '@forge/events';
import { eraseIntegration, resumeErasures } from './use-cases/disconnect-integration';
import { readyCredentials } from './use-cases/ready-credentials';
import { clearAwayToken } from './use-cases/user-settings';

export { issue } from './resolvers/issue';
export { manageRepositories } from './resolvers/manage-repositories';
export { userSettings } from './resolvers/user-settings';

/** Queue `erase-tokens`. */
export async function eraseTokens({ body: { integrationId, accountId } }: AsyncEvent): Promise<void> {
  if (typeof integrationId !== 'string') return;
  if (typeof accountId === 'string') await clearAwayToken({ integrationId, accountId });
  else await eraseIntegration(integrationId);
}

/** Queue `ready-credentials`. */
export async function readyAll(): Promise<void> {
  await readyCredentials();
}

/** Once a day. */
export async function daily(): Promise<void> {
  await resumeErasures();
  await readyCredentials();
}
