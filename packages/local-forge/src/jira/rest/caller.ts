import type { Issue, Project } from '../../sites.ts';
import { projectKeyOf, type JiraState, type PermissionKey } from '../state.ts';

/** The caller of a request to Jira. */
export type RestCaller = {
  siteId: string;
  as: 'user' | 'app' | 'none';
  /** The person's account id, for `user`. */
  accountId?: string | undefined;
  /** The scopes the manifest declares. */
  scopes: readonly string[];
};

/** The app itself holds every project permission and is no Jira admin (assumption: the default scheme and its app user). */
export function allowed(state: JiraState, caller: RestCaller, permission: PermissionKey, projectKey?: string): boolean {
  if (caller.as === 'app') return permission !== 'ADMINISTER';
  return state.can(caller.siteId, caller.as === 'user' ? caller.accountId : undefined, permission, projectKey);
}

/** The issue, if it exists and the caller may browse its project. */
export function issueFor(state: JiraState, caller: RestCaller, keyOrId: string): Issue | undefined {
  const issue = state.issue(caller.siteId, keyOrId);
  return issue && allowed(state, caller, 'BROWSE_PROJECTS', projectKeyOf(issue.key)) ? issue : undefined;
}

/** The projects the caller may browse, by key. */
export function projectsFor(state: JiraState, caller: RestCaller): Project[] {
  return (state.site(caller.siteId)?.projects ?? [])
    .filter((project) => allowed(state, caller, 'BROWSE_PROJECTS', project.key))
    .toSorted((a, b) => a.key.localeCompare(b.key));
}
