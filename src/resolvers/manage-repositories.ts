import { manageRepositoriesCalls } from '../contract/calls';
import { findPeopleByName, listActivity } from '../use-cases/activity';
import { disconnectIntegration } from '../use-cases/disconnect-integration';
import {
  addIntegration,
  loadSite,
  newTokenPage,
  switchIntegration,
  testConnection,
  updateIntegration,
} from '../use-cases/manage-integrations';
import { listTokens } from '../use-cases/list-tokens';
import { listProjectsForAdmin } from '../use-cases/projects';
import { removePeoplesTokens } from '../use-cases/remove-tokens';
import { saveBranchNameRule, saveSiteSettings } from '../use-cases/site-settings';
import { saveTokenRules } from '../use-cases/token-rules';
import { surface } from './surface';

/** For Jira admins only: each use case checks that first. */
export const manageRepositories = surface<'manage-repositories'>(manageRepositoriesCalls, {
  'load-site': loadSite,
  'test-connection': (_, request) => testConnection(request),
  'add-integration': addIntegration,
  'update-integration': updateIntegration,
  'switch-integration': switchIntegration,
  'disconnect-integration': disconnectIntegration,
  'save-site-settings': saveSiteSettings,
  'save-branch-name-rule': saveBranchNameRule,
  'save-token-rules': saveTokenRules,
  'new-token-page': (_, request) => newTokenPage(request),
  'list-activity': (_, request) => listActivity(request),
  'list-tokens': (_, request) => listTokens(request),
  'remove-tokens': removePeoplesTokens,
  'find-people': (_, request) => findPeopleByName(request),
  'list-projects': (_, request) => listProjectsForAdmin(request),
});
