import type { AsyncEvent } from '@forge/events';
import type { issue as Surface } from './resolvers/issue';

type Invocation = Parameters<typeof Surface>;

// One bundle serves every function of the manifest; an invocation evaluates what its own needs.
export async function issue(...invocation: Invocation): Promise<unknown> {
  return (await import('./resolvers/issue')).issue(...invocation);
}

export async function manageRepositories(...invocation: Invocation): Promise<unknown> {
  return (await import('./resolvers/manage-repositories')).manageRepositories(...invocation);
}

export async function userSettings(...invocation: Invocation): Promise<unknown> {
  return (await import('./resolvers/user-settings')).userSettings(...invocation);
}

/** Queue `erase-tokens`. */
export async function eraseTokens({ body: { integrationId, accountId } }: AsyncEvent): Promise<void> {
  if (typeof integrationId !== 'string') return;
  if (typeof accountId === 'string')
    await (await import('./use-cases/user-settings')).clearAwayToken({ integrationId, accountId });
  else await (await import('./use-cases/disconnect-integration')).eraseIntegration(integrationId);
}

/** Queue `ready-credentials`. */
export async function readyAll(): Promise<void> {
  await (await import('./use-cases/ready-credentials')).readyCredentials();
}

/** Once a day. */
export async function daily(): Promise<void> {
  await (await import('./use-cases/disconnect-integration')).resumeErasures();
  await (await import('./use-cases/ready-credentials')).readyCredentials();
}
