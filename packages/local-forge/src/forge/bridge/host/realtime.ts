import type { HostConfig } from './config.ts';
import type { Frame } from './frame-element.ts';

export type Subscription = {
  channelName: string;
  isGlobal?: boolean;
  options?: unknown;
  onEvent: (payload: unknown) => unknown;
};

/** What is published on channels of Realtime, by whoever is on the site, as it reaches the frames of this page. */
export function createRealtime({ person, site, issueKey, projectKey }: HostConfig) {
  const streams = new Map<EventSource, Frame>();
  const close = (stream: EventSource) => {
    stream.close();
    streams.delete(stream);
  };
  return {
    /** Resolves once nothing that is published is missed any more. */
    subscribe(frame: Frame, { onEvent, ...channel }: Subscription): Promise<{ unsubscribe(): void }> {
      const page = JSON.stringify({ as: person, site, module: frame.module.key, issueKey, projectKey, channel });
      const stream = new EventSource(`/sandbox/realtime?page=${encodeURIComponent(page)}`);
      streams.set(stream, frame);
      stream.addEventListener('message', ({ data }) => void onEvent(JSON.parse(String(data))));
      return new Promise((resolve, reject) => {
        stream.addEventListener('open', () => resolve({ unsubscribe: () => close(stream) }));
        stream.addEventListener('error', () => {
          if (stream.readyState !== EventSource.CLOSED) return;
          close(stream);
          reject(new Error('The channel could not be subscribed to.'));
        });
      });
    },
    /** A frame that went away hears nothing any more. */
    forget(frame: Frame) {
      for (const [stream, of] of streams) if (of === frame) close(stream);
    },
  };
}
