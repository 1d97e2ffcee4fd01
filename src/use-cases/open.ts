import type { PageError } from '../contract/errors';
import type { AttributionQuestion } from '../domain/attribution';
import {
  isOpenTo,
  requiresToken,
  seenWithoutToken,
  serviceOf,
  type Integration,
  type SeenWithoutToken,
  type SiteSettings,
} from '../domain/integration';
import { counted, isTooMany, roomAt, type PaceKind } from '../domain/pace';
import { ok, type Result } from '../domain/result';
import type { Service } from '../domain/service';
import { toAsk, type Ticket, type TicketUse } from '../domain/ticket';
import { readIssue, type IssuePlace, type JiraIssue } from '../jira/issues';
import {
  isJiraAdmin,
  mayViewDevelopment,
  mayViewDevelopmentOf,
  mayViewDevelopmentSomewhere,
} from '../jira/permissions';
import {
  readOpening,
  readOpeningIn,
  readPlace,
  readTokens,
  type NewsThere,
  type Opening,
  type ProjectPlace,
} from '../store/opening';
import { countCall, readCounters, type Counters } from '../store/pace';
import { readTicketKey } from '../store/ticket-key';
import type { SavedToken, TokenNotice } from '../store/tokens';
import { afterwards } from './afterwards';
import { refuse, refuseOf } from './page-error';
import { claimsOf, isGenuine } from './ticket';

/** The caller: the account of the platform's principal, never one out of a payload. */
export type Person = {
  accountId: string;
  /** Of the platform, too: their installation. */
  site: string;
  /** A ticket of an earlier answer of ours. It proves itself or counts for nothing. */
  ticket?: string | undefined;
  /** Where the person's Jira is, for links back to it. From the page, so for links only. */
  siteOrigin?: string | undefined;
  /** Writes beside the answer: the door waits for them. */
  owed: Promise<unknown>[];
  /** The id of the issue they look at. It is from the page, so it serves to read ahead; the result counts when Jira gives the same id. */
  issueId?: string | undefined;
};

/** An integration with all that decides who acts there. The integration's own credential is not part of it. */
export type OpenIntegration = {
  integration: Integration;
  service: Service;
  settings: SiteSettings;
  /** *Require User PAT*, of the site or of the integration. */
  required: boolean;
  /** How much people without a token see there. */
  seen: SeenWithoutToken;
  token: SavedToken | undefined;
  /** An admin removed the one there was. */
  removed?: TokenNotice | undefined;
};

/** The decisions of admins about it. */
export type Decisions = Omit<OpenIntegration, 'token'>;

export type OpenIssue = {
  /** The summary and the type only where the issue was read. */
  issue: IssuePlace & Partial<JiraIssue>;
  /** Jira itself has just answered for all of it. */
  asked: boolean;
  /** The ticket for the next call; none for an issue that has moved and has another key now. */
  ticket: Ticket | undefined;
  /** The key of tickets, where it was read. */
  ticketKey: Awaited<ReturnType<typeof readTicketKey>>;
};

/**
 * The answer of `keepPace`, or its promise. Looks wait for it before they call Jira, because all customers share Jira's limit. Acts and admin pages
 * call Jira at the same time, so they do not wait for one more read.
 */
export type InTime = Result<undefined, PageError> | Promise<Result<undefined, PageError>>;

/**
 * The issue, for somebody who may browse it and see development details there. The parts that a ticket of the page's admits are not requested again
 * (`domain/ticket.ts`); a ticket that is not ours admits nothing, and Jira is called as if there were none.
 */
