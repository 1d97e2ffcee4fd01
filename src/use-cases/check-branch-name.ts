import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { BranchNameView } from '../contract/views';
import { conflictAmong, searchesFor } from '../domain/branch-conflict';
import { isRepositoryOf } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { connectForRead, explain } from './connect';
import { openForIssue, type Person } from './open';
import { refuse } from './page-error';

/**
 * Whether a branch is in the way of a new one, requested while the name is typed. One search for the name and one for each folder in
 * it, at once; services that cannot search by name get no request; they refuse the name when the branch is created.
 */
export async function checkBranchName(
  person: Person,
  { issueKey, integrationId, repository, name }: CheckedPayloadOf<'issue', 'check-branch-name'>,
): Promise<Result<BranchNameView, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  const { integration, service } = opened.value;
  if (!isRepositoryOf(integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name });
  if (service.edition.capabilities.branchSearch !== 'contains') return ok({});
  const connected = await connectForRead(opened.value);
  if (!connected.ok) return connected;
  const { provider, connection } = connected.value;
  const found = await Promise.all(
    searchesFor(name).map((search) => provider.listBranches(connection, { repository, search })),
  );
  const failed = found.find((list) => !list.ok);
  if (failed !== undefined && !failed.ok)
    return fail(await explain(failed.error, opened.value, connected.value, person, { repository }));
  const names = found.flatMap((list) => (list.ok ? list.value.items : [])).map((branch) => branch.name);
  const conflict = conflictAmong(name, names);
  return ok(conflict === undefined ? {} : { conflict });
}
