import type { Provider } from '../provider';
import { affordable, findWork, searchWork } from './find-work';
import { listBranches, listRepositories } from './reads';
import { readRequestForm } from './request-form';
import { readPullRequest } from './merge-request';
import { findReviewers } from './reviewers';
import { rotateToken } from './rotation';
import { checkToken, detect, findOwners } from './token';
import { createBranch, createPullRequest, deleteBranch, readCommit, readHead, readHeadCommit } from './writes';

/** GitLab, on GitLab.com or anywhere else, through `@gitbeaker/rest` and its REST API v4. */
export const gitlab: Provider = {
  detect,
  checkToken,
  rotateToken,
  findOwners,
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
};

export { gitlab as adapter };
