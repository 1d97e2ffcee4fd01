import { createHash } from 'node:crypto';
import {
  CreatePullRequestCommand,
  GetPullRequestCommand,
  ListPullRequestsCommand,
  type CodeCommitClient,
} from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import type { Service } from '../../domain/service';
import { fail, ok, type Result } from '../../domain/result';
import { isLostAnswer, openedAfterAll } from '../after-write';
import type { Connection, Provider, PullRequest } from '../provider';
import { headOf } from './branches';
import { answered, codeCommit, keyOf } from './client';
import { pullRequest as pullRequestUrl } from './links';
import { nameOf } from './token';

const pullRequestAnswer = z.object({
  pullRequest: z.object({
    pullRequestId: z.string().regex(/^\d+$/),
    title: z.string().default(''),
    pullRequestStatus: z.enum(['OPEN', 'CLOSED']),
    authorArn: z.string().optional(),
    lastActivityDate: z.date().optional(),
    pullRequestTargets: z
      .array(
        z.object({
          repositoryName: z.string(),
          sourceReference: z.string(),
          destinationReference: z.string(),
          mergeMetadata: z.object({ isMerged: z.boolean().optional() }).optional(),
        }),
      )
      .min(1),
  }),
});

function pullRequestOf(service: Service, answer: unknown): PullRequest {
  const { pullRequest } = pullRequestAnswer.parse(answer);
  const [target] = pullRequest.pullRequestTargets;
  if (target === undefined) throw new Error('The shape above asks for one');
  const number = Number(pullRequest.pullRequestId);
  return {
    repository: target.repositoryName,
    number,
    title: pullRequest.title,
    url: pullRequestUrl(service, target.repositoryName, number),
    state: pullRequest.pullRequestStatus === 'OPEN' ? 'open' : target.mergeMetadata?.isMerged ? 'merged' : 'closed',
    source: withoutHeads(target.sourceReference),
    target: withoutHeads(target.destinationReference),
    ...(pullRequest.authorArn === undefined ? {} : { author: nameOf(pullRequest.authorArn) }),
    ...(pullRequest.lastActivityDate === undefined ? {} : { updatedAt: pullRequest.lastActivityDate.toISOString() }),
  };
}

function withoutHeads(reference: string): string {
  return reference.replace(/^refs\/heads\//, '');
}

const ids = z.object({ pullRequestIds: z.array(z.string()) });

/** Ids of a repository's open pull requests, highest (newest) first: one page of the service. Throws what the SDK throws. */
export async function openPullRequestIds(client: CodeCommitClient, repository: string): Promise<string[]> {
  const command = new ListPullRequestsCommand({ repositoryName: repository, pullRequestStatus: 'OPEN' });
  const { pullRequestIds } = ids.parse(await client.send(command));
  return pullRequestIds.sort((a, b) => Number(b) - Number(a));
}

/** Of any repository: the number alone names it. */
export const readPullRequest: NonNullable<Provider['readPullRequest']> = (connection, { number }) =>
  readById(codeCommit(connection), connection.service, String(number));

/** One pull request by the id the service gave it, unique in its account and region. */
export function readById(
  client: CodeCommitClient,
  service: Service,
  id: string,
): Promise<Result<PullRequest, ProviderError>> {
  return answered(async () =>
    pullRequestOf(service, await client.send(new GetPullRequestCommand({ pullRequestId: id }))),
  );
}

type Request = { repository: string; source: string; target: string; title: string; description: string };

/** How many open pull requests are read to find one for the same two branches. */
const COMPARED = 10;

/**
 * The service opens a second pull request for the same two branches without a word, so the newest open ones are read
 * first. Who may not list them may still open one.
 */
export const createPullRequest: Provider['createPullRequest'] = async (connection, request) => {
  const client = codeCommit(connection);
  const { service } = connection;
  const existing = await openPullRequest(client, service, request);
  if (!existing.ok && isHopeless(existing.error)) return existing;
  if (existing.ok && existing.value !== undefined)
    return fail({ code: 'PULL_REQUEST_EXISTS', url: existing.value.url });
  let created = await send(client, connection, request);
  // The token stood for one that was opened a moment ago and closed since: nothing was opened now, so ask for a new one.
  for (let closed = 0; closed < MOST_CLOSED && created.ok && created.value.state !== 'open'; closed += 1) {
    created = await send(client, connection, request, created.value.number);
  }
  if (created.ok) return created;
  if (created.error.code === 'SOURCE_BRANCH_MISSING') return fail(await missingBranch(client, request));
  if (!isLostAnswer(created.error)) return created;
  return openedAfterAll(request.title, created.error, async () => {
    const open = await openPullRequest(client, service, request);
    return open.ok ? open.value : undefined;
  });
};

function send(
  client: CodeCommitClient,
  connection: Connection,
  request: Request,
  after?: number,
): Promise<Result<PullRequest, ProviderError>> {
  const { repository, source, target, title, description } = request;
  const command = new CreatePullRequestCommand({
    title,
    description,
    targets: [{ repositoryName: repository, sourceReference: source, destinationReference: target }],
    clientRequestToken: requestToken(connection, request, after),
  });
  return answered(async () => pullRequestOf(connection.service, await client.send(command)), 'write');
}

/** How many closed ones with the same content are gone by; all of them were opened within the last ten minutes. */
const MOST_CLOSED = 5;

/** The same pull request asked for twice within ten minutes, by the same key, is one to the service. */
const SAME_MS = 600_000;

/** `after`: the closed one the same content stood for. */
function requestToken(connection: Connection, request: Request, after: number | undefined): string {
  const { repository, source, target, title, description } = request;
  const content = [keyOf(connection.credential).accessKeyId, repository, source, target, title, description];
  const window = Math.floor(Date.now() / SAME_MS);
  return createHash('sha256')
    .update(JSON.stringify([...content, window, after ?? 'first']))
    .digest('hex');
}

/** After these there is no point in asking to open one. */
function isHopeless(error: ProviderError): boolean {
  return !['SCOPE_MISSING', 'PERMISSION_DENIED', 'ACCOUNT_POLICY_DENIED'].includes(error.code);
}

async function openPullRequest(
  client: CodeCommitClient,
  service: Service,
  request: Request,
): Promise<Result<PullRequest | undefined, ProviderError>> {
  const listed = await answered(() => openPullRequestIds(client, request.repository));
  if (!listed.ok) return listed;
  const read = await Promise.all(listed.value.slice(0, COMPARED).map((id) => readById(client, service, id)));
  const same = read.find(
    (one) =>
      one.ok &&
      one.value.state === 'open' &&
      one.value.source === request.source &&
      one.value.target === request.target,
  );
  return ok(same?.ok ? same.value : undefined);
}

/** The service says that a branch is missing, not which. */
async function missingBranch(client: CodeCommitClient, { repository, target }: Request): Promise<ProviderError> {
  const there = await headOf(client, repository, target);
  return { code: there.ok ? 'SOURCE_BRANCH_MISSING' : 'TARGET_BRANCH_MISSING' };
}
