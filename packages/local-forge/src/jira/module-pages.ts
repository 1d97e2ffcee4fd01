import type { HostConfig } from '../forge/bridge/host/config.ts';
import { siteUrl } from '../forge/context.ts';
import type { Manifest } from '../forge/manifest.ts';
import { isSiteAdmin, type Issue } from '../sites.ts';
import { moduleContext } from './context.ts';
import { json } from '../html.ts';
import type { SiteModule } from './modules.ts';
import { dashboardPage } from './pages/dashboard-page.ts';
import { issuePage, type ShownModule } from './pages/issue-page.ts';
import { notice, type Page } from './pages/layout.ts';
import { settingsPage } from './pages/settings-page.ts';
import type { DevelopmentState } from './development.ts';
import type { JiraState } from './state.ts';
import type { Visit } from './visit.ts';

export type ModulePagesOptions = {
  jira: JiraState & DevelopmentState;
  manifest: Manifest;
  modules: readonly SiteModule[];
  pagesOrigin: string;
  servicesUrl: string;
  serviceHosts: readonly string[];
};

type Area = { name: string; path: string; type: SiteModule['type'] };

const personal: Area = { name: 'Personal settings', path: '/settings/personal', type: 'jira:personalSettingsPage' };
const admin: Area = { name: 'Jira admin settings', path: '/settings/apps', type: 'jira:adminPage' };
const apps: Area = { name: 'Apps', path: '/jira/apps', type: 'jira:globalPage' };
const dashboard = '/dashboard';

/** The places of the app on the site, in a person's words: for its start page. */
export function placesOf(
  modules: readonly SiteModule[],
  projectKey: string | undefined,
): { name: string; path: string }[] {
  const has = (type: SiteModule['type']) => modules.some((module) => module.type === type);
  return [
    ...(has('jira:globalPage') ? [{ name: 'Pages under Apps', path: apps.path }] : []),
    ...(has('jira:projectPage') && projectKey ? [{ name: 'Pages of a project', path: `/projects/${projectKey}` }] : []),
    ...(has('jira:projectSettingsPage') && projectKey
      ? [{ name: 'Settings of a project', path: `/projects/${projectKey}/settings` }]
      : []),
    ...(has('jira:personalSettingsPage') ? [{ name: personal.name, path: personal.path }] : []),
    ...(has('jira:adminPage') ? [{ name: admin.name, path: admin.path }] : []),
    ...(has('jira:dashboardGadget') ? [{ name: 'Dashboard', path: dashboard }] : []),
  ];
}
const noPermission = 'You do not have permission to see this page';

