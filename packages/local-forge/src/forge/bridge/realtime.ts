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
type Event = { id: number; at: number; payload: unknown };

/** Of an installation (Forge, "Realtime limits"). */
const OPERATIONS_A_SECOND = 50;
/** ms after which a silent screen counts as gone. */
const REMEMBERED = 60_000;

/**
 * Channels between the pages of an app, on all screens of a site. `now`: the clock, in ms.
 *
 * Listeners (Forge, "Authorizing Realtime channels"): everybody on the site, if the channel is global; else everybody with the same values of
 * `contextOverrides`; without these, the same module in the same place.
 */
export function createRealtime(now: () => number = Date.now) {
  const events = new Map<string, Event[]>();
  const operations = new Map<string, { second: number; count: number }>();
  let last = 0;

  const isTooMany = (site: string): boolean => {
    const second = Math.floor(now() / 1000);
    const before = operations.get(site);
    const count = before?.second === second ? before.count + 1 : 1;
    operations.set(site, { second, count });
    return count > OPERATIONS_A_SECOND;
  };

  return {
    /** The page's answer. Assumption: a refusal is an answer with `errors`, as its type says. */
    publish(site: string, context: Record<string, unknown>, channel: Channel, payload: unknown) {
      if (isTooMany(site)) return { eventId: null, eventTimestamp: null, errors: ['Too many requests'] };
      const address = addressOf(site, context, channel);
      const recent = (events.get(address) ?? []).filter(({ at }) => at > now() - REMEMBERED);
      events.set(address, [...recent, { id: (last += 1), at: now(), payload }]);
      return { eventId: randomUUID(), eventTimestamp: String(now()) };
    },
    /**
     * Events since `after`, for screens that poll. Without `after`, the point from which they receive everything. A connection
     * that is held open would be one of the six that a browser has for the whole site.
     */
    since(site: string, context: Record<string, unknown>, channel: Channel, after?: number) {
      if (after === undefined && isTooMany(site)) throw new Error('Too many requests');
      const all = after === undefined ? [] : (events.get(addressOf(site, context, channel)) ?? []);
      return { last, payloads: all.filter(({ id }) => id > (after ?? 0)).map(({ payload }) => payload) };
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
