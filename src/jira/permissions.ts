import { route, type Route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import { askJira, askJiraAsApp, type JiraProblem } from './ask';

const granted = z.object({ havePermission: z.boolean() });
const ofDevelopment = z.object({ permissions: z.object({ VIEW_DEV_TOOLS: granted }) });
const ofAdmin = z.object({ permissions: z.object({ ADMINISTER: granted }) });

type Permitted = Promise<Result<boolean, JiraProblem>>;

/*
 * "Get my permissions", Jira Cloud REST v3, requested as the person. Each permission that is named costs two points of Jira's hour, so
 * *Browse projects* is not: of an issue or a project that the person may not see the answer is 404, `ISSUE_NOT_FOUND`.
 */

/** Whether the caller may see development details on an issue. A forged issue key gains nothing. */
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

/** Whether the caller is a Jira admin. */
export async function isJiraAdmin(): Permitted {
  const asked = await askJira(route`/rest/api/3/mypermissions?permissions=ADMINISTER`, ofAdmin);
  return asked.ok ? ok(asked.value.permissions.ADMINISTER.havePermission) : asked;
}

const grants = z.object({
  globalPermissions: z.array(z.string()),
  projectPermissions: z.array(z.object({ projects: z.array(z.number()) })),
});

/** Whether somebody is a Jira admin, requested as the app. Source: "Get bulk permissions". */
export async function isAdminAccount(accountId: string): Permitted {
  const asked = await checkAccount({ accountId, globalPermissions: ['ADMINISTER'] });
  return asked.ok ? ok(asked.value.globalPermissions.includes('ADMINISTER')) : asked;
}

/** Whether somebody may browse one of these projects, 1,000 at most, asked as the app. */
export async function reachesOneOf(projects: readonly number[], accountId: string): Permitted {
  const asked = await checkAccount({
    accountId,
    projectPermissions: [{ permissions: ['BROWSE_PROJECTS'], projects }],
  });
  return asked.ok ? ok(asked.value.projectPermissions.some((one) => one.projects.length > 0)) : asked;
}

/**
 * "Get bulk permissions", Jira Cloud REST v3. Its page requires *Administer Jira* of everybody who checks others, and excepts Connect apps; it does
 * not name Forge. Assumption: a Forge app that requests it as the app is excepted too, as open-source Forge apps rely on it. Where it is not, Jira refuses:
 * then nobody counts as having left for reaching no project, and no admin gets a message outside of the pages.
 */
async function checkAccount(body: object): Promise<Result<z.output<typeof grants>, JiraProblem>> {
  return askJiraAsApp(route`/rest/api/3/permissions/check`, grants, body);
}

async function viewDevelopment(path: Route): Permitted {
  const asked = await askJira(path, ofDevelopment);
  return asked.ok ? ok(asked.value.permissions.VIEW_DEV_TOOLS.havePermission) : asked;
}
