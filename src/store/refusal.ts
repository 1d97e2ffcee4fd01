/**
 * The meaning of a thrown error for the store and the queues: `busy` where the site exceeds Forge's limits (429: units in a
 * minute, requests in a second), `unavailable` where there was no answer or no good one; nothing for all other errors.
 *
 * That is what `@forge/kvs` throws, our queues, or a connection to either that broke: `fetch failed` of Node, or Forge's names for
 * it (`@forge/api`, `errors.js`). Jira and the services are no part of it: theirs are caught where the requests are made.
 */
export function storageRefusal(thrown: unknown): 'busy' | 'unavailable' | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if (thrown instanceof TypeError)
    return /^(fetch failed|terminated)$/.test(thrown.message) ? 'unavailable' : undefined;
  if (isBusy(thrown)) return 'busy';
  const known = /^(ForgeKvs.*|QueueRefused|FUNCTION_FETCH_ERR|PROXY_ERR|AbortError|TimeoutError)$/;
  return known.test(thrown.name) ? 'unavailable' : undefined;
}

function isBusy(thrown: Error & { responseDetails?: { status?: unknown }; busy?: unknown }): boolean {
  if (thrown.name === 'QueueRefused') return thrown.busy === true;
  return thrown.name.startsWith('ForgeKvs') && thrown.responseDetails?.status === 429;
}

/** A cursor that the store did not give out, or not for this query. */
export class ForeignCursor extends Error {
  override name = 'ForeignCursor' as const;
}

type Queried<Page> = { cursor(cursor: string): Queried<Page>; getMany(): Promise<Page> };

/** The page of a query that begins at a cursor, or its first one. */
export async function pageAt<Page>(query: Queried<Page>, cursor: string | undefined): Promise<Page> {
  try {
    return await patiently(() => (cursor === undefined ? query : query.cursor(cursor)).getMany());
  } catch (thrown) {
    // Assumption: a cursor that is none is the one thing of a query of ours that the store refuses as a bad request.
    const { responseDetails } = thrown as { responseDetails?: { status?: unknown } };
    throw cursor !== undefined && responseDetails?.status === 400 ? new ForeignCursor() : thrown;
  }
}

/** ms; different for each, so that those who were refused together do not come back together. */
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 1_500;

/**
 * Reads, and once more after a moment when the store was busy: long enough for a limit of requests a second to pass, short beside
 * the 25 s of an invocation. A write is not repeated here.
 */
export async function patiently<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (thrown) {
    if (storageRefusal(thrown) !== 'busy') throw thrown;
    const pause = SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
    await new Promise((resolve) => setTimeout(resolve, pause));
    return read();
  }
}