/** The pages of the site that show the app; undefined for any other address. */
export function createIssueAndSettingsPages(options: ModulePagesOptions): (visit: Visit) => Page | undefined {
  const { jira, manifest, modules, pagesOrigin } = options;

  const here = (address: string): string => {
    const { host, pathname, search } = new URL(address);
    return options.serviceHosts.includes(host) ? `${options.servicesUrl}/${host}${pathname}${search}` : address;
  };
  const shown = (visit: Visit, module: SiteModule): ShownModule => {
    const text = (value: SiteModule['title']) => manifest.text(value, visit.person?.locale);
    return {
      type: module.type,
      key: module.key,
      title: text(module.title),
      pages: module.pages.map(({ title, route }) => ({ title: text(title), route })),
      label: module.label === undefined ? '' : text(module.label),
      iconUrl: module.icon && `${pagesOrigin}/${visit.site.id}/${module.icon.resource}/${module.icon.file}`,
    };
  };
  const withConfig = (
    visit: Visit,
    page: Page,
    here: readonly SiteModule[],
    issue?: Issue,
    projectKey?: string,
  ): Page => {
    const config: HostConfig = {
      site: visit.site.id,
      person: visit.as,
      admin: isSiteAdmin(visit.person),
      issueKey: issue?.key ?? null,
      projectKey: projectKey ?? null,
      pagesOrigin,
      servicesUrl: options.servicesUrl,
      serviceHosts: options.serviceHosts,
      appId: manifest.appId,
      siteUrl: siteUrl(visit.site),
      modules: here.map((module) => ({
        key: module.key,
        type: module.type,
        title: shown(visit, module).title,
        resource: module.resource,
        viewportSize: module.viewportSize,
        context: moduleContext(jira, manifest, visit.site.id, module.declared, visit.person, issue, projectKey),
      })),
      otherModules: modules.filter((module) => !here.includes(module)).map(({ key, type }) => ({ key, type })),
    };
    return { ...page, config: json(config) };
  };
  const issue = (visit: Visit, key: string): Page => {
    const found = jira.issue(visit.site.id, key);
    if (!found || !visit.can('BROWSE_PROJECTS', found.key)) {
      return notice(
        'You can’t view this work item',
        'It may have been deleted, or you do not have permission to view it.',
        404,
      );
    }
    const places = modules.filter(
      (module) => module.type.startsWith('jira:issue') && module.visible(visit.viewer(found.key)),
    );
    return withConfig(
      visit,
      issuePage(
        jira,
        visit,
        found,
        places.map((module) => shown(visit, module)),
        here,
      ),
      places,
      found,
    );
  };
  const project = (visit: Visit, key: string, inSettings: boolean): Page => {
    const found = jira.project(visit.site.id, key);
    if (!found || !visit.can('BROWSE_PROJECTS', `${key}-1`))
      return notice('You can’t view this project', 'It may have been deleted, or you may not see it.', 404);
    // Assumption: a Jira admin administers each project.
    if (inSettings && !visit.can('ADMINISTER'))
      return notice(noPermission, 'Ask an administrator of the project.', 403);
    return settings(
      visit,
      inSettings
        ? { name: `${found.name} settings`, path: `/projects/${key}/settings`, type: 'jira:projectSettingsPage' }
        : { name: found.name, path: `/projects/${key}`, type: 'jira:projectPage' },
      key,
    );
  };
  const gadgets = (visit: Visit): Page => {
    if (!visit.person) return notice('Log in to see this page', 'Choose a person at the top right.', 401);
    const here = modules.filter((module) => module.type === 'jira:dashboardGadget' && module.visible(visit.viewer()));
    return withConfig(visit, dashboardPage(here.map((module) => shown(visit, module))), here);
  };
  const settings = (visit: Visit, area: Area, projectKey?: string): Page => {
    if (!visit.person) return notice('Log in to see this page', 'Choose a person at the top right.', 401);
    if (area === admin && !visit.can('ADMINISTER')) return notice(noPermission, 'Ask a Jira administrator.', 403);
    const here = modules.filter((module) => module.type === area.type && module.visible(visit.viewer()));
    const wanted = visit.url.searchParams.get('module');
    const module = wanted === null ? here[0] : here.find(({ key }) => key === wanted);
    if (!module) return notice('Page not found', `The app has no such page under ${area.name}.`, 404);
    const all = here.map((one) => shown(visit, one));
    const current = all[here.indexOf(module)];
    if (!current) throw new Error(`${module.key} is not shown.`);
    return withConfig(visit, settingsPage(visit, area, all, current), [module], undefined, projectKey);
  };

  return (visit) => {
    const { pathname } = visit.url;
    const key = /^\/browse\/([A-Za-z][A-Za-z0-9_]*-\d+)$/.exec(pathname)?.[1];
    if (key !== undefined) return issue(visit, key);
    // The product's addresses of an app's pages: /jira/settings/[personal/]apps/<app>/<environment>.
    if (pathname === personal.path || pathname.startsWith('/jira/settings/personal/apps'))
      return settings(visit, personal);
    if (pathname === admin.path || pathname.startsWith('/jira/settings/apps')) return settings(visit, admin);
    if (pathname === apps.path) return settings(visit, apps);
    if (pathname === dashboard) return gadgets(visit);
    const [, projectKey, inSettings] = /^\/projects\/([A-Z][A-Z0-9_]+)(\/settings)?$/.exec(pathname) ?? [];
    if (projectKey !== undefined) return project(visit, projectKey, inSettings !== undefined);
    return undefined;
  };
}
