import { route, type Route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJira, askJiraAsApp, type JiraProblem } from './ask';

const granted = z.object({ havePermission: z.boolean() });
const ofDevelopment = z.object({ permissions: z.object({ VIEW_DEV_TOOLS: granted }) });
const ofAdmin = z.object({ permissions: z.object({ ADMINISTER: granted }) });

type Permitted = Promise<Result<boolean, JiraProblem>>;

/*
 * "Get my permissions", Jira Cloud REST v3, asked as the person. Each permission that is named costs two points of Jira's hour, so
 * *Browse projects* is not: of an issue or a project that the person may not see the answer is 404, `ISSUE_NOT_FOUND`.
 */

/** Whether the person who asks may see development details on an issue. A forged issue key gains nothing. */
export async function mayViewDevelopment(issueKey: string): Permitted {
  return viewDevelopment(route`/rest/api/3/mypermissions?permissions=VIEW_DEV_TOOLS&issueKey=${issueKey}`);
}

/** The same for a project. */
export async function mayViewDevelopmentOf(projectKey: string): Permitted {
  return viewDevelopment(route`/rest/api/3/mypermissions?permissions=VIEW_DEV_TOOLS&projectKey=${projectKey}`);
}

/** The same for at least one project of the site: Jira answers so where none is named. */
export async function mayViewDevelopmentSomewhere(): Permitted {
  return viewDevelopment(route`/rest/api/3/mypermissions?permissions=VIEW_DEV_TOOLS`);
}

/** Whether the person who asks is a Jira admin. */
export async function isJiraAdmin(): Permitted {
  const asked = await askJira(route`/rest/api/3/mypermissions?permissions=ADMINISTER`, ofAdmin);
  return asked.ok ? ok(asked.value.permissions.ADMINISTER.havePermission) : asked;
}

const globally = z.object({ globalPermissions: z.array(z.string()) });

/** Whether somebody is a Jira admin, asked as the app. Source: "Get bulk permissions". */
export async function isAdminAccount(accountId: string): Permitted {
  const body = { accountId, globalPermissions: ['ADMINISTER'] };
  const asked = await askJiraAsApp(route`/rest/api/3/permissions/check`, globally, body);
  return asked.ok ? ok(asked.value.globalPermissions.includes('ADMINISTER')) : asked;
}

async function viewDevelopment(path: Route): Permitted {
  const asked = await askJira(path, ofDevelopment);
  return asked.ok ? ok(asked.value.permissions.VIEW_DEV_TOOLS.havePermission) : asked;
}
