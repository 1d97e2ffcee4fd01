import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { ReviewerView } from '../contract/views';
import { isRepositoryOf } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { connectForRead, explain } from './connect';
import { openForIssue, type Person } from './open';
import { refuse } from './page-error';

/** Possible reviewers in a repository; nobody where the service has no such thing. Never the caller. */
export async function listReviewers(
  person: Person,
  { issueKey, integrationId, repository, search }: CheckedPayloadOf<'issue', 'list-reviewers'>,
): Promise<Result<{ reviewers: readonly ReviewerView[] }, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  if (!isRepositoryOf(opened.value.integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: opened.value.integration.name });
  const connected = await connectForRead(opened.value);
  if (!connected.ok) return connected;
  const { provider, connection, login } = connected.value;
  const { reviewers } = opened.value.service.edition.capabilities;
  if (!reviewers || provider.findReviewers === undefined) return ok({ reviewers: [] });
  const found = await provider.findReviewers(connection, { repository, search });
  if (!found.ok) return fail(await explain(found.error, opened.value, connected.value, person, { repository }));
  const own = opened.value.token?.serviceAccountId;
  return ok({ reviewers: found.value.filter((one) => one.login !== login && one.id !== own) });
}
