import { errors, type ErrorCode } from './errors';
import { compareText } from './order';

/** What the activity log records: acts at the services, acts with tokens, and decisions of admins. */
export const activityActions = [
  'create-branch',
  'delete-branch',
  'create-pull-request',
  'attach-work',
  'detach-work',
  'save-token',
  'replace-token',
  'renew-token',
  'remove-token',
  'reject-token',
  'erase-token',
  'erase-leaver-token',
  'remove-person-token',
  'add-integration',
  'update-integration',
  'require-tokens',
  'stop-requiring-tokens',
  'enable-integration',
  'disable-integration',
  'disconnect-integration',
  'save-site-settings',
] as const;
export type ActivityAction = (typeof activityActions)[number];

/** `refused`: somebody said no. `failed`: nobody did; it did not arrive, or its end is unknown. */
export const activityOutcomes = ['done', 'refused', 'failed'] as const;
export type ActivityOutcome = (typeof activityOutcomes)[number];

/** One act or attempt: its person, its actor, its place, its outcome, its time. Never a token. */
export type Activity = {
  /** ISO instant. */
  at: string;
  action: ActivityAction;
  outcome: ActivityOutcome;
  /** The Atlassian account; absent once that account was closed. */
  accountId?: string | undefined;
  /** The owner of the token, where that is somebody else. */
  whose?: string | undefined;
  /** Why, in the admin's words. */
  reason?: string | undefined;
  /** Under the name it had then. */
  integration?: { id: string; name: string } | undefined;
  /** The actor whose credential was used, and the service's name of that account. */
  actor?: 'person' | 'integration' | undefined;
  login?: string | undefined;
  issueKey?: string | undefined;
  repository?: string | undefined;
  branch?: string | undefined;
  target?: string | undefined;
  /** The branch a new one started from, and the commit it started at; of a deleted branch the commit it was at. */
  source?: string | undefined;
  commit?: string | undefined;
  /** Why it was refused or failed: the code of an error. */
  error?: string | undefined;
  /** The service's own words about it: one line of plain text (`providers/said.ts`). */
  said?: string | undefined;
  /** What an admin changed. */
  changes?: readonly Change[] | undefined;
};

/** One setting, before and after, in few words; lists are joined by commas. */
export type Change = { field: string; from: string; to: string };

type Setting = string | number | boolean | readonly string[];

/** Longest value of a change, in characters. */
const CHANGE_LENGTH = 200;

/** The differences of two states of the same settings, in the order of `after`'s fields. */
export function changesBetween<Settings extends { [Field in keyof Settings]: Setting }>(
  before: Settings,
  after: Settings,
): Change[] {
  const was = new Map(Object.entries<Setting>(before));
  return Object.entries<Setting>(after).flatMap(([field, value]) => {
    const [from, to] = [inWords(was.get(field)), inWords(value)];
    return from === to ? [] : [{ field, from: shortened(from), to: shortened(to) }];
  });
}

function inWords(value: Setting | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? [...value].sort(compareText).join(', ') : String(value);
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= CHANGE_LENGTH ? text : `${characters.slice(0, CHANGE_LENGTH - 1).join('')}…`;
}

/** `error`: the code of the error it ended with; none when it went well. */
export function outcomeOf(error: ErrorCode | undefined): ActivityOutcome {
  if (error === undefined) return 'done';
  return (errors[error].outcome ?? 'refused') === 'refused' ? 'refused' : 'failed';
}

/** An admin's search. `from` and `to` are ISO instants, both included. */
export type ActivityFilter = {
  accountId?: string | undefined;
  integrationId?: string | undefined;
  action?: ActivityAction | undefined;
  outcome?: ActivityOutcome | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** Whether it is among what the filter looks for; a filter without a field looks for everything. */
export function fits(activity: Activity, filter: ActivityFilter): boolean {
  const at = Date.parse(activity.at);
  return (
    (filter.accountId === undefined || [activity.accountId, activity.whose].includes(filter.accountId)) &&
    (filter.integrationId === undefined || activity.integration?.id === filter.integrationId) &&
    (filter.action === undefined || activity.action === filter.action) &&
    (filter.outcome === undefined || activity.outcome === filter.outcome) &&
    (filter.from === undefined || at >= Date.parse(filter.from)) &&
    (filter.to === undefined || at <= Date.parse(filter.to))
  );
}
