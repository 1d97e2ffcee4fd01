/** When a token ends: an ISO instant, the word `never`, or the word `unknown` where the service does not say. */
export type TokenExpiry = string;

export type TokenHealth = 'good' | 'ending-soon' | 'ended' | 'rejected';

/**
 * The first of three warnings; the pages speak plainer from 7 days and from the last day on (`static/shared/dates.ts`). Guides name
 * the same number.
 */
export const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** How a saved token stands at `now` (ms since the epoch). `rejected`: the service itself refused it since it was saved. */
export function tokenHealth(token: { expiresAt: TokenExpiry; rejected: boolean }, now: number): TokenHealth {
  if (token.rejected) return 'rejected';
  const end = Date.parse(token.expiresAt);
  if (Number.isNaN(end)) return 'good';
  if (end <= now) return 'ended';
  return end - now <= SOON_DAYS * DAY_MS ? 'ending-soon' : 'good';
}
