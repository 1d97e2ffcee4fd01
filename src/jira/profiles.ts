import { route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJiraAsApp, type JiraProblem } from './ask';

/** An account as the app sees it in Jira. `locale`, `timeZone`: of their Jira, where they let others see it; otherwise the site's time zone. */
export type Profile = { active: boolean; locale?: string | undefined; timeZone?: string | undefined };

const optional = z.string().optional().catch(undefined);
const accounts = z.object({
  values: z.array(z.object({ accountId: z.string(), active: z.boolean(), locale: optional, timeZone: optional })),
});

/**
 * Profiles by account id; who Jira does not know is left out. One request for at most 200. Source: "Bulk get users", Jira Cloud REST v3,
 * as the app. Assumption: of a deactivated account it answers `active: false`, as "Get user" does.
 */
export async function profilesOf(
  accountIds: readonly string[],
): Promise<Result<ReadonlyMap<string, Profile>, JiraProblem>> {
  if (accountIds.length === 0) return ok(new Map());
  const query = new URLSearchParams({ maxResults: '200' });
  for (const id of accountIds) query.append('accountId', id);
  const asked = await askJiraAsApp(route`/rest/api/3/user/bulk?${query}`, accounts);
  return asked.ok ? ok(new Map(asked.value.values.map(({ accountId, ...profile }) => [accountId, profile]))) : asked;
}
