import { userSettingsCalls } from '../contract/user-settings-calls';
import { surface } from './surface';

/** Everybody's own settings. */
export const userSettings = surface<'user-settings'>(userSettingsCalls, {
  'load-user-settings': async () => (await import('../use-cases/user-settings')).loadUserSettings,
  'list-projects': async () => (await import('../use-cases/projects')).listProjectsForPerson,
  'save-token': async () => (await import('../use-cases/save-token')).saveTokenFromSettings,
  'remove-token': async () => (await import('../use-cases/user-settings')).removeOwnToken,
  'renew-token': async () => (await import('../use-cases/renew-token')).renewOwnToken,
  'list-repositories': async () => (await import('../use-cases/list-work')).listRepositoriesOfProject,
  'list-branches': async () => (await import('../use-cases/list-work')).listBranchesOfProject,
  'save-default': async () => (await import('../use-cases/defaults')).saveDefaultFromSettings,
  'clear-default': async () => (await import('../use-cases/defaults')).clearDefaultFromSettings,
});
