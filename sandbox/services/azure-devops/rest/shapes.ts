import type { GitRef } from '../../git/bare-repository.ts';
import { branchName, peopleOf } from '../../git-host/branches.ts';
import type { PullRequest } from '../../git-host/store.ts';
import { creatorOf, lockOf } from '../branches.ts';
import type { Account, AzureDevOps, Project, Repository } from '../context.ts';
import { isAtLeast } from './api-version.ts';

export const identity = (service: AzureDevOps, account: Account) => ({
  displayName: account.name,
  url: `${service.baseUrl}/_apis/Identities/${account.id}`,
  id: account.id,
  uniqueName: account.email,
});

const projectShape = (service: AzureDevOps, { id, name }: Project) => ({
  id,
  name,
  url: `${service.baseUrl}/_apis/projects/${id}`,
  state: 'wellFormed',
});

export const repositoryUrl = (service: AzureDevOps, { id, project }: Repository): string =>
  `${service.baseUrl}/${project.id}/_apis/git/repositories/${id}`;

const webUrlOf = (service: AzureDevOps, { project, definition }: Repository): string =>
  `${service.baseUrl}/${encodeURIComponent(project.name)}/_git/${encodeURIComponent(definition.name)}`;

/** `webUrl` and `isDisabled` are not in API 4.1 and older; an empty repository has no default branch. */
export function repositoryShape(service: AzureDevOps, repository: Repository, version: string) {
  const { id, project, definition } = repository;
  const webUrl = webUrlOf(service, repository);
  return {
    id,
    name: definition.name,
    url: repositoryUrl(service, repository),
    project: projectShape(service, project),
    ...(definition.empty ? {} : { defaultBranch: `refs/heads/${definition.defaultBranch}` }),
    ...(isAtLeast(version, '5.0') ? { webUrl, isDisabled: definition.disabled } : {}),
  };
}

export function refShape(service: AzureDevOps, repository: Repository, ref: GitRef) {
  const known = creatorOf(service, repository, ref.name);
  const creator = service.catalogue.account(known ?? '') ?? service.catalogue.accounts[0];
  const lockedBy = service.catalogue.account(lockOf(repository, branchName(ref.name)) ?? '');
  return {
    name: ref.name,
    objectId: ref.sha,
    ...(creator === undefined ? {} : { creator: identity(service, creator) }),
    ...(lockedBy === undefined ? {} : { isLocked: true, isLockedBy: identity(service, lockedBy) }),
    url: `${repositoryUrl(service, repository)}/refs?filter=${encodeURIComponent(ref.name.slice('refs/'.length))}`,
  };
}

export const reviewerShape = (service: AzureDevOps, reviewer: Account) => ({
  vote: 0,
  ...identity(service, reviewer),
});

/** Pushes as a list of them shows them, newest first. */
export const pushShapes = (
  service: AzureDevOps,
  repository: Repository,
  pushes: readonly { by: ReturnType<typeof identity>; at: string }[],
) =>
  pushes.map(({ by, at }, index) => ({
    pushedBy: by,
    pushId: pushes.length - index,
    date: at,
    url: `${repositoryUrl(service, repository)}/pushes/${pushes.length - index}`,
  }));

/** `PullRequestStatus` of the specs. */
export const STATUS = { open: 'active', closed: 'abandoned', merged: 'completed' } as const;

export function pullRequestShape(service: AzureDevOps, repository: Repository, pull: PullRequest, version: string) {
  const author = service.catalogue.account(pull.author);
  return {
    repository: repositoryShape(service, repository, version),
    pullRequestId: pull.id,
    status: STATUS[pull.state],
    ...(author === undefined ? {} : { createdBy: identity(service, author) }),
    creationDate: pull.createdAt,
    ...(pull.closedAt === undefined ? {} : { closedDate: pull.closedAt }),
    title: pull.title,
    description: pull.body ?? '',
    sourceRefName: `refs/heads/${pull.source}`,
    targetRefName: `refs/heads/${pull.target}`,
    ...(isAtLeast(version, '5.0') ? { isDraft: pull.draft } : {}),
    reviewers: peopleOf(service, pull.reviewers).map((one) => reviewerShape(service, one)),
    url: `${repositoryUrl(service, repository)}/pullRequests/${pull.id}`,
  };
}
