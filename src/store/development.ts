import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { keys } from './keys';
import { entriesWithPrefix, pageWithPrefix, removeEntries } from './query';
import { readTogether, type Part } from './read';

/** The last report to Jira about a branch or pull request; `gone`: that it does not exist. */
const schema = z.object({
  kind: z.enum(['branch', 'pull-request']),
  repository: z.string(),
  name: z.string().exactOptional(),
  number: z.number().exactOptional(),
  digest: z.string(),
  /** ms since the epoch: when the service answered. */
  at: z.number(),
});

export type Reported = z.output<typeof schema>;
export type ReportedAt = { integrationId: string; issueId: string; entityId: string };

export const GONE = 'gone';

/** Reported again after a year, when somebody looks. */
const EXPIRY = { ttl: { value: 365, unit: 'DAYS' } } as const;

/** Jira's knowledge of an issue at an integration, by the id it has there. */
export async function readReported(integrationId: string, issueId: string): Promise<ReadonlyMap<string, Reported>> {
  const prefix = keys.developmentOfIssue(integrationId, issueId);
  const entries = await entriesWithPrefix(prefix);
  return new Map(entries.map(({ key, value }) => [key.slice(prefix.length), schema.parse(value)]));
}

/** `by`: the account of the person whose own name it carries, so that it can be erased with them. */
export async function storeReported(
  { integrationId, issueId, entityId }: ReportedAt,
  reported: Reported,
  by?: string,
): Promise<void> {
  const transaction = kvs
    .transact()
    .set(keys.development(integrationId, issueId, entityId), schema.parse(reported), undefined, EXPIRY);
  if (by !== undefined)
    transaction.set(
      keys.developmentBy(by, integrationId, issueId, entityId),
      schema.parse(reported),
      undefined,
      EXPIRY,
    );
  await transaction.execute();
}

/** Forgets the reports of one integration, because Jira has erased them. */
export async function forgetReportedOf(integrationId: string): Promise<void> {
  const all = [keys.developmentOf(integrationId), keys.developmentNewsOf(integrationId)];
  const entries = await Promise.all(all.map(entriesWithPrefix));
  await removeEntries(entries.flat().map(({ key }) => key));
}

/** Some of the reports under a person's name, a hundred at most. */
export async function reportedBy(accountId: string): Promise<(ReportedAt & { reported: Reported })[]> {
  const prefix = keys.allDevelopmentBy(accountId);
  const { entries } = await pageWithPrefix(prefix);
  return entries.map(({ key, value }) => {
    const [integrationId = '', issueId = '', entityId = ''] = key.slice(prefix.length).split(':');
    return { integrationId, issueId, entityId, reported: schema.parse(value) };
  });
}

/** Forgets one report of a person, because Jira has erased it. It can be reported again without their name. */
export async function forgetReportedBy(accountId: string, at: ReportedAt): Promise<void> {
  const { integrationId, issueId, entityId } = at;
  await removeEntries([
    keys.development(integrationId, issueId, entityId),
    keys.developmentBy(accountId, integrationId, issueId, entityId),
    // So the next look at the issue reports it again.
    keys.developmentNews(integrationId, issueId),
  ]);
}

const news = z.array(z.string());
/** People who see different things at a service take turns. */
const REMEMBERED = 10;

/** The key of the findings at an issue that were looked at lately. */
export function newsAt(integrationId: string, issueId: string): Part<readonly string[]> {
  return { keys: [keys.developmentNews(integrationId, issueId)], of: ([value]) => news.parse(value ?? []) };
}

/** The same alone. */
export async function readNews(integrationId: string, issueId: string): Promise<readonly string[]> {
  const [known] = await readTogether(newsAt(integrationId, issueId));
  return known;
}

/** Two calls at once may lose one digest. Then the issue is looked at once more. */
export async function storeNews(integrationId: string, issueId: string, one: string): Promise<void> {
  const others = (await readNews(integrationId, issueId)).filter((other) => other !== one);
  await kvs.set(keys.developmentNews(integrationId, issueId), [one, ...others].slice(0, REMEMBERED), EXPIRY);
}
