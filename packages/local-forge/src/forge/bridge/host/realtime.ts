import type { Frame } from './frame-element.ts';
import type { Host } from './host.ts';

export type Subscription = {
  channelName: string;
  isGlobal?: boolean;
  options?: unknown;
  onEvent: (payload: unknown) => unknown;
};
type Heard = { last: number; payloads: readonly unknown[] };

/** ms between two requests for news. */
const EVERY = 1_000;

/** Events that anybody on the site publishes on channels of Realtime, for the frames of this page. */
export function createRealtime(ask: Host['ask']) {
  const timers = new Map<number, Frame>();
  const stop = (timer: number) => {
    window.clearInterval(timer);
    timers.delete(timer);
  };
  return {
    /** Resolves once the subscription receives every event. */
    async subscribe(frame: Frame, { onEvent, ...channel }: Subscription): Promise<{ unsubscribe(): void }> {
      const hear = (after?: number) =>
        ask(frame, 'subscribeRealtimeChannel', { ...channel, ...(after !== undefined && { after }) }) as Promise<Heard>;
      let { last } = await hear();
      let isAsking = false;
      const timer = window.setInterval(() => {
        if (isAsking) return;
        isAsking = true;
        hear(last)
          .then((heard) => {
            last = heard.last;
            if (timers.has(timer)) heard.payloads.forEach((payload) => void onEvent(payload));
          })
          // The next request makes up for it.
          .catch(() => undefined)
          .finally(() => (isAsking = false));
      }, EVERY);
      timers.set(timer, frame);
      return { unsubscribe: () => stop(timer) };
    },
    /** Removes the listeners of a frame that is gone. */
    forget(frame: Frame) {
      for (const [timer, of] of timers) if (of === frame) stop(timer);
    },
  };
}
