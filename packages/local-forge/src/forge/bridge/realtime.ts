import { randomUUID } from 'node:crypto';
import { z } from 'zod';

export const realtimeChannel = z.object({
  channelName: z.string().min(1),
  isGlobal: z.boolean().default(false),
  options: z
    .object({
      contextOverrides: z.array(z.enum(['board', 'issue', 'project'])).optional(),
      token: z.undefined('not modelled by the sandbox: tokens of Realtime').optional(),
      replaySeconds: z.undefined('not modelled by the sandbox: replay of Realtime').optional(),
    })
    .optional(),
});
type Channel = z.output<typeof realtimeChannel>;
type Hear = (payload: unknown) => void;

/** Of an installation (Forge, "Realtime limits"). */
const OPERATIONS_A_SECOND = 50;

/**
 * Channels between the pages of an app, on all screens of a site. `now`: the clock, in ms.
 *
 * Who hears whom (Forge, "Authorizing Realtime channels"): everybody on the site where it is global; else who has the same of what
 * `contextOverrides` names; without them, the same module in the same place.
 */
export function createRealtime(now: () => number = Date.now) {
  const listeners = new Map<string, Set<Hear>>();
  const operations = new Map<string, { second: number; count: number }>();

  const isTooMany = (site: string): boolean => {
    const second = Math.floor(now() / 1000);
    const last = operations.get(site);
    const count = last?.second === second ? last.count + 1 : 1;
    operations.set(site, { second, count });
    return count > OPERATIONS_A_SECOND;
  };

  return {
    /** What the page gets. Assumption: a refusal is an answer with `errors`, as its type says. */
    publish(site: string, context: Record<string, unknown>, channel: Channel, payload: unknown) {
      if (isTooMany(site)) return { eventId: null, eventTimestamp: null, errors: ['Too many requests'] };
      for (const hear of listeners.get(addressOf(site, context, channel)) ?? []) hear(payload);
      return { eventId: randomUUID(), eventTimestamp: String(now()) };
    },
    /** Server-sent events, until the browser goes away. */
    stream(site: string, context: Record<string, unknown>, channel: Channel): Response {
      if (isTooMany(site)) return new Response('Too many requests', { status: 429 });
      const address = addressOf(site, context, channel);
      const heard = listeners.get(address) ?? new Set<Hear>();
      listeners.set(address, heard);
      let hear: Hear | undefined;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
          hear = (payload) => send(`data: ${JSON.stringify(payload)}\n\n`);
          heard.add(hear);
          // Headers alone do not reach the browser.
          send(': open\n\n');
        },
        cancel() {
          if (hear) heard.delete(hear);
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
    },
  };
}

export type Realtime = ReturnType<typeof createRealtime>;

function addressOf(
  site: string,
  context: Record<string, unknown>,
  { channelName, isGlobal, options }: Channel,
): string {
  const extension = (context['extension'] ?? {}) as Record<string, { id?: unknown } | undefined>;
  const overrides = options?.contextOverrides;
  const at = (names: readonly string[]) => names.map((name) => [name, extension[name]?.id ?? null]);
  const scope = isGlobal
    ? ['global']
    : overrides
      ? at([...overrides].sort())
      : [context['moduleKey'] ?? null, at(['board', 'issue', 'project'])];
  return JSON.stringify([site, channelName, scope]);
}
