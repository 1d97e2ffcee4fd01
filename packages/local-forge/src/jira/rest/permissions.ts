import { projectKeyOf, type JiraState, type PermissionKey } from '../state.ts';
import { answer, notModelled, refuse, strayParameter } from './answer.ts';
import { allowed, issueFor, type RestCaller } from './caller.ts';

/** Ids, names and kinds as Jira Cloud gives them (docs page "Get my permissions"; descriptions shortened). */
const known: Readonly<
  Record<PermissionKey, { id: string; name: string; type: 'GLOBAL' | 'PROJECT'; description: string }>
> = {
  ADMINISTER: {
    id: '0',
    name: 'Administer Jira',
    type: 'GLOBAL',
    description: 'Create and administer projects, issue types, fields, workflows, and schemes for all projects.',
  },
  BROWSE_PROJECTS: {
    id: '10',
    name: 'Browse Projects',
    type: 'PROJECT',
    description: 'Ability to browse projects and the issues within them.',
  },
  VIEW_DEV_TOOLS: {
    id: '29',
    name: 'View Development Tools',
    type: 'PROJECT',
    description: 'Allows users in a software project to view development-related information on the issue.',
  },
  ASSIGN_ISSUES: {
    id: '13',
    name: 'Assign Issues',
    type: 'PROJECT',
    description: 'Ability to assign issues to other people.',
  },
  ASSIGNABLE_USER: {
    id: '17',
    name: 'Assignable User',
    type: 'PROJECT',
    description: 'Users with this permission may be assigned to issues.',
  },
  TRANSITION_ISSUES: {
    id: '46',
    name: 'Transition Issues',
    type: 'PROJECT',
    description: 'Ability to transition issues.',
  },
};

/** `GET /rest/api/3/mypermissions`. An issue or project that the person can't see is not found. Wording of the refusals: assumption. */
export function myPermissions(state: JiraState, caller: RestCaller, url: URL): Response {
  const stray = strayParameter(url, ['permissions', 'issueKey', 'issueId', 'projectKey']);
  if (stray) return notModelled(`the parameter ${stray} of mypermissions`);
  const wanted = (url.searchParams.get('permissions') ?? '').split(',').filter((key) => key !== '');
  if (wanted.length === 0) return refuse(400, "The 'permissions' query parameter is required.");
  const unknown = wanted.find((key) => !isKnown(key));
  if (unknown) return refuse(400, `Unrecognized permission: ${unknown}`);

  let projectKey: string | undefined;
  const issueName = url.searchParams.get('issueKey') ?? url.searchParams.get('issueId');
  if (issueName !== null) {
    const issue = issueFor(state, caller, issueName);
    if (!issue) return refuse(404, 'Issue does not exist or you do not have permission to see it.');
    projectKey = projectKeyOf(issue.key);
  } else if (url.searchParams.has('projectKey')) {
    projectKey = url.searchParams.get('projectKey') ?? '';
    if (!state.project(caller.siteId, projectKey) || !allowed(state, caller, 'BROWSE_PROJECTS', projectKey)) {
      return refuse(404, `No project could be found with key '${projectKey}'.`);
    }
  }
  const permissions = wanted.filter(isKnown).map((key) => {
    const { id, name, type, description } = known[key];
    const havePermission = allowed(state, caller, key, projectKey);
    return [key, { id, key, name, type, description, havePermission }] as const;
  });
  return answer(200, { permissions: Object.fromEntries(permissions) });
}

/**
 * `POST /rest/api/3/permissions/check`, of one person's global permissions, and project permissions in projects by id (docs page "Get bulk permissions"): an app
 * can ask about anybody, a person who is no Jira admin only about themselves. Unknown ids are left out.
 */
export function checkPermissions(state: JiraState, caller: RestCaller, asked: unknown): Response {
  const {
    accountId,
    projectPermissions = [],
    globalPermissions = [],
    ...stray
  } = (asked ?? {}) as {
    accountId?: string;
    globalPermissions?: string[];
    projectPermissions?: { permissions?: string[]; projects?: number[] }[];
  };
  const [other] = Object.keys(stray);
  if (other !== undefined || accountId === undefined)
    return notModelled(`${other ?? 'no account'} of permissions/check`);
  if (caller.as !== 'app' && accountId !== caller.accountId && !allowed(state, caller, 'ADMINISTER'))
    return refuse(403, 'You are not authorized to perform this action. Administrator privileges are required.');
  const projects = state.site(caller.siteId)?.projects ?? [];
  const granted = projectPermissions.flatMap(({ permissions = [], projects: ids = [] }) =>
    permissions.filter(isKnown).map((permission) => ({
      permission,
      issues: [],
      projects: projects
        .filter(({ id, key }) => ids.includes(Number(id)) && state.can(caller.siteId, accountId, permission, key))
        .map(({ id }) => Number(id)),
    })),
  );
  const strange = globalPermissions.find((key) => !isKnown(key) || known[key].type !== 'GLOBAL');
  if (strange !== undefined) return refuse(400, `Unrecognized permission: ${strange}`);
  const global = globalPermissions.filter(isKnown).filter((key) => state.can(caller.siteId, accountId, key));
  return answer(200, { projectPermissions: granted, globalPermissions: global });
}

function isKnown(key: string): key is PermissionKey {
  return Object.hasOwn(known, key);
}
