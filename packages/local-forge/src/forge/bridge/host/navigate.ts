import type { HostConfig } from './config.ts';
import type { Host } from './host.ts';

export type NavigatePayload = { url?: string; type: 'new-tab' | 'same-tab'; target?: string; [name: string]: unknown };

/** The address on this machine for an address of the app: a page of the site or of a simulated service; undefined for any other. */
function destination(config: HostConfig, url: string): { href: string } | { leaves: string } {
  const named = new URL(url, location.origin);
  const target =
    named.origin === config.siteUrl ? new URL(named.pathname + named.search + named.hash, location.origin) : named;
  if (target.origin === location.origin) {
    if (!target.searchParams.has('as')) target.searchParams.set('as', config.person);
    if (!target.searchParams.has('site')) target.searchParams.set('site', config.site);
    return { href: target.href };
  }
  if (config.serviceHosts.includes(target.host)) {
    return { href: `${config.servicesUrl}/${target.host}${target.pathname}${target.search}${target.hash}` };
  }
  return { leaves: target.href };
}

/** `router.open` and `router.navigate`. The sandbox never goes to the internet: it shows the address instead. */
export function navigate(host: Host, payload: NavigatePayload): void {
  const where = destination(host.config, payload.url ?? addressOf(host.config, payload));
  if ('leaves' in where) {
    host.flags.show({
      id: 'sandbox-leave',
      type: 'info',
      title: 'This link leaves the sandbox',
      description: `Jira would go to ${where.leaves}`,
    });
  } else if (payload.type === 'new-tab') {
    window.open(where.href, '_blank', 'noopener');
  } else {
    location.assign(where.href);
  }
}

const projectKeyOf = (config: HostConfig, given: unknown): string =>
  typeof given === 'string' ? given : (config.projectKey ?? '');

/** The address of a `NavigationLocation`, for the kinds that Jira apps use. */
export function addressOf(config: HostConfig, place: { target?: unknown; [name: string]: unknown }): string {
  if (place.target === 'issue') return `/browse/${String(place['issueKey'])}`;
  const modules = [...config.modules, ...config.otherModules];
  const type = place.target === 'module' ? modules.find(({ key }) => key === place['moduleKey'])?.type : undefined;
  if (type === 'jira:adminPage')
    return `/jira/settings/apps/${config.appId}/sandbox?module=${String(place['moduleKey'])}`;
  if (type === 'jira:personalSettingsPage') {
    return `/jira/settings/personal/apps/${config.appId}/sandbox?module=${String(place['moduleKey'])}`;
  }
  if (type === 'jira:globalPage') return `/jira/apps?module=${String(place['moduleKey'])}`;
  if (type === 'jira:projectPage')
    return `/projects/${projectKeyOf(config, place['projectKey'])}?module=${String(place['moduleKey'])}`;
  throw new Error(`not modelled by the sandbox: navigating to ${JSON.stringify(place)}`);
}
