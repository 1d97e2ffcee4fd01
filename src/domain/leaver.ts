/** Why somebody counts as having left: Jira says the account is deactivated, or that it reaches no project of the site. */
export const leavingReasons = ['deactivated', 'no-project'] as const;
export type LeavingReason = (typeof leavingReasons)[number];

/** Somebody with tokens who seems to have left. `since`: the ISO instant at which that was found first. */
export type Leaver = { since: string; why: LeavingReason };

const DAY_MS = 86_400_000;
/** Days between two looks at whether somebody who is active still reaches a project: one request of Jira's for each person. */
const CYCLE = 7;

/** When a leaver's tokens are erased (ms since the epoch); never where `days` is 0. */
export function eraseAt({ since }: Leaver, days: number): number {
  return days === 0 ? Number.POSITIVE_INFINITY : Date.parse(since) + days * DAY_MS;
}

/** Whether a day (by an instant in ms) is somebody's: each person has one in seven, without anything stored for it. */
export function isTheirDay(accountId: string, now: number): boolean {
  const sum = [...accountId].reduce((total, character) => (total * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7);
  return sum % CYCLE === Math.floor(now / DAY_MS) % CYCLE;
}
