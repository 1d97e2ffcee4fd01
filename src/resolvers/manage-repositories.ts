import { manageRepositoriesCalls } from '../contract/manage-repositories-calls';
import { surface } from './surface';

/** For Jira admins only: each use case checks that first. */
export const manageRepositories = surface<'manage-repositories'>(manageRepositoriesCalls, {
  'load-site': async () => (await import('../use-cases/manage-integrations')).loadSite,
  'test-connection': async () => (await import('../use-cases/manage-integrations')).testConnection,
  'add-integration': async () => (await import('../use-cases/manage-integrations')).addIntegration,
  'update-integration': async () => (await import('../use-cases/manage-integrations')).updateIntegration,
  'switch-integration': async () => (await import('../use-cases/manage-integrations')).switchIntegration,
  'disconnect-integration': async () => (await import('../use-cases/disconnect-integration')).disconnectIntegration,
  'save-site-settings': async () => (await import('../use-cases/site-settings')).saveSiteSettings,
  'save-branch-name-rule': async () => (await import('../use-cases/site-settings')).saveBranchNameRule,
  'save-token-rules': async () => (await import('../use-cases/token-rules')).saveTokenRules,
  'new-token-page': async () => (await import('../use-cases/manage-integrations')).newTokenPage,
  'list-activity': async () => (await import('../use-cases/activity')).listActivity,
  'list-tokens': async () => (await import('../use-cases/list-tokens')).listTokens,
  'remove-tokens': async () => (await import('../use-cases/remove-tokens')).removePeoplesTokens,
  'find-people': async () => (await import('../use-cases/activity')).findPeopleByName,
  'list-projects': async () => (await import('../use-cases/projects')).listProjectsForAdmin,
});
