import type { AsyncEvent } from '@forge/events';
import { eraseIntegration, resumeErasures } from './use-cases/disconnect-integration';

export { issue } from './resolvers/issue';
export { manageRepositories } from './resolvers/manage-repositories';
export { userSettings } from './resolvers/user-settings';

/** Queue `erase-tokens`. */
export async function eraseTokens({ body }: AsyncEvent): Promise<void> {
  if (typeof body['integrationId'] === 'string') await eraseIntegration(body['integrationId']);
}

/** Once a day. */
export async function daily(): Promise<void> {
  await resumeErasures();
}
