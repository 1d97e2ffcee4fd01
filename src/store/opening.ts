import type { SiteSettings } from '../domain/integration';
import { decisionsAt, type Decided } from './decisions';
import { defaultsAt, type Defaults } from './defaults';
import { newsAt } from './development';
import { readTogether } from './read';
import { settingsAt } from './settings';
import { besideToken, readTokenSecret, type FoundToken } from './tokens';
import { paceAt, type Counters } from './pace';
import { recentAt, type RecentRepositories } from './work';

/** Where a person and a project work: hints only. */
export type ProjectPlace = { defaults: Defaults; recent: RecentRepositories };

/** An integration with all that decides who acts there, and how often the person has called. */
export type Opening = Decided & FoundToken & { counters: Counters };

/** One request and the person's secret. */
export async function readOpening(accountId: string, id: string): Promise<Opening> {
  const [secret, [decided, found, counters]] = await Promise.all([
    readTokenSecret(accountId, id),
    readTogether(decisionsAt(id), besideToken(accountId, id), paceAt(accountId)),
  ]);
  return { ...decided, ...found(secret), counters };
}

/** The findings at the issue of a page; nothing where the platform does not name the issue. */
export type NewsThere = { issueId: string; news: readonly string[] } | undefined;

/** The same with a place and the news of an issue, in the same request. */
export async function readOpeningIn(
  accountId: string,
  id: string,
  { projectKey, issueId }: { projectKey: string; issueId?: string | undefined },
): Promise<Opening & { place: ProjectPlace; newsThere: NewsThere }> {
  const [secret, [decided, found, counters, defaults, recent, news]] = await Promise.all([
    readTokenSecret(accountId, id),
    readTogether(
      decisionsAt(id),
      besideToken(accountId, id),
      paceAt(accountId),
      defaultsAt(accountId, projectKey),
      recentAt(projectKey),
      newsAt(id, issueId ?? ''),
    ),
  ]);
  const newsThere = issueId === undefined ? undefined : { issueId, news };
  return { ...decided, ...found(secret), counters, place: { defaults, recent }, newsThere };
}

/** The site's settings, and how often a person has called, in one request. */
export async function readSettingsFor(accountId: string): Promise<[SiteSettings, Counters]> {
  return readTogether(settingsAt, paceAt(accountId));
}

/** The same with what a person chose in a project. */
export async function readSettingsIn(
  accountId: string,
  projectKey: string,
): Promise<[SiteSettings, Counters, Defaults]> {
  return readTogether(settingsAt, paceAt(accountId), defaultsAt(accountId, projectKey));
}

/** A place alone. */
export async function readPlace(accountId: string, projectKey: string): Promise<ProjectPlace> {
  const [defaults, recent] = await readTogether(defaultsAt(accountId, projectKey), recentAt(projectKey));
  return { defaults, recent };
}

/** A person's tokens for several integrations, in their order: a secret each, and one request for the entries beside twelve. */
export async function readTokens(accountId: string, ids: readonly string[]): Promise<FoundToken[]> {
  const [secrets, found] = await Promise.all([
    Promise.all(ids.map((id) => readTokenSecret(accountId, id))),
    readTogether<((secret: unknown) => FoundToken)[]>(...ids.map((id) => besideToken(accountId, id))),
  ]);
  return found.map((of, index) => of(secrets[index]));
}
