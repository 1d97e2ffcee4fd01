import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { RequestFormView } from '../contract/views';
import { isRepositoryOf } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { connectForRead, explain } from './connect';
import { openForIssue, type Person } from './open';
import { refuse } from './page-error';

/**
 * What the service's own form for a pull request would offer, and whom the service will ask itself. It is what the repository shows to the
 * person: nothing is read with the integration's credential.
 */
export async function readRequestForm(
  person: Person,
  { issueKey, integrationId, repository, targetBranch: target }: CheckedPayloadOf<'issue', 'read-request-form'>,
): Promise<Result<RequestFormView, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  const { integration, service } = opened.value;
  if (!isRepositoryOf(integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name });
  const connected = await connectForRead(opened.value);
  if (!connected.ok) return connected;
  const { provider, connection, actor } = connected.value;
  const { requestTemplates, requestExtras, requestRules } = service.edition.capabilities;
  const isOffered = requestTemplates ?? requestExtras ?? requestRules;
  if (actor !== 'person' || !isOffered) return ok({ templates: [] });
  const form = await provider.readRequestForm?.(connection, { repository, target });
  if (form === undefined) return ok({ templates: [] });
  if (!form.ok) return fail(await explain(form.error, opened.value, connected.value, person, { repository }));
  return ok(form.value);
}
