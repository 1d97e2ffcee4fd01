import { GitRefUpdateStatus as Status } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import { branchInTheWay } from '../../domain/branch-name';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import { commitToStart, createdAfterAll, isLostAnswer, isStale, settlePullRequest } from '../after-write';
import type { Connection, Provider, PullRequest } from '../provider';
import { answered, client, projectAndRepository } from './client';
import { pullRequestOf, pullRequestsFrom } from './pull-requests';
import { refUpdateMeaning } from './refusals';
import { HEADS, readBranches, readHead } from './refs';

/** "No commit": what a branch was before it is created, and becomes when it is deleted. */
const NO_OBJECT = '0'.repeat(40);

type RefChange = { name: string; from: string; to: string };

const results = z.tuple([
  z.object({ success: z.boolean(), updateStatus: z.number().optional(), customMessage: z.string().catch('') }),
]);

/** Sends one change of one ref, once. The service answers 200 whether it did it or not: the result says which. */
async function changeRef(
  connection: Connection,
  repository: string,
  { name, from, to }: RefChange,
): Promise<Result<void, ProviderError>> {
  const sent = await answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const change = { name: `${HEADS}${name}`, oldObjectId: from, newObjectId: to };
    return results.parse(await client(connection).git.updateRefs([change], repositoryId, project))[0];
  });
  if (!sent.ok) return sent;
  const { success, updateStatus, customMessage } = sent.value;
  if (success) return ok(undefined);
  if (updateStatus === Status.StaleOldObjectId) {
    return fail({ code: from === NO_OBJECT ? 'BRANCH_EXISTS' : 'BRANCH_MOVED' });
  }
  return fail(refUpdateMeaning(updateStatus, customMessage) ?? { code: 'UNEXPECTED_ANSWER', status: 200 });
}

/** Where a branch is. Without any branch it is `REPOSITORY_EMPTY`, which costs a second request. */
export const readHeadOf: Provider['readHead'] = async (connection, { repository, name }) => {
  const head = await readHead(connection, repository, name);
  if (head.ok) return head;
  const problem = await missingSource(connection, repository, head.error);
  return fail(problem.code === 'SOURCE_BRANCH_MISSING' ? head.error : problem);
};

export const createBranch: Provider['createBranch'] = async (connection, request) => {
  const { repository, name } = request;
  const head = await commitToStart(request, (source) => readHead(connection, repository, source));
  if (!head.ok) return fail(await missingSource(connection, repository, head.error));
  const branch = { name, commit: head.value };
  const created = await changeRef(connection, repository, { name, from: NO_OBJECT, to: branch.commit });
  if (created.ok) return ok(branch);
  if (isUncertain(created.error)) {
    return createdAfterAll(branch, created.error, () => readHead(connection, repository, name));
  }
  // The commit is gone, so nothing was created: ask where the source is now.
  if (isStale(request, created.error)) return createBranch(connection, { repository, name, source: request.source });
  return fail(await refusedName(connection, repository, name, created.error));
};

/** A 200 whose result we cannot read may be a change, too. */
function isUncertain(error: ProviderError): boolean {
  return isLostAnswer(error) || (error.code === 'UNEXPECTED_ANSWER' && error.status === 200);
}

/** Without any branch it is not this one that is missing. */
async function missingSource(connection: Connection, repository: string, error: ProviderError): Promise<ProviderError> {
  if (error.code !== 'BRANCH_MISSING') return error;
  const any = await readBranches(connection, repository, { startsWith: '', page: { $top: 1 } });
  return any.ok && any.value.branches.length === 0 ? { code: 'REPOSITORY_EMPTY' } : { code: 'SOURCE_BRANCH_MISSING' };
}

/** Which branch is in the way: `fix` and `fix/login` cannot both be, nor can `Fix` beside `fix` where case does not count. */
async function refusedName(
  connection: Connection,
  repository: string,
  name: string,
  error: ProviderError,
): Promise<ProviderError> {
  if (error.code !== 'BRANCH_NAME_REFUSED') return error;
  const first = name.split('/')[0] ?? name;
  const found = await readBranches(connection, repository, { startsWith: '', ...containing(connection, first) });
  if (!found.ok) return error;
  const others = found.value.branches.map((branch) => branch.name);
  if (others.some((other) => other !== name && other.toLowerCase() === name.toLowerCase())) {
    return { code: 'BRANCH_EXISTS' };
  }
  const conflict = branchInTheWay(name, others);
  return conflict === undefined ? error : { code: 'BRANCH_NAME_CONFLICT', conflict };
}

/** Narrows the list where the service can. */
function containing({ service }: Connection, text: string): { contains?: string } {
  return service.edition.capabilities.branchSearch === 'contains' ? { contains: text } : {};
}

/** Two requests: the service deletes a branch only from where one says it is. */
export const deleteBranch: Provider['deleteBranch'] = async (connection, { repository, name }) => {
  const head = await readHead(connection, repository, name);
  if (!head.ok) return head;
  const deleted = await changeRef(connection, repository, { name, from: head.value, to: NO_OBJECT });
  if (deleted.ok || !isUncertain(deleted.error)) return deleted;
  const there = await readHead(connection, repository, name);
  return !there.ok && there.error.code === 'BRANCH_MISSING' ? ok(undefined) : deleted;
};

type NewPullRequest = Parameters<Provider['createPullRequest']>[1];

export const createPullRequest: Provider['createPullRequest'] = async (connection, request) => {
  const { repository, source, target, title, description, draft } = request;
  const { service } = connection;
  const created = await answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const pull = {
      sourceRefName: `${HEADS}${source}`,
      targetRefName: `${HEADS}${target}`,
      title,
      description,
      ...(service.edition.capabilities.draftPullRequests ? { isDraft: draft } : {}),
    };
    return pullRequestOf(service, await client(connection).git.createPullRequest(pull, repositoryId, project));
  });
  if (created.ok) return created;
  if (created.error.code === 'SOURCE_BRANCH_MISSING') return fail(await missingEnd(connection, request));
  return settlePullRequest(title, created.error, () => openPullRequest(connection, request));
};

/** One refusal covers both ends: look which is missing. */
async function missingEnd(connection: Connection, request: NewPullRequest): Promise<ProviderError> {
  const { repository, source, target } = request;
  const [from, to] = await Promise.all([
    readHead(connection, repository, source),
    readHead(connection, repository, target),
  ]);
  if (from.ok && !to.ok && to.error.code === 'BRANCH_MISSING') return { code: 'TARGET_BRANCH_MISSING' };
  return { code: 'SOURCE_BRANCH_MISSING' };
}

/** The active pull request between two branches; the service allows one. One request. */
async function openPullRequest(
  connection: Connection,
  { repository, source, target }: NewPullRequest,
): Promise<PullRequest | undefined> {
  const asked = await pullRequestsFrom(connection, { repository, source, target, status: 'active' });
  return asked.ok ? asked.value[0] : undefined;
}
