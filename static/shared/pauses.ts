import type { PageError } from '../../src/contract/errors';

/** Calls that have to wait, by name, with their error. */
const told = new Map<string, PageError>();

/** An ISO instant: before it there is no use in another request. */
export function waitsUntil(error: PageError): string | undefined {
  const { code } = error;
  return code === 'JIRA_LIMITED' || code === 'PLATFORM_LIMITED' || code === 'PERSON_LIMITED'
    ? error.params.retryAt
    : undefined;
}

/** The answer of a call that is not sent because it has to wait. */
export function pauseOf(name: string): PageError | undefined {
  const error = told.get(name);
  const until = error && waitsUntil(error);
  if (until !== undefined && Date.parse(until) > Date.now()) return error;
  told.delete(name);
  return undefined;
}

/** Remembers that a call has to wait. */
export function keepPause(name: string, error: PageError): void {
  if (waitsUntil(error) !== undefined) told.set(name, error);
}
