import { router } from '@forge/bridge';
import { isWebAddress } from './addresses';

/** Opens an address of a git service in a new tab; Jira may ask first. Anything but a web address is ignored. */
export async function openExternal(url: string): Promise<void> {
  if (isWebAddress(url)) await router.open(url).catch(() => undefined);
}

/** Opens one of the app's own pages in Jira, in a new tab so that nothing here is lost. */
export async function openModule(moduleKey: 'user-settings' | 'manage-repositories'): Promise<void> {
  await router.open({ target: 'module', moduleKey }).catch(() => undefined);
}
