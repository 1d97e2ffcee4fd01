import { PullRequestStatus } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import type { Service } from '../../domain/service';
import type { PullRequest } from '../provider';
import * as links from './links';
import { HEADS } from './refs';

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
