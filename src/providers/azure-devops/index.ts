import type { Provider } from '../provider';
import { affordable } from './affordable';
import { readHeadCommit } from './head-commit';
import { readCommit } from './refs';
import { readPullRequest } from './pull-requests';
import { createBranch, createPullRequest, deleteBranch, readHeadOf } from './writes';

/**
 * Azure DevOps, Azure DevOps Server and TFS through `azure-devops-node-api`. An owner is a project, a repository is `Project/Repository`. Its SDK is the
 * largest of all, so what an act does not need is loaded when it is called.
 */
export const azureDevOps: Provider = {
  detect: async (...asked) => (await import('./token')).detect(...asked),
  checkToken: async (...asked) => (await import('./token')).checkToken(...asked),
  findOwners: async (...asked) => (await import('./token')).findOwners(...asked),
  listRepositories: async (...asked) => (await import('./reads')).listRepositories(...asked),
  listBranches: async (...asked) => (await import('./reads')).listBranches(...asked),
  readHead: readHeadOf,
  readHeadCommit,
  readCommit,
  readPullRequest,
  createBranch,
  deleteBranch,
  createPullRequest,
  findWork: async (...asked) => (await import('./find-work')).findWork(...asked),
  searchWork: async (...asked) => (await import('./find-work')).searchWork(...asked),
  affordable,
  findReviewers: async (...asked) => (await import('./reviewers')).findReviewers(...asked),
  readRequestForm: async (...asked) => (await import('./request-form')).readRequestForm(...asked),
  requestReviewers: async (...asked) => (await import('./reviewers')).requestReviewers(...asked),
};

export { azureDevOps as adapter };
