import type { Store as HostStore, Token } from '../git-host/store.ts';

/**
 * An access key: `name` is its id, by which it is looked up, and one that is `revoked` can be switched on again. The secret
 * is stored as it is: a signature can be checked in no other way.
 */
export type AccessKey = Token & { secret: string };

/** One line of the trail: a write that was asked for, done or refused. An empty `repository` is none. */
export type EventRecord = {
  eventName: string;
  eventTime: string;
  userArn: string;
  repository: string;
  reference: string | undefined;
  errorCode: string | undefined;
};

export type Store = HostStore<AccessKey, EventRecord>;
