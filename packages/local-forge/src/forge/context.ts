import type { Issue, Person, Project, Site } from '../sites.ts';
import type { UiModule } from './manifest.ts';
import { uiModuleTypes } from './survey.ts';

export const environmentId = '00000000-0000-4000-8000-00000000e000';
export const environmentType = 'DEVELOPMENT';
export const appVersion = '1.0.0';

/** The account id that functions see for a person who is not logged in. */
export const anonymousAccountId = 'unidentified';

/** The site's name for the app. On this machine the site is at a loopback address. */
export const siteUrl = (site: Site): string => `https://${site.id}.atlassian.net`;
export const contextAri = (site: Site): string => `ari:cloud:jira::site/${site.cloudId}`;

/** The installation of the app on a site: made from the site's id, so that it never changes. */
export const installationId = (site: Site): string => site.cloudId.replace(/^.{8}/, '1257a11e');

export type Place = { issue?: Issue | undefined; project?: Project | undefined };

/** Whether a module is shown on an issue only. */
export const needsIssue = (module: UiModule): boolean => uiModuleTypes[module.type] === 'issue';
/** Whether a module is a page of a project. */
export const needsProject = (module: UiModule): boolean => uiModuleTypes[module.type] === 'project';

/** `extension` of the context: Jira's facts about the place of a page (docs pages of the modules). */
const extensionOf = (module: UiModule, { issue, project }: Place): Record<string, unknown> => ({
  type: module.type,
  ...(issue === undefined ? {} : { issue: { id: issue.id, key: issue.key, type: issue.type, typeId: '10001' } }),
  ...(module.type === 'jira:dashboardGadget'
    ? { gadgetConfiguration: {}, gadget: { id: '10000' }, dashboard: { id: '10000' }, entryPoint: 'view' }
    : {}),
  ...(project === undefined ? {} : { project: { id: project.id, key: project.key, type: 'software' } }),
});

/**
 * The context Jira's page makes for a module: the answer of `view.getContext()` in the page, and a part of every
 * call to the resolver.
 */
export const pageContext = (
  site: Site,
  module: UiModule,
  person: Person | undefined,
  place: Place,
): Record<string, unknown> => ({
  ...(person === undefined ? {} : { accountId: person.accountId }),
  cloudId: site.cloudId,
  siteUrl: siteUrl(site),
  environmentId,
  environmentType,
  moduleKey: module.key,
  localId: `ari:cloud:ecosystem::extension/${environmentId}/static/${module.key}`,
  locale: person?.locale ?? 'en_US',
  timezone: person?.timeZone ?? 'UTC',
  extension: extensionOf(module, place),
});
