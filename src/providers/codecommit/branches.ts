import {
  CreateBranchCommand,
  DeleteBranchCommand,
  GetBranchCommand,
  type CodeCommitClient,
} from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Branch, Provider } from '../provider';
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

/** The write may have happened although nobody said so: look, and never send it again. */
export function isLostAnswer(error: ProviderError): boolean {
  return (
    error.code === 'TIMEOUT' ||
    error.code === 'UNREACHABLE' ||
    error.code === 'NOT_AN_API_ANSWER' ||
    (error.code === 'UNEXPECTED_ANSWER' && error.status >= 500)
  );
}

/** Two requests: `GetBranch` for the source's commit, `CreateBranch`. */
export const createBranch: Provider['createBranch'] = async (connection, { repository, name, source }) => {
  const client = codeCommit(connection);
  const head = await headOf(client, repository, source);
  if (!head.ok) return fail(await missingSource(client, repository, head.error));
  const branch = { name, commit: head.value };
  const created = await answered(() =>
    client.send(new CreateBranchCommand({ repositoryName: repository, branchName: name, commitId: branch.commit })),
  );
  if (created.ok) return ok(branch);
  if (isLostAnswer(created.error)) return readBack(client, repository, branch, created.error);
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

async function readBack(
  client: CodeCommitClient,
  repository: string,
  branch: Branch,
  lost: ProviderError,
): Promise<Result<Branch, ProviderError>> {
  const there = await headOf(client, repository, branch.name);
  return there.ok && there.value === branch.commit ? ok(branch) : fail(lost);
}

/**
 * git keeps branches in folders: `fix` and `fix/login` cannot both exist. That the service calls such a name invalid is an
 * assumption; it has no error of its own for it. One page of branches is looked through.
 */
async function conflictingBranch(
  client: CodeCommitClient,
  repository: string,
  name: string,
): Promise<string | undefined> {
  const listed = await answered(() => branchNames(client, repository, undefined));
  return listed.ok
    ? listed.value.names.find((other) => name.startsWith(`${other}/`) || other.startsWith(`${name}/`))
    : undefined;
}

const deletedAnswer = z.object({ deletedBranch: z.object({}).optional() });

/** One request. The service says the same for a branch that was never there, but names none that it deleted. */
export const deleteBranch: Provider['deleteBranch'] = async (connection, { repository, name }) => {
  const client = codeCommit(connection);
  const deleted = await answered(async () =>
    deletedAnswer.parse(await client.send(new DeleteBranchCommand({ repositoryName: repository, branchName: name }))),
  );
  if (deleted.ok) return deleted.value.deletedBranch === undefined ? fail({ code: 'BRANCH_MISSING' }) : ok(undefined);
  if (!isLostAnswer(deleted.error)) return deleted;
  const there = await headOf(client, repository, name);
  return !there.ok && there.error.code === 'BRANCH_MISSING' ? ok(undefined) : deleted;
};
