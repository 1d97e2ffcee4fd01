import api, { type Route } from '@forge/api';
import type { z } from 'zod';
import { fail, ok, type Result } from '../domain/result';

export type JiraProblem = 'ISSUE_NOT_FOUND' | 'NOT_LOGGED_IN' | 'JIRA_UNAVAILABLE';

/**
 * Jira's answer to the person who asks. `ISSUE_NOT_FOUND`: what was asked about is not there, or hidden from them. All that is no
 * answer is `JIRA_UNAVAILABLE`: a broken connection, a fault of Jira's, text that is not what its documentation says.
 */
export async function askJira<Value>(path: Route, schema: z.ZodType<Value>): Promise<Result<Value, JiraProblem>> {
  try {
    const response = await api.asUser().requestJira(path);
    if (response.status === 404) return fail('ISSUE_NOT_FOUND');
    if (response.status === 401) return fail('NOT_LOGGED_IN');
    if (!response.ok) return fail('JIRA_UNAVAILABLE');
    return ok(schema.parse(await response.json()));
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    // `NeedsAuthenticationError` of `@forge/api`, by the name it goes by.
    if (name === 'NEEDS_AUTHENTICATION_ERR') return fail('NOT_LOGGED_IN');
    console.error(`Jira gave no answer: ${name}`);
    return fail('JIRA_UNAVAILABLE');
  }
}
