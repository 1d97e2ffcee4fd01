import { route, type Route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJira, type JiraProblem } from './ask';

const granted = z.object({ havePermission: z.boolean() });
const answer = z.object({
  permissions: z.object({ BROWSE_PROJECTS: granted, VIEW_DEV_TOOLS: granted, ADMINISTER: granted }),
});

const NAMES = 'BROWSE_PROJECTS,VIEW_DEV_TOOLS,ADMINISTER';

export type JiraPermissions = { browse: boolean; viewDevelopment: boolean; administer: boolean };

/**
 * What the person who asks may do, for an issue or, without one, anywhere on the site (Jira answers for project permissions
 * whether they hold in at least one project). Asked as that person, so a forged issue key gains nothing.
 *
 * Source: "Get my permissions", Jira Cloud REST v3.
 */
export async function askPermissions(issueKey?: string): Promise<Result<JiraPermissions, JiraProblem>> {
  return ask(
    issueKey === undefined
      ? route`/rest/api/3/mypermissions?permissions=${NAMES}`
      : route`/rest/api/3/mypermissions?permissions=${NAMES}&issueKey=${issueKey}`,
  );
}

/** The same for a project. `ISSUE_NOT_FOUND` when there is none that the person may see. */
export async function askProjectPermissions(projectKey: string): Promise<Result<JiraPermissions, JiraProblem>> {
  return ask(route`/rest/api/3/mypermissions?permissions=${NAMES}&projectKey=${projectKey}`);
}

async function ask(path: Route): Promise<Result<JiraPermissions, JiraProblem>> {
  const asked = await askJira(path, answer);
  if (!asked.ok) return asked;
  const { permissions } = asked.value;
  return ok({
    browse: permissions.BROWSE_PROJECTS.havePermission,
    viewDevelopment: permissions.VIEW_DEV_TOOLS.havePermission,
    administer: permissions.ADMINISTER.havePermission,
  });
}
