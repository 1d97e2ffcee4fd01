import type { PageError } from '../contract/errors';
import { chooseActor } from '../domain/attribution';
import type { ProviderError } from '../domain/errors';
import { isRepositoryOf } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { readDecisions } from '../store/decisions';
import type { Act } from './act';
import type { Connected } from './connect';
import {
  decisionsOf,
  inUseFor,
  openIssue,
  questionOf,
  type Decisions,
  type OpenIntegration,
  type OpenIssue,
  type Person,
} from './open';
import { namesOf, refuse } from './page-error';

/**
 * Checks again before the integration account writes. First it reads the head of the branch that the act begins with, because no person's own
 * rights at the service limit this act. Where only a ticket admitted the person, it calls Jira again. Last it reads the admins' decisions again,
 * so that nothing slow happens between them and the write. For people who act in their own name, the service itself sets the limits.
 */
export async function lookAgain<Done>(
  person: Person,
  request: Act<Done>,
  opened: OpenIssue & OpenIntegration,
  { actor, provider, connection }: Connected,
): Promise<Result<string | undefined, ProviderError | PageError>> {
  if (actor === 'person') return ok(undefined);
  const [head, issue] = await Promise.all([
    provider.readHead(connection, { repository: request.repository, name: request.from }),
    opened.asked ? ok(opened) : openIssue(person, request.issueKey, ok(undefined), 'change-as-integration'),
  ]);
  if (!issue.ok) return issue;
  if (!head.ok) {
    const isSource = head.error.code === 'BRANCH_MISSING' && request.action !== 'delete-branch';
    return fail(isSource ? { code: 'SOURCE_BRANCH_MISSING' } : head.error);
  }
  const now = { ...opened, ...issue.value };
  const refusal = request.checkHead?.(now, head.value) ?? (await refusalNow(now, request));
  return refusal === undefined ? head : fail(refusal);
}

/** Every decision of admins, as it is stored now. */
async function refusalNow<Done>(
  { issue, integration: { id }, token }: OpenIssue & OpenIntegration,
  request: Act<Done>,
): Promise<PageError | undefined> {
  const { integration, settings } = await readDecisions(id);
  const decided = decisionsOf(integration, settings);
  const inUse = decided.ok ? inUseFor(decided.value, issue.projectKey) : decided;
  if (!inUse.ok) return inUse.error;
  if (chooseActor(questionOf({ ...inUse.value, token }), request.actAs) !== 'integration')
    return refuse('TOKEN_REQUIRED', namesOf(inUse.value.integration, inUse.value.service)).error;
  return mayBeDone(request, inUse.value);
}

/** Whether admins allow the act, on the site and for the integration. */
export function mayBeDone<Done>(
  { switchedBy, repository }: Act<Done>,
  { integration, settings }: Decisions,
): PageError | undefined {
  if (!settings[switchedBy]) return refuse('ACTION_SWITCHED_OFF').error;
  if (isRepositoryOf(integration, repository)) return undefined;
  return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name }).error;
}

/** Whether a refusal is in words already. */
export function isOurs(error: ProviderError | PageError): error is PageError {
  return 'params' in error;
}
