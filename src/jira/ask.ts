import api, { type Route } from '@forge/api';
import type { z } from 'zod';
import type { ErrorParams } from '../domain/errors';
import { fail, ok, type Result } from '../domain/result';

/** Why Jira gave no answer, with what its sentence needs. */
export type JiraProblem =
  | { code: 'ISSUE_NOT_FOUND' | 'NOT_LOGGED_IN' | 'JIRA_UNAVAILABLE' }
  | ({ code: 'JIRA_LIMITED' } & ErrorParams<'JIRA_LIMITED'>);

/**
 * Jira's answer to the caller. `ISSUE_NOT_FOUND`: it does not exist, or it is hidden from them. `JIRA_LIMITED`:
 * Jira has the app wait. Everything else is `JIRA_UNAVAILABLE`: a broken connection, a fault of Jira's, text that is not
 * what its documentation says.
 */
export async function askJira<Value>(path: Route, schema: z.ZodType<Value>): Promise<Result<Value, JiraProblem>> {
  return answerOf(() => api.asUser().requestJira(path), schema);
}

/** The same as the app itself: queues and triggers have no caller. `body`: of a request that is a POST. */
export async function askJiraAsApp<Value>(
  path: Route,
  schema: z.ZodType<Value>,
  body?: object,
): Promise<Result<Value, JiraProblem>> {
  const post = body && {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { accept: 'application/json', 'content-type': 'application/json' },
  };
  return answerOf(() => api.asApp().requestJira(path, post), schema);
}

type Answer = Awaited<ReturnType<ReturnType<typeof api.asApp>['requestJira']>>;

async function answerOf<Value>(
  ask: () => Promise<Answer>,
  schema: z.ZodType<Value>,
): Promise<Result<Value, JiraProblem>> {
  try {
    const response = await ask();
    if (response.status === 404) return fail({ code: 'ISSUE_NOT_FOUND' });
    if (response.status === 401) return fail({ code: 'NOT_LOGGED_IN' });
    if (response.status === 429) return fail(limitOf(response.headers, Date.now()));
    if (!response.ok) return fail({ code: 'JIRA_UNAVAILABLE' });
    return ok(schema.parse(await response.json()));
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    // `NeedsAuthenticationError` of `@forge/api`, by the name it goes by.
    if (name === 'NEEDS_AUTHENTICATION_ERR') return fail({ code: 'NOT_LOGGED_IN' });
    console.error(`Jira gave no answer: ${name}`);
    return fail({ code: 'JIRA_UNAVAILABLE' });
  }
}

const HOUR_MS = 3_600_000;
/** Where Jira does not say how long: longer than a burst takes to pass. */
const USUAL_WAIT_MS = 10_000;

/**
 * The pause that a 429 of Jira's demands. `Retry-After` is in seconds; a quota is full again at the next full hour (UTC) at the latest. Source:
 * "Rate limiting", Jira Cloud platform; a date as `Retry-After` is HTTP's, not Jira's documentation.
 */
export function limitOf(headers: { get(name: string): string | null }, now: number): JiraProblem {
  const isQuota = /^jira-(quota|cost)-/.test(headers.get('ratelimit-reason') ?? '');
  const said = headers.get('retry-after') ?? '';
  const until = /^\d+(\.\d+)?$/.test(said)
    ? now + Number(said) * 1000
    : Date.parse(said || (headers.get('x-ratelimit-reset') ?? ''));
  const fullHour = (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
  const usual = isQuota ? fullHour : now + USUAL_WAIT_MS;
  // A time that is over, or an hour and more away, is none that Jira means: its windows are a second and an hour long.
  const retryAt = until > now && until <= now + HOUR_MS ? until : usual;
  return {
    code: 'JIRA_LIMITED',
    retryAt: new Date(retryAt).toISOString(),
    ...(isQuota && { reason: 'quota' as const }),
  };
}
