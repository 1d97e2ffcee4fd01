import type { HostConfig } from './config.ts';
import type { createEvents } from './events.ts';
import type { createFlags } from './flags.ts';
import type { createRealtime } from './realtime.ts';
import type { Frame } from './frame-element.ts';

/** Everything the commands of the bridge work on. */
export type Host = {
  config: HostConfig;
  /** All frames on the page; a frame leaves when its modal closes. */
  frames: Set<Frame>;
  /** Open modals, the topmost last. */
  modals: Frame[];
  events: ReturnType<typeof createEvents>;
  realtime: ReturnType<typeof createRealtime>;
  flags: ReturnType<typeof createFlags>;
  /** Sends a request to the server for the person and the frame's module. Rejects with the platform's message. */
  ask(frame: Frame, command: string, payload: unknown): Promise<unknown>;
};

/** `POST /sandbox/bridge`. */
export async function askServer(config: HostConfig, frame: Frame, command: string, payload: unknown): Promise<unknown> {
  const response = await fetch('/sandbox/bridge', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      as: config.person,
      site: config.site,
      module: frame.module.key,
      issueKey: config.issueKey,
      projectKey: config.projectKey,
      modal: frame.modalContext,
      command,
      payload,
    }),
  });
  const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (answer.error) throw new Error(answer.error.message);
  return answer.result;
}

/** The frame a message came from: its window, at the pages' origin, and no other. */
export function frameOf(host: Host, event: MessageEvent): Frame | undefined {
  if (event.origin !== host.config.pagesOrigin) return undefined;
  return [...host.frames].find((frame) => frame.iframe.contentWindow === event.source);
}
