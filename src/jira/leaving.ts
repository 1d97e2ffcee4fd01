import { route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJiraAsApp, type JiraProblem } from './ask';

const projects = z.object({ total: z.number(), values: z.array(z.object({ id: z.string() })) });
const PAGE = 100;
/** One request takes no more ("Get bulk permissions"). */
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
