import type { Started } from '../shared/dialogs';
import type * as Jira from '../shared/start-work';
import type { Step } from '../shared/start-work';

/** The changes of the issue once the branch exists; `to`: the id of a step of its workflow. */
export type StartChoice = { assign?: boolean; move?: boolean; to?: string };

/**
 * The step that is chosen among those that Jira offers: the first, until somebody has chosen. One that was chosen last and is none of this issue's
 * leaves the choice to the person (empty), for another one would move it where nobody wanted it. Undefined: there is none.
 */
export function chosenStep(last: string | undefined, steps: readonly Step[]): string | undefined {
  return last === undefined ? steps[0]?.id : (steps.find((step) => step.id === last)?.id ?? '');
}

const loadJira = (): Promise<Pick<typeof Jira, 'assignTo' | 'move'>> => import('../shared/start-work');

/** Assigns and moves the issue as the person, where they wanted that. It never throws: the branch is there. */
export async function startWork(
  issueKey: string,
  accountId: string,
  choice: StartChoice,
  load = loadJira,
): Promise<Started> {
  const { assign, move, to } = choice;
  if (!assign && !(move && to)) return {};
  const jira = await load().catch(() => undefined);
  const lost = { ok: false, said: '' } as const;
  // One after the other: a step of the workflow may need an assignee.
  const assigned = assign ? ((await jira?.assignTo(issueKey, accountId)) ?? lost) : undefined;
  const moved = move && to ? ((await jira?.move(issueKey, { id: to, name: '' })) ?? lost) : undefined;
  return { ...(assigned && { assigned }), ...(moved && { moved }) };
}
