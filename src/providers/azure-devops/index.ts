import type { ProviderError } from '../../domain/errors';
import { fail, type Result } from '../../domain/result';
import type { Connection, Provider } from '../provider';
import { affordable } from './affordable';
import { readHeadCommit } from './head-commit';
import { readCommit } from './refs';
import { readPullRequest } from './pull-requests';
import { createBranch, createPullRequest, deleteBranch, readHeadOf } from './writes';

type Answer<Value> = Promise<Result<Value, ProviderError>>;
type Asked<Name extends keyof Provider> = Parameters<Required<Provider>[Name]>;

/** A 401 without a word is looked at once more: a token that only lacks a right is not refused. */
function judged<Request extends unknown[], Value>(
  operation: (connection: Connection, ...request: Request) => Answer<Value>,
): (connection: Connection, ...request: Request) => Answer<Value> {
  return async (connection, ...request) => {
    const answer = await operation(connection, ...request);
    if (answer.ok || answer.error.code !== 'REQUEST_REFUSED' || answer.error.status !== 401) return answer;
    const { isSilent, refusedOrLimited } = await import('./token');
    return isSilent(answer.error) ? fail(await refusedOrLimited(connection, answer.error)) : answer;
  };
}

/**
 * Azure DevOps, Azure DevOps Server and TFS through `azure-devops-node-api`. An owner is a project, a repository is `Project/Repository`. Its SDK is the
 * largest of all, so what an act does not need is loaded when it is called.
 */
export const azureDevOps: Provider = {
  detect: judged(async (...asked: Asked<'detect'>) => (await import('./token')).detect(...asked)),
  checkToken: async (...asked) => (await import('./token')).checkToken(...asked),
  findOwners: judged(async (...asked: Asked<'findOwners'>) => (await import('./token')).findOwners(...asked)),
  listRepositories: judged(async (...asked: Asked<'listRepositories'>) =>
    (await import('./reads')).listRepositories(...asked),
  ),
  listBranches: judged(async (...asked: Asked<'listBranches'>) => (await import('./reads')).listBranches(...asked)),
  readHead: judged(readHeadOf),
  readHeadCommit: judged(readHeadCommit),
  readCommit: judged(readCommit),
  readPullRequest: judged(readPullRequest),
  createBranch: judged(createBranch),
  deleteBranch: judged(deleteBranch),
  createPullRequest: judged(createPullRequest),
  findWork: judged(async (...asked: Asked<'findWork'>) => (await import('./find-work')).findWork(...asked)),
  searchWork: judged(async (...asked: Asked<'searchWork'>) => (await import('./find-work')).searchWork(...asked)),
  affordable,
  findReviewers: judged(async (...asked: Asked<'findReviewers'>) =>
    (await import('./reviewers')).findReviewers(...asked),
  ),
  readRequestForm: judged(async (...asked: Asked<'readRequestForm'>) =>
    (await import('./request-form')).readRequestForm(...asked),
  ),
  requestReviewers: async (...asked) => (await import('./reviewers')).requestReviewers(...asked),
};

export { azureDevOps as adapter };
