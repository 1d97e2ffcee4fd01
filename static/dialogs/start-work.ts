import type { Started } from '../shared/dialogs';
import type { StartChoice } from './start-work-fields';

/** Assigns and moves the issue as the person, where they wanted that. It never throws: the branch is there. */
export async function startWork(issueKey: string, accountId: string, choice: StartChoice): Promise<Started> {
  const { assign, move, to } = choice;
  if (!assign && !(move && to)) return {};
  const jira = await import('../shared/start-work').catch(() => undefined);
  const lost = { ok: false, said: '' } as const;
  // One after the other: a step of the workflow may need an assignee.
  const assigned = assign ? ((await jira?.assignTo(issueKey, accountId)) ?? lost) : undefined;
  const moved = move && to ? ((await jira?.move(issueKey, { id: to, name: '' })) ?? lost) : undefined;
  return { ...(assigned && { assigned }), ...(moved && { moved }) };
}
