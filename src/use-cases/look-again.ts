import type { PageError } from '../contract/errors';
import type { ProviderError } from '../domain/errors';
import { isRepositoryOf } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import type { Act } from './act';
import type { Connected } from './connect';
import { inUseFor, openIntegration, type OpenIntegration, type OpenIssue, type Person } from './open';
import { namesOf, refuse } from './page-error';

/**
 * Right before the integration account writes: whether it still may, for an admin may have decided otherwise meanwhile; and where
 * the branch is that the act begins with, for nobody's rights at the service stand behind what a person asks of it. The two go out
 * together. A person who acts in their own name is limited by the service itself.
 */
export async function lookAgain<Done>(
  person: Person,
  request: Act<Done>,
  opened: OpenIssue & OpenIntegration,
  { actor, provider, connection }: Connected,
): Promise<Result<string | undefined, ProviderError | PageError>> {
  if (actor === 'person') return ok(undefined);
  const [now, head] = await Promise.all([
    openIntegration(person, opened.integration.id),
    provider.readHead(connection, { repository: request.repository, name: request.from }),
  ]);
  const refusal = mayStillAct(now, opened, request);
  if (refusal !== undefined) return fail(refusal);
  if (!head.ok) {
    const isSource = head.error.code === 'BRANCH_MISSING' && request.action !== 'delete-branch';
    return fail(isSource ? { code: 'SOURCE_BRANCH_MISSING' } : head.error);
  }
  const problem = request.checkHead?.(opened, head.value);
  return problem === undefined ? head : fail(problem);
}

/** Everything an admin decides, asked of what is stored now. */
function mayStillAct<Done>(
  now: Result<OpenIntegration, PageError>,
  { issue }: OpenIssue,
  request: Act<Done>,
): PageError | undefined {
  const inUse = now.ok ? inUseFor(now.value, issue.projectKey) : now;
  if (!inUse.ok) return inUse.error;
  const { integration, service, required } = inUse.value;
  if (required) return refuse('TOKEN_REQUIRED', namesOf(integration, service)).error;
  return mayBeDone(request, inUse.value);
}

/** What an admin allows, of the site and of the integration. */
export function mayBeDone<Done>({ switchedBy, repository }: Act<Done>, opened: OpenIntegration): PageError | undefined {
  const { integration, settings } = opened;
  if (!settings[switchedBy]) return refuse('ACTION_SWITCHED_OFF').error;
  if (isRepositoryOf(integration, repository)) return undefined;
  return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name }).error;
}

/** Whether a refusal is in words already. */
export function isOurs(error: ProviderError | PageError): error is PageError {
  return 'params' in error;
}
