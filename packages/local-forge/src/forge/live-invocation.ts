import type { Tap } from './step.ts';

/** One run of one function of the app, for as long as it lasts. */
export type LiveInvocation = {
  id: string;
  /** The site's short name. */
  site: string;
  cloudId: string;
  /** The person of the action; absent for queues, schedules and people who are not logged in. */
  accountId?: string;
  moduleKey: string;
  functionKey: string;
  /** Resolver key, for invocations by a page. */
  call?: string;
  startedAt: number;
  /** Requests to other hosts so far, by minute since the start. */
  outbound: number[];
  /** Observes its steps, if the app runs in this process. */
  tap?: Tap;
};

/** An error that becomes the rejection of `fetch` in the app's process. `code` is Node's own, if there is one. */
export class DoorError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
