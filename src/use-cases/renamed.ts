import type { PageError } from '../contract/errors';
import type { ProviderError } from '../domain/errors';
import { isRepositoryOf } from '../domain/integration';
import type { Result } from '../domain/result';
import { linksOf } from '../providers/links';
import { renameInDefaults } from '../store/defaults';
import { renameInProject, renameWork } from '../store/work';
import type { OpenIntegration, OpenIssue, Person } from './open';

/**
 * A service that says where a repository is now did nothing yet, so it is done once more, there. From the beginning: whether the new
 * name is open to the integration is asked like that of any other, and a repository that went to another owner is not followed.
 */
export async function followingRename<Request extends { repository: string }, Done>(
  person: Person,
  request: Request,
  run: (person: Person, request: Request) => Promise<Result<Done, PageError>>,
): Promise<Result<Done, PageError>> {
  const first = await run(person, request);
  const repository = first.ok || first.error.code !== 'REPOSITORY_MOVED' ? undefined : first.error.params['newName'];
  if (repository === undefined || repository === request.repository) return first;
  const second = await run(person, { ...request, repository });
  return !second.ok && second.error.code === 'REPOSITORY_NOT_OF_INTEGRATION' ? first : second;
}

/** Everything stored of a repository takes its new name: the person's defaults, where the project works, cards of the issue. */
export async function takeNewName(
  error: ProviderError,
  person: Person,
  { integration, issue, service }: OpenIssue & OpenIntegration,
  repository: string,
): Promise<void> {
  if (error.code !== 'REPOSITORY_MOVED' || error.newName === undefined) return;
  const { newName } = error;
  if (!isRepositoryOf(integration, newName)) return;
  const renamed = { integrationId: integration.id, from: repository, to: newName };
  await Promise.all([
    renameInDefaults(person.accountId, issue.projectKey, renamed),
    renameInProject(issue.projectKey, renamed),
    renameWork(issue.id, renamed, (branch) => linksOf(service).branch(service, newName, branch)),
  ]);
}
