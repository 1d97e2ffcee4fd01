import { userSettingsCalls } from '../contract/calls';
import { saveTokenFromSettings } from '../use-cases/save-token';
import { loadUserSettings, removeOwnToken } from '../use-cases/user-settings';
import { surface } from './surface';

/** Everybody's own settings. */
export const userSettings = surface<'user-settings'>(userSettingsCalls, {
  'load-user-settings': loadUserSettings,
  'save-token': saveTokenFromSettings,
  'remove-token': removeOwnToken,
});