export async function openIssue(
  person: Person,
  issueKey: string,
  inTime: InTime,
  use: TicketUse = 'look',
): Promise<Result<OpenIssue, PageError>> {
  const { accountId, site, ticket } = person;
  const claims = claimsOf(ticket);
  const now = Date.now();
  const ask = toAsk(claims, { accountId, site, issueKey }, use, now);
  const admitted = !ask.permission || !ask.issue;
  const askJira = async () => {
    if (use === 'look' && !(await inTime).ok) return undefined;
    return Promise.all([
      ask.permission ? mayViewDevelopment(issueKey) : ok(true),
      ask.issue || claims === undefined ? readIssue(issueKey) : ok(placeIn(claims)),
    ]);
  };
  const [paced, asked, ticketKey] = await Promise.all([inTime, askJira(), admitted ? readTicketKey() : undefined]);
  if (!paced.ok) return paced;
  if (admitted && !(await isGenuine(ticket ?? '', ticketKey)))
    return openIssue({ ...person, ticket: undefined }, issueKey, inTime, use);
  const [allowed, named] = asked!;
  if (!allowed.ok) return refuseOf(allowed.error, { issue: issueKey });
  if (!allowed.value) return refuse('NO_JIRA_PERMISSION', { issue: issueKey, project: projectIn(issueKey) });
  if (!named.ok) return refuseOf(named.error, { issue: issueKey });
  const allowedAt = ask.permission ? now : (claims?.allowedAt ?? now);
  const namedAt = ask.issue ? now : (claims?.namedAt ?? now);
  const { id: issueId, key, projectKey, formerKeys } = named.value;
  const moved = formerKeys.length > 0 && { formerKeys };
  return ok({
    issue: named.value,
    asked: ask.permission && ask.issue,
    ticket:
      key === issueKey ? { accountId, site, issueKey, issueId, projectKey, ...moved, allowedAt, namedAt } : undefined,
    ticketKey,
  });
}

/** The project that an issue's key names. An issue that was moved answers to its old key, so this is a hint. */
export function projectIn(issueKey: string): string {
  return issueKey.replace(/-\d+$/, '');
}

function placeIn({ issueId, issueKey, projectKey, formerKeys = [] }: Ticket): IssuePlace {
  return { id: issueId, key: issueKey, projectKey, formerKeys };
}

/** Counts a call that reads no counters otherwise. */
export async function inTimeFor(person: Person, kind: PaceKind): Promise<Result<undefined, PageError>> {
  return keepPace(person, await readCounters(person.accountId), kind);
}

/** Somebody who may see development details in at least one project: outside of an issue, that is who the app is for. */
export async function openPerson(): Promise<Result<undefined, PageError>> {
  const allowed = await mayViewDevelopmentSomewhere();
  if (!allowed.ok) return refuseOf(allowed.error);
  return allowed.value ? ok(undefined) : refuse('NO_JIRA_PERMISSION');
}

/** Lets Jira admins through (`ADMINISTER`, requested of Jira as the person); all others get `NOT_ADMIN`. */
export async function openAdmin(person: Person): Promise<Result<undefined, PageError>> {
  const [inTime, allowed] = await Promise.all([inTimeFor(person, 'look'), askWhetherAdmin()]);
  return inTime.ok ? allowed : inTime;
}

async function askWhetherAdmin(): Promise<Result<undefined, PageError>> {
  const admin = await isJiraAdmin();
  if (!admin.ok) return refuseOf(admin.error);
  return admin.value ? ok(undefined) : refuse('NOT_ADMIN');
}

/** An integration with the site's settings and the person's token, for somebody whom Jira allows it: `ask` finds that out. */
export async function openIntegration(
  person: Person,
  id: string,
  kind: PaceKind,
  ask: () => Promise<Result<undefined, PageError>> = openPerson,
): Promise<Result<OpenIntegration, PageError>> {
  const [opening, allowed] = await Promise.all([readOpening(person.accountId, id), ask()]);
  const inTime = keepPace(person, opening.counters, kind);
  if (!inTime.ok) return inTime;
  return allowed.ok ? openedOf(opening) : allowed;
}

function openedOf({ integration, settings, token, removed }: Opening): Result<OpenIntegration, PageError> {
  const decisions = decisionsOf(integration, settings);
  return decisions.ok ? ok({ ...decisions.value, token, removed }) : decisions;
}

