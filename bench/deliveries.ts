import type { DoorCall } from 'local-forge';
import { sum } from './storage.ts';

const MINUTE_S = 60;

/** One delivery of a queue: when it is due, in seconds after the work began, and its requests. */
export type Delivery = { due: number; calls: readonly DoorCall[] };

/**
 * The requests of a queue's deliveries, in the order of the pushes. Queues are hurried here: the due time of a delivery is the sum
 * of the delays that the app requested, as if a delivery itself took no time.
 */
export function deliveriesOf(calls: readonly DoorCall[], queue: string): Delivery[] {
  const consumed = calls.filter(({ functionKey }) => functionKey === `${queue}-consumer`);
  const delivered = [...Map.groupBy(consumed, ({ invocation }) => invocation)];
  const pushes = calls.filter(({ what }) => what === `queue ${queue}`).sort((a, b) => a.start - b.start);
  if (pushes.length !== delivered.length) throw new Error(`${delivered.length} deliveries of ${pushes.length} pushes`);
  const dueOf = new Map<string, number>();
  return pushes.map((push, index) => {
    const [invocation = '', asked = []] = delivered[index] ?? [];
    const due = (dueOf.get(push.invocation) ?? 0) + push.delaySeconds;
    dueOf.set(invocation, due);
    return { due, calls: asked };
  });
}

/** The most of something in any 60 s. */
export function mostInAMinute(deliveries: readonly Delivery[], amount: (calls: readonly DoorCall[]) => number): number {
  const counted = deliveries.map(({ due, calls }) => ({ due, count: amount(calls) }));
  const from = (start: number) => counted.filter(({ due }) => due >= start && due < start + MINUTE_S);
  return Math.max(0, ...counted.map(({ due }) => sum(from(due), ({ count }) => count)));
}

/** Minutes until the last one is due. */
export function wholeMinutes(deliveries: readonly Delivery[]): number {
  return Math.max(0, ...deliveries.map(({ due }) => due)) / MINUTE_S;
}
