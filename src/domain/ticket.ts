/**
 * Jira's answers to one person about one issue, for the later calls of the same page. It is no right: it says when Jira answered, and
 * `toAsk` says whether that was recent enough.
 */
export type Ticket = {
  accountId: string;
  /** The installation, as the platform names it. */
  site: string;
  issueKey: string;
  issueId: string;
  projectKey: string;
  /** Keys the issue had before it was moved. */
  formerKeys?: readonly string[] | undefined;
  /** ms since 1970: when Jira said that the person may see development details on the issue. */
  allowedAt: number;
  /** ms since 1970: when Jira said which issue the key names, and in which project it is. */
  namedAt: number;
};

/**
 * The purpose of a call: `look` (lists, cards), `name` (a look that also wants the issue's present summary), `change` (store or
 * write something in the person's own name), `change-as-integration` (write as the integration account).
 */
export type TicketUse = 'look' | 'name' | 'change' | 'change-as-integration';

const MINUTE = 60_000;

/** How old Jira's word may be, in ms. The table in docs/architecture.md says the same. */
const usableFor: Readonly<Record<TicketUse, { permission: number; issue: number }>> = {
  look: { permission: 5 * MINUTE, issue: 24 * 60 * MINUTE },
  name: { permission: 5 * MINUTE, issue: 0 },
  change: { permission: MINUTE, issue: 5 * MINUTE },
  'change-as-integration': { permission: 0, issue: 0 },
};

/** The caller, and the issue of the call. */
export type Bearer = Pick<Ticket, 'accountId' | 'site' | 'issueKey'>;

/** The requests to Jira that a call needs, given its ticket. `now`: ms since 1970. */
export function toAsk(
  ticket: Ticket | undefined,
  bearer: Bearer,
  use: TicketUse,
  now: number,
): { permission: boolean; issue: boolean } {
  if (ticket === undefined || !isFor(ticket, bearer)) return { permission: true, issue: true };
  const isOld = (at: number, usable: number) => at > now || now - at >= usable;
  const { permission, issue } = usableFor[use];
  return { permission: isOld(ticket.allowedAt, permission), issue: isOld(ticket.namedAt, issue) };
}

function isFor(ticket: Ticket, { accountId, site, issueKey }: Bearer): boolean {
  return ticket.accountId === accountId && ticket.site === site && ticket.issueKey === issueKey;
}
