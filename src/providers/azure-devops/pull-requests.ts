import { PullRequestStatus } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import type { Result } from '../../domain/result';
import type { Service } from '../../domain/service';
import type { Connection, Provider, PullRequest } from '../provider';
import { answered, client, projectAndRepository } from './client';
import * as links from './links';
import { HEADS } from './refs';
import { hasBareCriteria } from './versions';

/** A pull request as `GitApi` hands it on: states as numbers, dates as dates. */
const pullRequest = z.object({
  pullRequestId: z.number(),
  title: z.string(),
  status: z.enum(PullRequestStatus),
  isDraft: z.boolean().catch(false),
  sourceRefName: z.string(),
  targetRefName: z.string(),
  creationDate: z.date().optional(),
  closedDate: z.date().optional(),
  createdBy: z.object({ displayName: z.string() }).optional(),
  repository: z.object({ name: z.string(), project: z.object({ name: z.string() }) }),
});

/** The service gives no address for browsers, so it is built (docs "View pull requests"). */
export function pullRequestOf(service: Service, data: unknown): PullRequest {
  const pull = pullRequest.parse(data);
  const repository = `${pull.repository.project.name}/${pull.repository.name}`;
  const updatedAt = pull.closedDate ?? pull.creationDate;
  return {
    repository,
    number: pull.pullRequestId,
    title: pull.title,
    url: links.pullRequest(service, repository, pull.pullRequestId),
    state: stateOf(pull.status, pull.isDraft),
    source: branchOf(pull.sourceRefName),
    target: branchOf(pull.targetRefName),
    ...(pull.createdBy === undefined ? {} : { author: pull.createdBy.displayName }),
    ...(updatedAt === undefined ? {} : { updatedAt: updatedAt.toISOString() }),
  };
}

function stateOf(status: PullRequestStatus, isDraft: boolean): PullRequest['state'] {
  if (status === PullRequestStatus.Completed) return 'merged';
  if (status === PullRequestStatus.Abandoned) return 'closed';
  return isDraft ? 'draft' : 'open';
}

function branchOf(ref: string): string {
  return ref.startsWith(HEADS) ? ref.slice(HEADS.length) : ref;
}

/** "Pull Requests - Get Pull Request"; every version has it. */
export const readPullRequest: NonNullable<Provider['readPullRequest']> = async (connection, { repository, number }) =>
  answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const found = await client(connection).git.getPullRequest(repositoryId, number, project);
    return pullRequestOf(connection.service, found);
  });

type Ends = { repository: string; source: string; target?: string; status: 'active' | 'all' };

/** The pull requests from a branch, to one target or any. An old server may not know one of the criteria: what does not fit is left out. One request. */
export async function pullRequestsFrom(
  connection: Connection,
  { repository, source, target, status }: Ends,
): Promise<Result<PullRequest[], ProviderError>> {
  const { service } = connection;
  const ends = {
    sourceRefName: `${HEADS}${source}`,
    ...(target === undefined ? {} : { targetRefName: `${HEADS}${target}` }),
  };
  const bare = hasBareCriteria(service.edition.id) ? { query: { ...ends, status } } : {};
  return answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const criteria = { ...ends, status: status === 'active' ? PullRequestStatus.Active : PullRequestStatus.All };
    const found = await client(connection, bare).git.getPullRequests(repositoryId, criteria, project);
    return z
      .array(z.unknown())
      .parse(found)
      .map((pull) => pullRequestOf(service, pull))
      .filter((pull) => pull.source === source && [undefined, pull.target].includes(target));
  });
}
