import { router, view } from '@forge/bridge';
import { isWebAddress } from './addresses';

/** Opens an address of a git service in a new tab; Jira may ask first. Anything but a web address is ignored. */
export async function openExternal(url: string): Promise<void> {
  if (isWebAddress(url)) await router.open(url).catch(() => undefined);
}

/** Where Jira has the pages of an app: the part of the address before its id. */
const homes = {
  'user-settings': '/jira/settings/personal/apps',
  'manage-repositories': '/jira/settings/apps',
} as const;

/**
 * Opens one of the app's own pages in Jira, in a new tab so that nothing here is lost. Whether Jira's router knows both kinds of page
 * is documented nowhere: where it does not, the address itself is opened (docs pages "Jira personal settings page" and "Jira admin page").
 */
export async function openModule(moduleKey: keyof typeof homes): Promise<void> {
  await router.open({ target: 'module', moduleKey }).catch(async () => {
    const { localId = '', environmentId } = await view.getContext();
    const [, appId] = /app\/([0-9a-f-]+)\//.exec(localId) ?? [];
    if (appId && environmentId)
      await router.open(`${homes[moduleKey]}/${appId}/${environmentId}`).catch(() => undefined);
  });
}
