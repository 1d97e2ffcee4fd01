import { pageContext } from '../forge/context.ts';
import type { Manifest, UiModule } from '../forge/manifest.ts';
import type { Issue, Person } from '../sites.ts';
import { projectKeyOf, type JiraState } from './state.ts';

/** The context of a page of the app: what `view.getContext()` answers, apart from the theme and what a modal adds. */
export function moduleContext(
  jira: JiraState,
  manifest: Manifest,
  siteId: string,
  module: UiModule,
  person: Person | undefined,
  issue: Issue | undefined,
  /** Of a page of a project. */
  projectKey?: string | null,
): Record<string, unknown> & { extension: Record<string, unknown> } {
  const site = jira.site(siteId);
  if (!site) throw new Error(`There is no site ${siteId}.`);
  const key = issue === undefined ? projectKey : projectKeyOf(issue.key);
  const project = key ? jira.project(siteId, key) : undefined;
  const context = pageContext(site, module, person, { issue, project });
  const { raw } = manifest;
  const permissions = typeof raw === 'object' && raw !== null && 'permissions' in raw ? raw.permissions : {};
  return { ...context, permissions, extension: context['extension'] as Record<string, unknown> };
}
