import type { Store as HostStore, Token } from '../git-host/store.ts';

/**
 * An access key: `name` is its id. A `revoked` key can be switched on again. The secret
 * is stored as plain text, because a signature can't be checked without it.
 */
export type AccessKey = Token & { secret: string };

/** One line of the trail: a requested write, done or refused. An empty `repository` means no repository. */
export type EventRecord = {
  eventName: string;
  eventTime: string;
  userArn: string;
  repository: string;
  reference: string | undefined;
  errorCode: string | undefined;
};

export type Store = HostStore<AccessKey, EventRecord>;
