import type { PageError } from '../contract/errors';
import { isOpenTo, requiresToken, serviceOf, type Integration, type SiteSettings } from '../domain/integration';
import { ok, type Result } from '../domain/result';
import type { Service } from '../domain/service';
import { readIssue, type JiraIssue } from '../jira/issues';
import { askPermissions, askProjectPermissions } from '../jira/permissions';
import { readDecisions } from '../store/decisions';
import { readToken, type SavedToken } from '../store/tokens';
import { refuse } from './page-error';

/** Who asks: the account of the platform's principal, never one out of a payload. */
export type Person = {
  accountId: string;
  /** Where the person's Jira is, for links back to it. From the page, so for links only. */
  siteOrigin?: string | undefined;
  /** The id of the issue they look at. From the page, so for reading ahead only: what was read counts when the id proves true. */
  issueId?: string | undefined;
};

/** An integration with all that decides who acts there. The integration's own credential is not part of it. */
export type OpenIntegration = {
  integration: Integration;
  service: Service;
  settings: SiteSettings;
  /** *Require User PAT*, of the site or of the integration. */
  required: boolean;
  token: SavedToken | undefined;
};

/** What admins decide of it. */
export type Decisions = Omit<OpenIntegration, 'token'>;

export type OpenIssue = { issue: JiraIssue; isAdmin: boolean };

/** The issue, for somebody who may browse it and see development details there. */
export async function openIssue(issueKey: string): Promise<Result<OpenIssue, PageError>> {
  const [permissions, issue] = await Promise.all([askPermissions(issueKey), readIssue(issueKey)]);
  if (!permissions.ok) return refuse(permissions.error, { issue: issueKey });
  if (!permissions.value.browse) return refuse('ISSUE_NOT_FOUND', { issue: issueKey });
  if (!permissions.value.viewDevelopment)
    return refuse('NO_JIRA_PERMISSION', { issue: issueKey, project: issueKey.replace(/-\d+$/, '') });
  if (!issue.ok) return refuse(issue.error, { issue: issueKey });
  return ok({ issue: issue.value, isAdmin: permissions.value.administer });
}

/** Somebody who may see development details in at least one project: outside of an issue, that is who the app is for. */
export async function openPerson(): Promise<Result<{ isAdmin: boolean }, PageError>> {
  const permissions = await askPermissions();
  if (!permissions.ok) return refuse(permissions.error);
  return permissions.value.viewDevelopment
    ? ok({ isAdmin: permissions.value.administer })
    : refuse('NO_JIRA_PERMISSION');
}

/** Lets Jira admins through (`ADMINISTER`), asked of Jira as the person; all others get `NOT_ADMIN`. */
export async function openAdmin(): Promise<Result<undefined, PageError>> {
  const permissions = await askPermissions();
  if (!permissions.ok) return refuse(permissions.error);
  return permissions.value.administer ? ok(undefined) : refuse('NOT_ADMIN');
}

/** An integration with the site's settings and the person's token, in one phase. Asks Jira nothing: whoever calls it has. */
export async function openIntegration(person: Person, id: string): Promise<Result<OpenIntegration, PageError>> {
  const [{ integration, settings }, token] = await Promise.all([readDecisions(id), readToken(person.accountId, id)]);
  const decided = decisionsOf(integration, settings);
  return decided.ok ? ok({ ...decided.value, token }) : decided;
}

/** An integration that is connected, with what the site's settings mean for it. */
export function decisionsOf(
  integration: Integration | undefined,
  settings: SiteSettings,
): Result<Decisions, PageError> {
  if (integration === undefined || integration.disconnecting) return refuse('INTEGRATION_NOT_FOUND');
  const required = requiresToken(settings, integration);
  return ok({ integration, service: serviceOf(integration), settings, required });
}

/** Integrations that were read already, each with the person's token. */
export async function openAll(
  person: Person,
  settings: SiteSettings,
  integrations: readonly Integration[],
): Promise<OpenIntegration[]> {
  return Promise.all(
    integrations.map(async (integration) => ({
      integration,
      service: serviceOf(integration),
      settings,
      required: requiresToken(settings, integration),
      token: await readToken(person.accountId, integration.id),
    })),
  );
}

/** An integration for work on an issue: one read phase, then the refusals in the order a person understands. */
export async function openForIssue(
  person: Person,
  issueKey: string,
  integrationId: string,
): Promise<Result<OpenIssue & OpenIntegration, PageError>> {
  const [issue, integration] = await Promise.all([openIssue(issueKey), openIntegration(person, integrationId)]);
  if (!issue.ok) return issue;
  if (!integration.ok) return integration;
  const inUse = inUseFor(integration.value, issue.value.issue.projectKey);
  return inUse.ok ? ok({ ...issue.value, ...inUse.value }) : inUse;
}

/** Refuses what an admin switched off, or did not open to the project. */
export function inUseFor<Opened extends Decisions>(opened: Opened, projectKey: string): Result<Opened, PageError> {
  const { integration } = opened;
  if (integration.disabled) return refuse('INTEGRATION_DISABLED', { integration: integration.name });
  return isOpenTo(integration, projectKey)
    ? ok(opened)
    : refuse('NOT_OPEN_TO_PROJECT', { integration: integration.name, project: projectKey });
}

/** An integration for a project, outside of its issues: for somebody who may see development details there. */
export async function openForProject(
  person: Person,
  projectKey: string,
  integrationId: string,
): Promise<Result<OpenIntegration, PageError>> {
  const [permissions, opened] = await Promise.all([
    askProjectPermissions(projectKey),
    openIntegration(person, integrationId),
  ]);
  if (!permissions.ok && permissions.error !== 'ISSUE_NOT_FOUND') return refuse(permissions.error);
  // A project one cannot see is one where one may see nothing.
  if (!permissions.ok || !permissions.value.browse || !permissions.value.viewDevelopment)
    return refuse('NO_JIRA_PERMISSION', { project: projectKey });
  return opened.ok ? inUseFor(opened.value, projectKey) : opened;
}
