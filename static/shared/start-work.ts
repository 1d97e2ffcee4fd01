import { requestJira } from '@forge/bridge';

/** A step of the issue's workflow that can be made without a screen. */
export type Step = { id: string; name: string };
/** The outcome of a change of the issue: done, or not, with Jira's words. */
export type Changed = { ok: true } | { ok: false; said: string };

const json = { accept: 'application/json', 'content-type': 'application/json' };
/** ms; Jira is not waited for longer. The branch is there already. */
const DEADLINE = 10_000;

/**
 * Steps that this person can make without further input: "Get transitions", Jira Cloud REST v3. Undefined where Jira does not say. The page
 * sends the request as the person; the backend has no part in it.
 */
export async function listSteps(issueKey: string): Promise<Step[] | undefined> {
  try {
    const response = await within(requestJira(`${pathOf(issueKey)}/transitions`, { headers: json }));
    if (!response?.ok) return undefined;
    const { transitions } = (await response.json()) as { transitions: Found[] };
    return transitions.flatMap(({ id, name, hasScreen, isAvailable }) =>
      hasScreen || isAvailable === false ? [] : [{ id, name }],
    );
  } catch {
    return undefined;
  }
}

type Found = Step & { hasScreen?: boolean; isAvailable?: boolean };

/** "Assign issue". */
export function assignTo(issueKey: string, accountId: string): Promise<Changed> {
  return change('PUT', `${pathOf(issueKey)}/assignee`, { accountId });
}

/** "Transition issue". */
export function move(issueKey: string, { id }: Step): Promise<Changed> {
  return change('POST', `${pathOf(issueKey)}/transitions`, { transition: { id } });
}

async function change(method: string, path: string, body: object): Promise<Changed> {
  try {
    const response = await within(requestJira(path, { method, headers: json, body: JSON.stringify(body) }));
    if (response === undefined) return { ok: false, said: '' };
    return response.ok
      ? { ok: true }
      : { ok: false, said: saidIn((await response.json().catch(() => ({}))) as Refusal) };
  } catch {
    return { ok: false, said: '' };
  }
}

function pathOf(issueKey: string): string {
  return `/rest/api/3/issue/${encodeURIComponent(issueKey)}`;
}

type Refusal = { errorMessages?: string[]; errors?: Record<string, string> };

/** Jira says it in the person's language. */
function saidIn({ errorMessages = [], errors = {} }: Refusal): string {
  return [...errorMessages, ...Object.values(errors)].join(' ').slice(0, 300);
}

function within<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  let timer = 0;
  const late = new Promise<undefined>((resolve) => (timer = window.setTimeout(() => resolve(undefined), DEADLINE)));
  return Promise.race([asked, late]).finally(() => window.clearTimeout(timer));
}
