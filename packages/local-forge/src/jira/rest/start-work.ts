import { projectKeyOf, type JiraState } from '../state.ts';
import { answer, notModelled, refuse, strayParameter } from './answer.ts';
import { allowed, issueFor, type RestCaller } from './caller.ts';

const usual = [
  { id: '11', name: 'To Do', to: 'To Do', hasScreen: false },
  { id: '21', name: 'In Progress', to: 'In Progress', hasScreen: false },
  { id: '31', name: 'Done', to: 'Done', hasScreen: true },
];

const missing = () => refuse(404, 'Issue does not exist or you do not have permission to see it.');

/** `GET …/issue/{key}/transitions`: the steps that the caller may make; none without *Transition issues* (docs page "Get transitions"). */
export function getTransitions(
  state: JiraState,
  caller: RestCaller,
  origin: string,
  keyOrId: string,
  url: URL,
): Response {
  const stray = strayParameter(url, []);
  if (stray) return notModelled(`the parameter ${stray} of transitions`);
  const issue = issueFor(state, caller, keyOrId);
  if (!issue) return missing();
  const transitions = transitionsFor(state, caller, issue.key).map(({ id, name, to, hasScreen }) => ({
    ...{ id, name, hasScreen, isGlobal: true, isInitial: false, isAvailable: true, isConditional: false },
    to: { self: `${origin}/rest/api/3/status/${id}`, id: `100${id}`, name: to },
    isLooped: false,
  }));
  return answer(200, { expand: 'transitions', transitions });
}

/** `POST …/issue/{key}/transitions`: 204, or 400 for a step that does not exist, or not for the caller (wording: assumption). */
export function transitionIssue(state: JiraState, caller: RestCaller, keyOrId: string, body: unknown): Response {
  const { transition, ...stray } = (body ?? {}) as { transition?: { id?: string } };
  const [other] = Object.keys(stray);
  if (other !== undefined) return notModelled(`${other} of a transition`);
  const issue = issueFor(state, caller, keyOrId);
  if (!issue) return missing();
  const step = transitionsFor(state, caller, issue.key).find(({ id }) => id === transition?.id);
  if (!step) return refuse(400, `Transition id '${String(transition?.id)}' is not valid for this issue.`);
  issue.status = step.to;
  return new Response(null, { status: 204 });
}

/** `PUT …/issue/{key}/assignee` (docs page "Assign issue"): 204, 403 without *Assign issues*, 400 for a person who can't be assigned. Wording: assumption. */
export function assignIssue(state: JiraState, caller: RestCaller, keyOrId: string, body: unknown): Response {
  const { accountId, ...stray } = (body ?? {}) as { accountId?: string };
  const [other] = Object.keys(stray);
  if (other !== undefined || accountId === undefined) return notModelled(`${other ?? 'no account'} of an assignee`);
  const issue = issueFor(state, caller, keyOrId);
  if (!issue) return missing();
  const projectKey = projectKeyOf(issue.key);
  if (!allowed(state, caller, 'ASSIGN_ISSUES', projectKey))
    return refuse(403, 'You do not have permission to assign issues.');
  const assignee = state.person(caller.siteId, accountId);
  if (!assignee || !state.can(caller.siteId, accountId, 'ASSIGNABLE_USER', projectKey))
    return answer(400, { errorMessages: [], errors: { assignee: `User '${accountId}' cannot be assigned issues.` } });
  issue.assignee = assignee.id;
  return new Response(null, { status: 204 });
}

function transitionsFor(state: JiraState, caller: RestCaller, issueKey: string) {
  const projectKey = projectKeyOf(issueKey);
  if (!allowed(state, caller, 'TRANSITION_ISSUES', projectKey)) return [];
  return state.project(caller.siteId, projectKey)?.transitions ?? usual;
}
