import type { DevelopmentWork } from '../domain/development';
import type { TimedNote } from './notes';
import type { TokenLeft } from './tokens';

/** Jobs that nobody waits for, by the queues of manifest.yml. */
export type Jobs = {
  'erase-tokens':
    | { integrationId: string; attempt?: number }
    | ({ integrationId: string; accountId: string } & TokenLeft)
    | { integrationId: string; removed: { accountId: string; tokenId: string }[] };
  'ready-credentials': Record<string, never>;
  notes: { notes: readonly TimedNote[] };
  /** A portion of the people about whom something is stored. */
  leavers: { cursor?: string; attempt?: number };
  /** A portion of the tokens (`use-cases/remind.ts`); none: the first delivery of a day. */
  reminders: { portion?: object };
  /** `notes`: of the act that is reported, where storage was too busy for them. */
  development: DevelopmentWork & { notes?: readonly TimedNote[] };
};

/** An invocation that knows an older state is over by then (25 s): nothing it saves comes behind what a queue erases. */
export const SETTLED_SECONDS = 30;

/** A queue did not take what was handed to it. */
class QueueRefused extends Error {
  override name = 'QueueRefused' as const;
  /** It demands a pause (429). */
  readonly busy: boolean;

  constructor(name: string, busy: boolean, cause: unknown) {
    super(`${name} took nothing`, { cause });
    this.busy = busy;
  }
}

/** Hands work to a queue, or throws `QueueRefused`. The package behind it is loaded for this: few invocations need it. */
export async function push<Name extends keyof Jobs>(
  name: Name,
  body: Jobs[Name],
  { delayInSeconds = 0 }: { delayInSeconds?: number } = {},
): Promise<void> {
  const { Queue, RateLimitError } = await import('@forge/events');
  try {
    await new Queue({ key: name }).push({ body, delayInSeconds });
  } catch (thrown) {
    throw new QueueRefused(name, thrown instanceof RateLimitError, thrown);
  }
}
