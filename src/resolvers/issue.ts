import { issueCalls } from '../contract/calls';
import { attachAddress, attachBranch, detachWork } from '../use-cases/attach-work';
import { checkBranchName } from '../use-cases/check-branch-name';
import { createBranch } from '../use-cases/create-branch';
import { createPullRequest } from '../use-cases/create-pull-request';
import { clearDefaultFromIssue, saveDefaultFromIssue } from '../use-cases/defaults';
import { deleteBranch } from '../use-cases/delete-branch';
import { listReviewers } from '../use-cases/list-reviewers';
import { listBranches, listCards, listRepositories } from '../use-cases/list-work';
import { loadIssue } from '../use-cases/load-issue';
import { readRequestForm } from '../use-cases/read-request-form';
import { tellJira } from '../use-cases/tell-development';
import { renewTokenFromIssue } from '../use-cases/renew-token';
import { saveTokenFromIssue } from '../use-cases/save-token';
import { removeTokenFromIssue } from '../use-cases/user-settings';
import { surface } from './surface';

/** Panel, dialogs and menu actions of an issue. */
export const issue = surface<'issue'>(issueCalls, {
  'load-issue': loadIssue,
  'list-cards': listCards,
  'tell-jira': tellJira,
  'list-repositories': listRepositories,
  'list-branches': listBranches,
  'create-branch': createBranch,
  'create-pull-request': createPullRequest,
  'delete-branch': deleteBranch,
  'attach-branch': attachBranch,
  'attach-address': attachAddress,
  'detach-work': detachWork,
  'save-token': saveTokenFromIssue,
  'remove-token': removeTokenFromIssue,
  'renew-token': renewTokenFromIssue,
  'check-branch-name': checkBranchName,
  'list-reviewers': listReviewers,
  'read-request-form': readRequestForm,
  'save-default': saveDefaultFromIssue,
  'clear-default': clearDefaultFromIssue,
});
