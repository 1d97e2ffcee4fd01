import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { keys } from './keys';
import { entriesWithPrefix, removeEntries } from './query';
import { readTogether, type Part } from './read';

const repositoryAt = z.object({ integrationId: z.string(), repository: z.string() });
const schema = z.object({
  repository: repositoryAt.exactOptional(),
  branches: z.array(repositoryAt.extend({ branch: z.string() })),
});

type RepositoryAt = z.output<typeof repositoryAt>;
/** A person's choices for one project as they are stored. */
export type Defaults = z.output<typeof schema>;

/** How many repositories of one project a person has a default branch for; the oldest choice makes room. */
const BRANCHES = 100;

/** A person's choices for one project. One entry, so that a dialog needs one read for all of it. */
export function defaultsAt(accountId: string, projectKey: string): Part<Defaults> {
  return {
    keys: [keys.projectDefaults(accountId, projectKey)],
    of: ([stored]) => (stored === undefined ? { branches: [] } : schema.parse(stored)),
  };
}

/** The same, read alone. */
export async function readDefaults(accountId: string, projectKey: string): Promise<Defaults> {
  const [defaults] = await readTogether(defaultsAt(accountId, projectKey));
  return defaults;
}

/** A person's choices for all projects, by project. */
export async function listDefaults(accountId: string): Promise<(Defaults & { projectKey: string })[]> {
  const prefix = keys.defaults(accountId);
  const entries = await entriesWithPrefix(prefix);
  return entries.map(({ key, value }) => ({ ...schema.parse(value), projectKey: key.slice(prefix.length) }));
}

/** The person, the project, and their earlier choices there. */
export type StoredDefaults = { accountId: string; projectKey: string; before: Defaults };

/**
 * Makes a repository the default of the project or, with `branch`, that branch the default of the repository. A person in two tabs
 * at once may lose one of two choices; nobody else writes here.
 */
export async function saveDefault(
  { before, ...whose }: StoredDefaults,
  { branch, ...at }: RepositoryAt & { branch?: string | undefined },
): Promise<Defaults> {
  const branches = before.branches.filter((other) => !isSame(other, at));
  return write(
    whose,
    branch === undefined
      ? { ...before, repository: at }
      : { ...before, branches: [{ ...at, branch }, ...branches].slice(0, BRANCHES) },
  );
}

/** Forgets the default repository of the project, or the default branch of a repository. Forgetting what is not there is no error. */
export async function clearDefault(
  { before: { repository, branches }, ...whose }: StoredDefaults,
  cleared: { of: 'project' } | ({ of: 'repository' } & RepositoryAt),
): Promise<Defaults> {
  if (cleared.of === 'project') return write(whose, { branches });
  const rest = branches.filter((other) => !isSame(other, cleared));
  return write(whose, { ...(repository && { repository }), branches: rest });
}

/** A repository that was renamed: its choices move to the new name. */
export async function renameInDefaults(
  accountId: string,
  projectKey: string,
  { integrationId, from, to }: { integrationId: string; from: string; to: string },
): Promise<void> {
  const { repository, branches } = await readDefaults(accountId, projectKey);
  const renamed = <At extends RepositoryAt>(at: At): At =>
    isSame(at, { integrationId, repository: from }) ? { ...at, repository: to } : at;
  const isOfIt = (at: RepositoryAt) => isSame(at, { integrationId, repository: from });
  if (![...(repository ? [repository] : []), ...branches].some(isOfIt)) return;
  const others = branches.filter((at) => !isSame(at, { integrationId, repository: to }));
  await write(
    { accountId, projectKey },
    { ...(repository && { repository: renamed(repository) }), branches: others.map(renamed) },
  );
}

function isSame(one: RepositoryAt, other: RepositoryAt): boolean {
  return one.integrationId === other.integrationId && one.repository.toLowerCase() === other.repository.toLowerCase();
}

async function write({ accountId, projectKey }: Omit<StoredDefaults, 'before'>, defaults: Defaults): Promise<Defaults> {
  const key = keys.projectDefaults(accountId, projectKey);
  if (defaults.repository === undefined && defaults.branches.length === 0) await kvs.delete(key);
  // With the account, so that the daily report to Atlassian includes it.
  else
    await kvs
      .transact()
      .set(key, schema.parse(defaults))
      .set(keys.account(accountId), { askedAt: new Date().toISOString() })
      .execute();
  return defaults;
}

/** Erases what a person chose, in all projects. Erasing what is not there is no error. */
export async function forgetDefaults(accountId: string): Promise<void> {
  await removeEntries((await entriesWithPrefix(keys.defaults(accountId))).map(({ key }) => key));
}
