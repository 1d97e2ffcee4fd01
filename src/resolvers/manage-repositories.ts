import { manageRepositoriesCalls } from '../contract/calls';
import { disconnectIntegration } from '../use-cases/disconnect-integration';
import {
  addIntegration,
  loadSite,
  saveSiteSettings,
  testConnection,
  updateIntegration,
} from '../use-cases/manage-integrations';
import { surface } from './surface';

/** For Jira admins only: each use case asks for that first. */
export const manageRepositories = surface<'manage-repositories'>(manageRepositoriesCalls, {
  'load-site': loadSite,
  'test-connection': (_, request) => testConnection(request),
  'add-integration': (_, request) => addIntegration(request),
  'update-integration': (_, request) => updateIntegration(request),
  'disconnect-integration': (_, request) => disconnectIntegration(request),
  'save-site-settings': (_, request) => saveSiteSettings(request),
});
