/** When a token ends: an ISO instant, the word `never`, or the word `unknown` where the service does not say. */
export type TokenExpiry = string;

/** The service's kind of token, where the service says it; `access-key`: of AWS. */
export const tokenKinds = ['classic', 'fine-grained', 'access-key'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/**
 * An admin's filter of people's tokens. `none`: acted without a token and has none. `blocked`: cannot act with one tomorrow.
 * `affected`: those, and everybody who acted without one and has one by now. `against-rule`: breaks a rule of an admin's.
 */
export const tokenStates = [
  'good',
  'ending-soon',
  'ended',
  'rejected',
  'none',
  'blocked',
  'affected',
  'against-rule',
] as const;
export type TokenState = (typeof tokenStates)[number];

/** How an admin's list of tokens can be sorted. */
export const tokenOrders = ['person', 'login', 'due'] as const;
export type TokenOrder = (typeof tokenOrders)[number];

/** How many people's tokens one call removes. */
export const tokensRemovedAtOnce = 25;

/**
 * ms from one part of a long list to the next, where somebody reads all of it: with 10,000 people that leaves the others more than
 * half of the storage reads that Forge lets a site make in a minute (`npm run bench -- --only=growth`).
 */
export const listPartPauseMs = 2_500;

/** A day that a person entered is stored as its last second in UTC. No service reports such an instant. */
export function isDayOfPerson(expiresAt: TokenExpiry): boolean {
  return expiresAt.endsWith('T23:59:59.000Z');
}

export type TokenHealth = 'good' | 'ending-soon' | 'ended' | 'rejected';

/**
 * The first of three warnings; the pages speak plainer from 7 days and from the last day on (`static/shared/dates.ts`). Guides name
 * the same number.
 */
export const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** The health of a saved token at `now` (ms since the epoch). `rejected`: the service itself refused it since it was saved. */
export function tokenHealth(token: { expiresAt: TokenExpiry; rejected: boolean }, now: number): TokenHealth {
  if (token.rejected) return 'rejected';
  const end = Date.parse(token.expiresAt);
  if (Number.isNaN(end)) return 'good';
  if (end <= now) return 'ended';
  return end - now <= SOON_DAYS * DAY_MS ? 'ending-soon' : 'good';
}

/** Whether somebody can act with it at an instant (ms since the epoch); with no token nobody can. */
export function worksAt(token: { expiresAt: TokenExpiry; rejected: boolean } | undefined, at: number): boolean {
  return token !== undefined && !['ended', 'rejected'].includes(tokenHealth(token, at));
}
