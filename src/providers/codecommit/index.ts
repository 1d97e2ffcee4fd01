import type { Provider } from '../provider';
import { listBranches, listRepositories } from './lists';
import { affordable, findWork, searchWork } from './find-work';
import { createBranch, deleteBranch, readHead } from './branches';
import { readHeadCommit } from './head-commit';
import { createPullRequest, readPullRequest } from './pull-requests';

/**
 * AWS CodeCommit through `@aws-sdk/client-codecommit`. It searches nothing itself: names are filtered here, in bounds. What an act does not need is loaded
 * when it is called.
 */
export const codecommit: Provider = {
  detect: async (...asked) => (await import('./token')).detect(...asked),
  checkToken: async (...asked) => (await import('./token')).checkToken(...asked),
  findOwners: async (...asked) => (await import('./token')).findOwners(...asked),
  listRepositories,
  listBranches,
  readHead,
  readHeadCommit,
  readPullRequest,
  createBranch,
  deleteBranch,
  createPullRequest,
  findWork,
  searchWork,
  affordable,
  readRequestForm: async (...asked) => (await import('./request-form')).readRequestForm(...asked),
};

export { codecommit as adapter };
