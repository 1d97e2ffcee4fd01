import type { Step } from 'local-forge';

/** A step of one of several calls that waits to be let go. */
export type Waiting = { call: number; step: Step; id: string; go: () => void };

/** The account of a request's credential. */
export type Actor = 'person' | 'integration';

/** The events of one run in order: a released step, or the end of a call. */
export type Event =
  { call: number; step: Step & { as?: Actor } } | { call: number; ended: { ok: boolean; code?: string } };

/** The waiting step that goes next; undefined if this order was seen already. */
export type Choose = (waiting: readonly Waiting[], alive: readonly number[]) => Waiting | undefined;

/** Parts of storage that influence no call: the activity, and the dates of the last reports. */
const aside = /^(activity|activity-of|activity-person|account|pace):/;

const meet = (one: string, other: string): boolean =>
  one.endsWith('*') ? other.replace(/\*$/, '').startsWith(one.slice(0, -1)) : one === other;

/** Whether it matters which of two steps comes first. */
function matters(one: Step, other: Step): boolean {
  if (one.to !== 'storage' || other.to !== 'storage' || !(one.writes || other.writes)) return false;
  return one.keys.some(
    (key) => !aside.test(key) && other.keys.some((another) => meet(key, another) || meet(another, key)),
  );
}

/** Steps that touch nothing another call could be waiting for are never held. */
export function isFree({ to, keys }: Step): boolean {
  return to !== 'storage' || keys.every((key) => aside.test(key));
}

/** One call held before its step number `at` (counted among those that wait) while the other runs to its end; `last`: newest step first. */
export function heldAt(held: number, at: number, last: boolean): Choose {
  let gone = 0;
  return (waiting, alive) => {
    const other = waiting.filter(({ call }) => call !== held);
    const own = waiting.filter(({ call }) => call === held);
    const isOthersTurn = gone >= at && alive.some((call) => call !== held);
    const some = isOthersTurn && other.length > 0 ? other : own.length > 0 ? own : other;
    const chosen = last ? some.at(-1) : some[0];
    if (chosen?.call === held) gone += 1;
    return chosen;
  };
}

type Node = { enabled: Map<string, Waiting>; sleeping: Map<string, Waiting>; chosen: Waiting };

/**
 * All orders of the steps that differ in what they do: two orders in which only steps that do not matter to each other are swapped
 * are one (sleep sets). `choose` is for one run; `next` goes on to the next order, and says whether there is one.
 */
export function everyOrder(): { choose: Choose; next: () => boolean } {
  const path: Node[] = [];
  let depth = 0;
  const without = (sleeping: Map<string, Waiting>, chosen: Waiting) =>
    new Map([...sleeping].filter(([, one]) => !matters(one.step, chosen.step)));
  return {
    choose: (waiting) => {
      const known = path[depth];
      if (known !== undefined) {
        depth += 1;
        const again = waiting.find(({ id }) => id === known.chosen.id);
        if (again === undefined) throw new Error(`${known.chosen.id} did not come again`);
        return again;
      }
      const before = path.at(-1);
      const sleeping = before === undefined ? new Map<string, Waiting>() : without(before.sleeping, before.chosen);
      const chosen = waiting.find(({ id }) => !sleeping.has(id));
      if (chosen === undefined) return undefined;
      path.push({ enabled: new Map(waiting.map((one) => [one.id, one])), sleeping, chosen });
      depth += 1;
      return chosen;
    },
    next: () => {
      depth = 0;
      for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
        node.sleeping.set(node.chosen.id, node.chosen);
        const chosen = [...node.enabled.values()].find(({ id }) => !node.sleeping.has(id));
        if (chosen !== undefined) {
          node.chosen = chosen;
          return true;
        }
        path.pop();
      }
      return false;
    },
  };
}
