import api, { route } from '@forge/api';
import { z } from 'zod';
import type { OwnErrorCode } from '../contract/errors';
import { fail, ok, type Result } from '../domain/result';

const granted = z.object({ havePermission: z.boolean() });
const answer = z.object({
  permissions: z.object({ BROWSE_PROJECTS: granted, VIEW_DEV_TOOLS: granted, ADMINISTER: granted }),
});

export type JiraPermissions = { browse: boolean; viewDevelopment: boolean; administer: boolean };

/**
 * What the person who asks may do, for an issue or, without one, anywhere on the site (Jira answers for project permissions
 * whether they hold in at least one project). Asked as that person, so a forged issue key gains nothing.
 *
 * Source: "Get my permissions", Jira Cloud REST v3.
 */
export async function askPermissions(issueKey?: string): Promise<Result<JiraPermissions, OwnErrorCode>> {
  const names = 'BROWSE_PROJECTS,VIEW_DEV_TOOLS,ADMINISTER';
  const path =
    issueKey === undefined
      ? route`/rest/api/3/mypermissions?permissions=${names}`
      : route`/rest/api/3/mypermissions?permissions=${names}&issueKey=${issueKey}`;
  const response = await api.asUser().requestJira(path);
  if (response.status === 404) return fail('ISSUE_NOT_FOUND');
  if (response.status === 401) return fail('NOT_LOGGED_IN');
  if (!response.ok) return fail('JIRA_UNAVAILABLE');
  const { permissions } = answer.parse(await response.json());
  return ok({
    browse: permissions.BROWSE_PROJECTS.havePermission,
    viewDevelopment: permissions.VIEW_DEV_TOOLS.havePermission,
    administer: permissions.ADMINISTER.havePermission,
  });
}
