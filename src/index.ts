import type { AsyncEvent } from '@forge/events';
import type { issue as Surface } from './resolvers/issue';

type Invocation = Parameters<typeof Surface>;

// One bundle serves every function of the manifest; an invocation evaluates what its own needs.

/** The door of the issue's panel and dialogs. */
export async function issue(...invocation: Invocation): Promise<unknown> {
  return (await import('./resolvers/issue')).issue(...invocation);
}

/** The door of *Manage Git repositories*. */
export async function manageRepositories(...invocation: Invocation): Promise<unknown> {
  return (await import('./resolvers/manage-repositories')).manageRepositories(...invocation);
}

/** The door of *Personal access tokens*. */
export async function userSettings(...invocation: Invocation): Promise<unknown> {
  return (await import('./resolvers/user-settings')).userSettings(...invocation);
}

/** Queue `erase-tokens`. */
export async function eraseTokens({ body }: AsyncEvent): Promise<void> {
  const { integrationId, accountId, tokenId, attempt } = body;
  if (typeof integrationId !== 'string') return;
  if (typeof accountId === 'string')
    await (
      await import('./use-cases/user-settings')
    ).clearAwayToken({ integrationId, accountId, tokenId: typeof tokenId === 'string' ? tokenId : '' });
  else
    await (
      await import('./use-cases/disconnect-integration')
    ).takeErasure({ integrationId, attempt: typeof attempt === 'number' ? attempt : 0 });
}

/** Queue `ready-credentials`. */
export async function readyAll(): Promise<void> {
  await (await import('./use-cases/ready-credentials')).readyCredentials();
}

/** Once a day. None waits for the others' success. */
export async function daily(): Promise<void> {
  const [{ resumeErasures }, { readyCredentials }, { reportAccounts }] = await Promise.all([
    import('./use-cases/disconnect-integration'),
    import('./use-cases/ready-credentials'),
    import('./use-cases/report-accounts'),
  ]);
  const done = await Promise.allSettled([resumeErasures(), readyCredentials(), reportAccounts()]);
  const failed = done.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Before the app is uninstalled. */
export async function preUninstall(): Promise<void> {
  await (await import('./use-cases/erase-everything')).eraseEverything();
}
