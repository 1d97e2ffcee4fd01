import type { AsyncEvent } from '@forge/events';
import type { issue as Surface } from './resolvers/issue';
import type { Jobs } from './store/queues';

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
export async function eraseTokens({ body, retryContext }: AsyncEvent): Promise<unknown> {
  const { integrationId, accountId, tokenId, savingSince, attempt, removed } = body;
  if (typeof integrationId !== 'string') return undefined;
  const { orLater } = await import('./use-cases/later');
  if (Array.isArray(removed)) {
    const { clearAwayTokens } = await import('./use-cases/remove-tokens');
    return orLater('erase-tokens', () => clearAwayTokens(integrationId, removed), retryContext?.retryCount);
  }
  const work =
    typeof accountId === 'string'
      ? async () =>
          (await import('./use-cases/user-settings')).clearAwayToken({
            integrationId,
            accountId,
            tokenId: typeof tokenId === 'string' ? tokenId : '',
            savingSince: typeof savingSince === 'string' ? savingSince : undefined,
          })
      : async () =>
          (await import('./use-cases/disconnect-integration')).takeErasure({
            integrationId,
            attempt: typeof attempt === 'number' ? attempt : 0,
          });
  return orLater('erase-tokens', work, retryContext?.retryCount);
}

/** Queue `notes`. */
export async function storeNotes({ body, retryContext }: AsyncEvent): Promise<unknown> {
  const [{ orLater }, { storeBroughtNotes }] = await Promise.all([
    import('./use-cases/later'),
    import('./store/notes'),
  ]);
  return orLater('notes', () => storeBroughtNotes((body as Jobs['notes']).notes), retryContext?.retryCount);
}

/** Queue `development`. */
export async function reportDevelopment({ body, retryContext }: AsyncEvent): Promise<unknown> {
  const [{ orLater }, { takeDevelopment }] = await Promise.all([
    import('./use-cases/later'),
    import('./use-cases/send-development'),
  ]);
  return orLater('development', () => takeDevelopment(body as Jobs['development']), retryContext?.retryCount);
}

/** Queue `ready-credentials`. */
export async function readyCredentials({ retryContext }: AsyncEvent): Promise<unknown> {
  const [{ orLater }, { readyCredentials }] = await Promise.all([
    import('./use-cases/later'),
    import('./use-cases/ready-credentials'),
  ]);
  return orLater('ready-credentials', readyCredentials, retryContext?.retryCount);
}

/** Queue `leavers`. */
export async function findLeavers({ body, retryContext }: AsyncEvent): Promise<unknown> {
  const { cursor, attempt } = body;
  const [{ orLater }, { lookForLeavers }] = await Promise.all([
    import('./use-cases/later'),
    import('./use-cases/find-leavers'),
  ]);
  const portion = {
    ...(typeof cursor === 'string' && { cursor }),
    ...(typeof attempt === 'number' && { attempt }),
  };
  return orLater('leavers', () => lookForLeavers(portion), retryContext?.retryCount);
}

/** Queue `reminders`. */
export async function remind({ body, retryContext }: AsyncEvent): Promise<unknown> {
  const [{ orLater }, { remindPortion }] = await Promise.all([
    import('./use-cases/later'),
    import('./use-cases/remind'),
  ]);
  return orLater('reminders', () => remindPortion(body), retryContext?.retryCount);
}

/** Once a day. None waits for the others' success. */
export async function daily(): Promise<void> {
  const [{ resumeErasures }, { readyCredentials }, { reportAccounts }, { startFindingLeavers }, { startReminding }] =
    await Promise.all([
      import('./use-cases/disconnect-integration'),
      import('./use-cases/ready-credentials'),
      import('./use-cases/report-accounts'),
      import('./use-cases/find-leavers'),
      import('./use-cases/remind'),
    ]);
  const done = await Promise.allSettled([
    resumeErasures(),
    readyCredentials(),
    reportAccounts(),
    startFindingLeavers(),
    startReminding(),
  ]);
  const failed = done.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Before the app is uninstalled. */
export async function preUninstall(): Promise<void> {
  await (await import('./use-cases/erase-everything')).eraseEverything();
}
