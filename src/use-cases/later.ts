import { storageRefusal } from '../store/refusal';

/** s: the first pause, doubled each time; Forge takes 900 at most. */
const FIRST_PAUSE = 60;
const LONGEST_PAUSE = 900;

/** Storage, Jira or a service demands a pause. `seconds`: how long, where it says so. */
export class NotNow extends Error {
  override name = 'NotNow' as const;
  readonly seconds: number;

  constructor(reason: string, seconds = 0) {
    super(reason);
    this.seconds = seconds;
  }
}

/**
 * Work of a queue, which must not be lost because the store is busy or down, or `NotNow`: the return value then has Forge deliver it again.
 * `retries`: how often it has been. May leave the work half done, so it is for work that may run twice.
 */
export async function orLater(what: string, work: () => Promise<void>, retries = 0): Promise<unknown> {
  try {
    return await work();
  } catch (thrown) {
    const refusal = storageRefusal(thrown);
    const waits = thrown instanceof NotNow;
    if (refusal === undefined && !waits) throw thrown;
    console.error(`${what} is put off: ${waits ? thrown.message : `storage is ${refusal}`}`);
    const asked = waits ? thrown.seconds : 0;
    const { InvocationError, InvocationErrorCode } = await import('@forge/events');
    return new InvocationError({
      retryAfter: Math.min(Math.max(FIRST_PAUSE * 2 ** retries, asked), LONGEST_PAUSE),
      retryReason: InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED,
    });
  }
}
