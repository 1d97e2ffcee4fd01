import { route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJira, type JiraProblem } from './ask';

const person = z.object({ accountId: z.string(), displayName: z.string(), accountType: z.string().optional() });
const MOST_AT_ONCE = 200;
const FOUND = 20;

/** The name of the caller; nothing when Jira does not say it. Source: "Get current user", Jira Cloud REST v3. */
export async function ownName(): Promise<string | undefined> {
  const asked = await askJira(route`/rest/api/3/myself`, person);
  return asked.ok ? asked.value.displayName : undefined;
}

/**
 * Names by account id, as the caller may see them. Somebody whom Jira does not name is left out, and all are when Jira
 * does not answer: names are a comfort, never a reason to show nothing. Source: "Bulk get users", 200 at once.
 */
export async function namesOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const parts = Array.from({ length: Math.ceil(accountIds.length / MOST_AT_ONCE) }, (_, part) =>
    accountIds.slice(part * MOST_AT_ONCE, (part + 1) * MOST_AT_ONCE),
  );
  const found = await Promise.all(
    parts.map(async (part) => {
      const query = new URLSearchParams({ maxResults: String(MOST_AT_ONCE) });
      for (const id of part) query.append('accountId', id);
      const asked = await askJira(route`/rest/api/3/user/bulk?${query}`, z.object({ values: z.array(person) }));
      return asked.ok ? asked.value.values : [];
    }),
  );
  return new Map(found.flat().map(({ accountId, displayName }) => [accountId, displayName]));
}

/** At most 20 people whose name has a word that begins so. Source: "Find users"; it needs *Browse users and groups*. */
export async function findPeople(search: string): Promise<Result<{ accountId: string; name: string }[], JiraProblem>> {
  const path = route`/rest/api/3/user/search?query=${search}&maxResults=${FOUND}`;
  const asked = await askJira(path, z.array(person));
  if (!asked.ok) return asked;
  return ok(
    asked.value
      .filter(({ accountType }) => accountType === undefined || accountType === 'atlassian')
      .map(({ accountId, displayName }) => ({ accountId, name: displayName })),
  );
}
