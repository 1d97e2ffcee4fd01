import { issueCalls } from '../contract/issue-calls';
import { surface } from './surface';

/** Panel, dialogs and menu actions of an issue. */
export const issue = surface<'issue'>(issueCalls, {
  'load-issue': async () => (await import('../use-cases/load-issue')).loadIssue,
  'list-cards': async () => (await import('../use-cases/list-work')).listCards,
  'tell-jira': async () => (await import('../use-cases/report-development')).tellJira,
  'list-repositories': async () => (await import('../use-cases/list-work')).listRepositories,
  'list-branches': async () => (await import('../use-cases/list-work')).listBranches,
  'create-branch': async () => (await import('../use-cases/create-branch')).createBranch,
  'create-pull-request': async () => (await import('../use-cases/create-pull-request')).createPullRequest,
  'delete-branch': async () => (await import('../use-cases/delete-branch')).deleteBranch,
  'search-work': async () => (await import('../use-cases/search-work')).searchWork,
  'attach-branch': async () => (await import('../use-cases/attach-work')).attachBranch,
  'attach-address': async () => (await import('../use-cases/attach-work')).attachAddress,
  'detach-work': async () => (await import('../use-cases/attach-work')).detachWork,
  'save-token': async () => (await import('../use-cases/save-token')).saveTokenFromIssue,
  'remove-token': async () => (await import('../use-cases/user-settings')).removeTokenFromIssue,
  'renew-token': async () => (await import('../use-cases/renew-token')).renewTokenFromIssue,
  'check-branch-name': async () => (await import('../use-cases/check-branch-name')).checkBranchName,
  'list-reviewers': async () => (await import('../use-cases/list-reviewers')).listReviewers,
  'read-request-form': async () => (await import('../use-cases/read-request-form')).readRequestForm,
  'save-default': async () => (await import('../use-cases/defaults')).saveDefaultFromIssue,
  'clear-default': async () => (await import('../use-cases/defaults')).clearDefaultFromIssue,
});
