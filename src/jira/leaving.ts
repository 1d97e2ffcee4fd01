import { route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJiraAsApp, type JiraProblem } from './ask';

const accounts = z.object({ values: z.array(z.object({ accountId: z.string(), active: z.boolean() })) });

/**
 * Whether accounts are active, by their id; what Jira does not know is left out. One request for at most 200. Source: "Bulk get users",
 * Jira Cloud REST v3, as the app. Assumption: of a deactivated account it answers `active: false`, as "Get user" does.
 */
export async function activeAmong(
  accountIds: readonly string[],
): Promise<Result<ReadonlyMap<string, boolean>, JiraProblem>> {
  if (accountIds.length === 0) return ok(new Map());
  const query = new URLSearchParams({ maxResults: '200' });
  for (const id of accountIds) query.append('accountId', id);
  const asked = await askJiraAsApp(route`/rest/api/3/user/bulk?${query}`, accounts);
  return asked.ok ? ok(new Map(asked.value.values.map(({ accountId, active }) => [accountId, active]))) : asked;
}

const projects = z.object({ total: z.number(), values: z.array(z.object({ id: z.string() })) });
const PAGE = 100;
/** More can not be asked about at once ("Get bulk permissions"). */
const MOST_PROJECTS = 1_000;

/** The ids of the site's projects; nothing where there are more than one question can name. Source: "Get projects paginated". */
export async function projectIds(): Promise<Result<readonly number[] | undefined, JiraProblem>> {
  const ids: number[] = [];
  for (let start = 0; ; start += PAGE) {
    const query = new URLSearchParams({ startAt: String(start), maxResults: String(PAGE) });
    const asked = await askJiraAsApp(route`/rest/api/3/project/search?${query}`, projects);
    if (!asked.ok) return asked;
    const { total, values } = asked.value;
    if (total > MOST_PROJECTS) return ok(undefined);
    ids.push(...values.map(({ id }) => Number(id)));
    if (values.length === 0 || ids.length >= total) return ok(ids);
  }
}

const grants = z.object({ projectPermissions: z.array(z.object({ projects: z.array(z.number()) })) });

/**
 * Whether somebody may browse one of these projects. Source: "Get bulk permissions", Jira Cloud REST v3. Assumption: an app of Forge may
 * ask it about anybody, as its page says of Connect apps; where it may not, Jira refuses and nobody counts as having left for this.
 */
export async function reachesOneOf(
  projects: readonly number[],
  accountId: string,
): Promise<Result<boolean, JiraProblem>> {
  const body = { accountId, projectPermissions: [{ permissions: ['BROWSE_PROJECTS'], projects }] };
  const asked = await askJiraAsApp(route`/rest/api/3/permissions/check`, grants, body);
  return asked.ok ? ok(asked.value.projectPermissions.some((one) => one.projects.length > 0)) : asked;
}
