import type { PageError } from '../../src/contract/errors';

export const internal: PageError = { code: 'INTERNAL', params: {} };

/** The longest that a limit lasts: those of Forge are of fixed windows of a minute ("Invocation limits"), that of the bridge of 25 s. */
const MINUTE_MS = 60_000;

/** The platform's words in place of an answer. Assumption: a refused call says so in words, for the bridge passes on no status. */
export function platformError(said: string): PageError {
  if (/timed? ?out/i.test(said)) return { code: 'TIMEOUT', params: {} };
  if (/\b429\b|rate.?limit|too many requests/i.test(said))
    return { code: 'PLATFORM_LIMITED', params: { retryAt: new Date(Date.now() + MINUTE_MS).toISOString() } };
  return internal;
}
