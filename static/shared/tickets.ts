/** How many issues are remembered: more than anybody looks at on a day. */
const MOST = 50;
const KEY = 'undersigned:tickets';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * Tickets by issue, in this browser, so that dialogs and the next look at an issue show them too. The backend alone decides what one
 * admits; one of another person or site admits nothing. `storage` may throw, as a browser does that forbids it: then nothing is stored.
 */
export function ticketFor(issueKey: string, storage: () => Store = () => window.localStorage): string | undefined {
  return all(storage).find(([key]) => key === issueKey)?.[1];
}

/** Remembers the newest ticket of an issue; the issue that was looked at longest ago makes room. */
export function keepTicket(issueKey: string, ticket: string, storage: () => Store = () => window.localStorage): void {
  const others = all(storage).filter(([key]) => key !== issueKey);
  try {
    storage().setItem(KEY, JSON.stringify([[issueKey, ticket], ...others].slice(0, MOST)));
  } catch {
    // Forbidden, or full: the next call goes to Jira again.
  }
}

function all(storage: () => Store): [issueKey: string, ticket: string][] {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPair) : [];
  } catch {
    return [];
  }
}

function isPair(one: unknown): one is [string, string] {
  return Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string';
}
