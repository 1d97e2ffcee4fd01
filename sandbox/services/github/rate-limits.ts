import type { GitHub } from './context.ts';
import type { Caller } from './credentials.ts';

export type RateResource = 'core' | 'graphql';

/** The used and remaining requests of a caller; `reset` in seconds since 1970. */
export type RateStatus = { resource: RateResource; limit: number; used: number; remaining: number; reset: number };

/** Requests per window (seconds). Source: docs "Rate limits for the REST API" and "…for the GraphQL API". */
const LIMITS = {
  core: { known: 5000, anonymous: 60, window: 3600 },
  graphql: { known: 5000, anonymous: 0, window: 3600 },
} as const;

/** The limit belongs to the account: all its tokens share it. All anonymous callers are one. */
function status(github: GitHub, caller: Caller | undefined, resource: RateResource): RateStatus & { key: string } {
  const key = `${caller?.account.login ?? ''}:${resource}`;
  const limit = caller ? LIMITS[resource].known : LIMITS[resource].anonymous;
  const now = Math.floor(github.now().getTime() / 1000);
  const stored = github.store.rate(key);
  const current = stored && stored.resetAt > now ? stored : { used: 0, resetAt: now + LIMITS[resource].window };
  const { used, resetAt: reset } = current;
  return { key, resource, limit, used, remaining: Math.max(0, limit - used), reset };
}

/** Reads the limit without using it up. */
export function rateStatus(github: GitHub, caller: Caller | undefined, resource: RateResource): RateStatus {
  const { key: _key, ...rest } = status(github, caller, resource);
  return rest;
}

/** Counts one request; `exceeded` when the limit was already used up. */
export function takeRate(
  github: GitHub,
  caller: Caller | undefined,
  resource: RateResource,
): { rate: RateStatus; exceeded: boolean } {
  const { key, ...rate } = status(github, caller, resource);
  if (rate.remaining === 0) return { rate, exceeded: true };
  github.store.setRate(key, { used: rate.used + 1, resetAt: rate.reset });
  return { rate: { ...rate, used: rate.used + 1, remaining: rate.remaining - 1 }, exceeded: false };
}

/** Uses up all that is left, until the window ends. */
export function exhaustRate(github: GitHub, caller: Caller | undefined, resource: RateResource): void {
  const { key, limit, reset } = status(github, caller, resource);
  github.store.setRate(key, { used: limit, resetAt: reset });
}

export const rateHeaders = (rate: RateStatus): Record<string, string> => ({
  'x-ratelimit-limit': String(rate.limit),
  'x-ratelimit-remaining': String(rate.remaining),
  'x-ratelimit-reset': String(rate.reset),
  'x-ratelimit-used': String(rate.used),
  'x-ratelimit-resource': rate.resource,
});

export const RATE_EXCEEDED_DOCS =
  'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-primary-rate-limits';
export const rateExceededMessage = (caller: Caller | undefined): string =>
  caller
    ? `API rate limit exceeded for user ID ${caller.account.id}.`
    : "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)";

export const SECONDARY_DOCS =
  'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits';
export const SECONDARY_MESSAGE =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
