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

/** Takes one job of a queue. Forge delivers it again where the work has to wait. */
async function take<Queue extends keyof Jobs>(
  { body, retryContext }: AsyncEvent,
  queue: Queue,
  load: () => Promise<(job: Jobs[Queue]) => Promise<void>>,
): Promise<unknown> {
  const [{ orLater }, work] = await Promise.all([import('./use-cases/later'), load()]);
  return orLater(queue, () => work(body as Jobs[Queue]), retryContext?.retryCount);
}

/** Queue `erase-tokens`. */
export async function eraseTokens(event: AsyncEvent): Promise<unknown> {
  return take(event, 'erase-tokens', async () => (await import('./use-cases/erase-tokens')).eraseTokens);
}

/** Queue `notes`. */
export async function storeNotes(event: AsyncEvent): Promise<unknown> {
  return take(event, 'notes', async () => (await import('./store/notes')).takeNotes);
}

/** Queue `development`. */
export async function reportDevelopment(event: AsyncEvent): Promise<unknown> {
  return take(event, 'development', async () => (await import('./use-cases/send-development')).takeDevelopment);
}

/** Queue `ready-credentials`. */
export async function readyCredentials(event: AsyncEvent): Promise<unknown> {
  return take(event, 'ready-credentials', async () => (await import('./use-cases/ready-credentials')).readyCredentials);
}

/** Queue `leavers`. */
export async function findLeavers(event: AsyncEvent): Promise<unknown> {
  return take(event, 'leavers', async () => (await import('./use-cases/find-leavers')).lookForLeavers);
}

/** Queue `reminders`. */
export async function remind(event: AsyncEvent): Promise<unknown> {
  return take(event, 'reminders', async () => (await import('./use-cases/remind')).remindPortion);
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
