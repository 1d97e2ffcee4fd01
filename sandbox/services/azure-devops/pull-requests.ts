import { branchOf } from '../git-host/branches.ts';
import { newPullRequest, openBetween, settlePullRequests } from '../git-host/pull-requests.ts';
import type { PullRequest } from '../git-host/store.ts';
import type { Account, AzureDevOps, Repository } from './context.ts';

/** Opens a pull request as `POST pullrequests` does. It may have no commits. */
export async function openPullRequest(
  service: AzureDevOps,
  repository: Repository,
  author: Account,
  wanted: Pick<PullRequest, 'source' | 'target' | 'title' | 'body' | 'draft'>,
): Promise<PullRequest | 'ref-missing' | 'exists'> {
  const source = await branchOf(repository, wanted.source);
  const target = await branchOf(repository, wanted.target);
  if (source === undefined || target === undefined) return 'ref-missing';
  await settlePullRequests(service, repository);
  if (openBetween(service, repository, wanted.source, wanted.target)) return 'exists';
  return service.store.addPullRequest({
    ...newPullRequest(service, repository, author),
    ...wanted,
    ...{ sourceSha: source.sha, targetSha: target.sha, reviewers: [] },
  });
}
