// All calls, by surface. A surface itself loads its own only.
export { issueCalls } from './issue-calls';
export { manageRepositoriesCalls } from './manage-repositories-calls';
export { userSettingsCalls } from './user-settings-calls';
