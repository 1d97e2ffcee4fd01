import type { Provider } from '../provider';
import { affordable, findWork, readPullRequest, searchWork } from './find-work';
import { listBranches, listRepositories, readHeadCommit } from './reads';
import { addToPullRequest } from './extras';
import { readRequestForm } from './request-form';
import { findReviewers, requestReviewers } from './reviewers';
import { approvalPage, checkToken, detect, findOwners } from './token';
import { createBranch, createPullRequest, deleteBranch, readCommit, readHead } from './writes';

/** GitHub through `@octokit/rest`: REST where it writes, GraphQL where one question saves many. */
export const github: Provider = {
  detect,
  checkToken,
  findOwners,
  approvalPage,
  listRepositories,
  listBranches,
  readHead,
  readHeadCommit,
  readCommit,
  readPullRequest,
  createBranch,
  deleteBranch,
  createPullRequest,
  findWork,
  searchWork,
  affordable,
  findReviewers,
  readRequestForm,
  requestReviewers,
  addToPullRequest,
};

export { github as adapter };
