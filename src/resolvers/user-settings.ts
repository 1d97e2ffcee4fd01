import { userSettingsCalls } from '../contract/calls';
import { clearDefaultFromSettings, saveDefaultFromSettings } from '../use-cases/defaults';
import { listBranchesOfProject, listRepositoriesOfProject } from '../use-cases/list-work';
import { listProjectsForPerson } from '../use-cases/projects';
import { renewOwnToken } from '../use-cases/renew-token';
import { saveTokenFromSettings } from '../use-cases/save-token';
import { loadUserSettings, removeOwnToken } from '../use-cases/user-settings';
import { surface } from './surface';

/** Everybody's own settings. */
export const userSettings = surface<'user-settings'>(userSettingsCalls, {
  'load-user-settings': loadUserSettings,
  'list-projects': (_, request) => listProjectsForPerson(request),
  'save-token': saveTokenFromSettings,
  'remove-token': removeOwnToken,
  'renew-token': renewOwnToken,
  'list-repositories': listRepositoriesOfProject,
  'list-branches': listBranchesOfProject,
  'save-default': saveDefaultFromSettings,
  'clear-default': clearDefaultFromSettings,
});
