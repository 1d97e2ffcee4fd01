import { route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJiraAsApp, type JiraProblem } from './ask';

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
