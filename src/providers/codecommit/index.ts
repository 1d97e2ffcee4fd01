import type { Provider } from '../provider';
import { listBranches, listRepositories } from './lists';
import { affordable, findWork } from './find-work';
import { checkToken, detect, findOwners } from './token';
import { createBranch, deleteBranch, readHead } from './branches';
import { readHeadCommit } from './head-commit';
import { createPullRequest, readPullRequest } from './pull-requests';
import { readRequestForm } from './request-form';

/** AWS CodeCommit through `@aws-sdk/client-codecommit`. It searches nothing itself: names are filtered here, in bounds. */
export const codecommit: Provider = {
  detect,
  checkToken,
  findOwners,
  listRepositories,
  listBranches,
  readHead,
  readHeadCommit,
  readPullRequest,
  createBranch,
  deleteBranch,
  createPullRequest,
  findWork,
  affordable,
  readRequestForm,
};

export { codecommit as adapter };
