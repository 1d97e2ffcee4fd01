import api, { type Route } from '@forge/api';
import { fail, ok, type Result } from '../domain/result';
import { limitOf, type JiraProblem } from './ask';

/** `refused`: Jira takes nothing like it (400, 413). `not-allowed`: the app may not, because an admin has not approved its permission yet. */
export type SendingProblem = JiraProblem | { code: 'refused' | 'not-allowed' };

/** Sends Jira something as the app itself, or has it forget something: queues have no caller. An empty answer is nothing. */
export async function send(
  method: 'POST' | 'DELETE',
  path: Route,
  body?: object,
): Promise<Result<unknown, SendingProblem>> {
  try {
    const response = await api.asApp().requestJira(path, {
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { status } = response;
    if (status === 429) return fail(limitOf(response.headers, Date.now()));
    if (status === 401 || status === 403) return fail({ code: 'not-allowed' });
    if (status === 404) return fail({ code: 'ISSUE_NOT_FOUND' });
    if (status === 400 || status === 413) return fail({ code: 'refused' });
    if (!response.ok) return fail({ code: 'JIRA_UNAVAILABLE' });
    const text = await response.text();
    return ok(text === '' ? undefined : JSON.parse(text));
  } catch (thrown) {
    console.error(`Jira gave no answer: ${thrown instanceof Error ? thrown.name : typeof thrown}`);
    return fail({ code: 'JIRA_UNAVAILABLE' });
  }
}
