import {
  CreateBranchCommand,
  DeleteBranchCommand,
  GetBranchCommand,
  type CodeCommitClient,
} from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import { branchInTheWay } from '../../domain/branch-name';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import { commitToStart, createdAfterAll, isLostAnswer, isStale } from '../after-write';
import type { Provider } from '../provider';
import { answered, codeCommit } from './client';
import { branchNames } from './lists';

const branchAnswer = z.object({ branch: z.object({ commitId: z.string().min(1) }) });

/** The commit a branch points at. */
export function headOf(
  client: CodeCommitClient,
  repository: string,
  branch: string,
): Promise<Result<string, ProviderError>> {
  const command = new GetBranchCommand({ repositoryName: repository, branchName: branch });
  return answered(async () => branchAnswer.parse(await client.send(command)).branch.commitId);
}

export const readHead: Provider['readHead'] = async (connection, { repository, name }) => {
  const client = codeCommit(connection);
  const head = await headOf(client, repository, name);
  if (head.ok) return head;
  const problem = await missingSource(client, repository, head.error);
  return fail(problem.code === 'SOURCE_BRANCH_MISSING' ? { code: 'BRANCH_MISSING' } : problem);
};

/** `GetBranch` for the source's commit where it is not given, and `CreateBranch`. */
export const createBranch: Provider['createBranch'] = async (connection, request) => {
  const { repository, name } = request;
  const client = codeCommit(connection);
  const head = await commitToStart(request, (source) => headOf(client, repository, source));
  if (!head.ok) return fail(await missingSource(client, repository, head.error));
  const branch = { name, commit: head.value };
  const command = new CreateBranchCommand({ repositoryName: repository, branchName: name, commitId: branch.commit });
  const created = await answered(() => client.send(command), 'write');
  if (created.ok) return ok(branch);
  if (isLostAnswer(created.error)) {
    return createdAfterAll(branch, created.error, () => headOf(client, repository, name));
  }
  // The commit is gone, so nothing was created: ask where the source is now.
  if (isStale(request, created.error)) return createBranch(connection, { repository, name, source: request.source });
  if (created.error.code !== 'BRANCH_NAME_REFUSED') return created;
  const conflict = await conflictingBranch(client, repository, name);
  return conflict === undefined ? created : fail({ code: 'BRANCH_NAME_CONFLICT', conflict });
};

/** A source that cannot be, like one that is not there, may be so because the repository has no branch at all. */
async function missingSource(
  client: CodeCommitClient,
  repository: string,
  error: ProviderError,
): Promise<ProviderError> {
  if (error.code !== 'BRANCH_MISSING' && error.code !== 'BRANCH_NAME_REFUSED') return error;
  const listed = await answered(() => branchNames(client, repository, undefined));
  const isEmpty = listed.ok && listed.value.names.length === 0 && listed.value.next === undefined;
  return { code: isEmpty ? 'REPOSITORY_EMPTY' : 'SOURCE_BRANCH_MISSING' };
}

/**
 * That the service calls a name invalid which cannot be beside another is an assumption; it has no error of its own for
 * it. One page of branches is looked through.
 */
async function conflictingBranch(
  client: CodeCommitClient,
  repository: string,
  name: string,
): Promise<string | undefined> {
  const listed = await answered(() => branchNames(client, repository, undefined));
  return listed.ok ? branchInTheWay(name, listed.value.names) : undefined;
}

const deletedAnswer = z.object({ deletedBranch: z.object({}).optional() });

/** One request. The service says the same for a branch that was never there, but names none that it deleted. */
export const deleteBranch: Provider['deleteBranch'] = async (connection, { repository, name }) => {
  const client = codeCommit(connection);
  const command = new DeleteBranchCommand({ repositoryName: repository, branchName: name });
  const deleted = await answered(async () => deletedAnswer.parse(await client.send(command)), 'write');
  if (deleted.ok) return deleted.value.deletedBranch === undefined ? fail({ code: 'BRANCH_MISSING' }) : ok(undefined);
  if (!isLostAnswer(deleted.error)) return deleted;
  const there = await headOf(client, repository, name);
  return !there.ok && there.error.code === 'BRANCH_MISSING' ? ok(undefined) : deleted;
};