/** Counts the call, or refuses it where the person has made too many in this minute: nothing is read or written for it any more. */
export function keepPace(
  { accountId, owed }: Person,
  counters: Counters,
  kind: PaceKind,
): Result<undefined, PageError> {
  const ms = Date.now();
  const known = counters.filter((one) => one !== undefined);
  if (isTooMany(counted(known, kind, ms), kind)) return refuse('PERSON_LIMITED', { retryAt: roomAt(known, kind, ms) });
  owed.push(afterwards(countCall(accountId, counters, kind)));
  return ok(undefined);
}

/**
 * A list for Jira admins. Its page is read beside the question of permission. A large read waits for the answer, or others
 * could spend the site's share of reads with it. Errors of storage, of its cursor as well, are shown only to those who may look.
 */
export async function readForAdmin<Found>(
  person: Person,
  isLarge: boolean,
  read: () => Promise<Found>,
): Promise<Result<Found, PageError>> {
  const beside = isLarge ? undefined : Promise.allSettled([read()]);
  const allowed = await openAdmin(person);
  const [found] = (await beside) ?? [];
  if (!allowed.ok) return allowed;
  if (found?.status === 'rejected') throw found.reason;
  return ok(found === undefined ? await read() : found.value);
}

/** An integration that is connected, with what the site's settings mean for it. */
export function decisionsOf(
  integration: Integration | undefined,
  settings: SiteSettings,
): Result<Decisions, PageError> {
  if (integration === undefined || integration.disconnecting) return refuse('INTEGRATION_NOT_FOUND');
  return ok(decided(integration, settings));
}

function decided(integration: Integration, settings: SiteSettings): Decisions {
  const required = requiresToken(settings, integration);
  const seen = seenWithoutToken(settings, integration);
  return { integration, service: serviceOf(integration), settings, required, seen };
}

/** The facts that decide who acts there. */
export function questionOf({
  required,
  seen,
  service,
  token,
}: Decisions & Pick<OpenIntegration, 'token'>): AttributionQuestion {
  return { required, seen, capabilities: service.edition.capabilities, hasToken: token !== undefined };
}

/** Integrations that were read already, each with the person's token. */
export async function openAll(
  person: Person,
  settings: SiteSettings,
  integrations: readonly Integration[],
): Promise<OpenIntegration[]> {
  const ids = integrations.map(({ id }) => id);
  const found = await readTokens(person.accountId, ids);
  return integrations.map((integration, index) => ({
    ...decided(integration, settings),
    token: found[index]?.token,
    removed: found[index]?.removed,
  }));
}

/** An integration for work on an issue: the refusals come in the order a person understands. */
export async function openForIssue(
  person: Person,
  issueKey: string,
  integrationId: string,
  use: TicketUse = 'look',
): Promise<Result<OpenIssue & OpenIntegration & { place: ProjectPlace; newsThere: NewsThere }, PageError>> {
  const { accountId, issueId } = person;
  const hinted = projectIn(issueKey);
  const reading = readOpeningIn(accountId, integrationId, { projectKey: hinted, issueId });
  const inTime = reading.then(({ counters }) => keepPace(person, counters, use === 'change' ? 'act' : 'look'));
  const [issue, { place, newsThere, ...read }] = await Promise.all([openIssue(person, issueKey, inTime, use), reading]);
  if (!issue.ok) return issue;
  const integration = openedOf(read);
  if (!integration.ok) return integration;
  const { projectKey } = issue.value.issue;
  const inUse = inUseFor(integration.value, projectKey);
  if (!inUse.ok) return inUse;
  // An issue that was moved answers to its old key.
  const current = projectKey === hinted ? place : await readPlace(accountId, projectKey);
  return ok({ ...issue.value, ...inUse.value, place: current, newsThere });
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
  const opened = await openIntegration(person, integrationId, 'look', async () => {
    const allowed = await mayViewDevelopmentOf(projectKey);
    if (!allowed.ok && allowed.error.code !== 'ISSUE_NOT_FOUND') return refuseOf(allowed.error);
    // A hidden project is treated as one without the permission.
    return allowed.ok && allowed.value ? ok(undefined) : refuse('NO_JIRA_PERMISSION', { project: projectKey });
  });
  return opened.ok ? inUseFor(opened.value, projectKey) : opened;
}
