import { storageRefusal } from '../store/refusal';

/** s: the first pause, doubled each time; Forge takes 900 at most. */
const FIRST_PAUSE = 60;
const LONGEST_PAUSE = 900;

/**
 * Work of a queue, which must not be lost because the store is busy or down: what comes back then asks Forge to deliver it again.
 * `retries`: how often it has been. May leave the work half done, so it is for work that may run twice.
 */
export async function orLater(what: string, work: () => Promise<void>, retries = 0): Promise<unknown> {
  try {
    return await work();
  } catch (thrown) {
    const refusal = storageRefusal(thrown);
    if (refusal === undefined) throw thrown;
    console.error(`${what} is put off: storage is ${refusal}`);
    const { InvocationError, InvocationErrorCode } = await import('@forge/events');
    return new InvocationError({
      retryAfter: Math.min(FIRST_PAUSE * 2 ** retries, LONGEST_PAUSE),
      retryReason: InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED,
    });
  }
}
