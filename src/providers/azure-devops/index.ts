import type { Provider } from '../provider';
import { readHeadCommit } from './head-commit';
import { affordable, findWork, listBranches, listRepositories } from './reads';
import { readCommit } from './refs';
import { readRequestForm } from './request-form';
import { readPullRequest } from './pull-requests';
import { findReviewers, requestReviewers } from './reviewers';
import { checkToken, detect, findOwners } from './token';
import { createBranch, createPullRequest, deleteBranch, readHeadOf } from './writes';

/** Azure DevOps, Azure DevOps Server and TFS through `azure-devops-node-api`. An owner is a project, a repository is `Project/Repository`. */
export const azureDevOps: Provider = {
  detect,
  checkToken,
  findOwners,
  listRepositories,
  listBranches,
  readHead: readHeadOf,
  readHeadCommit,
  readCommit,
  readPullRequest,
  createBranch,
  deleteBranch,
  createPullRequest,
  findWork,
  affordable,
  findReviewers,
  readRequestForm,
  requestReviewers,
};

export { azureDevOps as adapter };
