import type { Step } from 'local-forge';
import { actsOfAdmins, actsOfPeople } from '../../rig/trials/acts';
import { interleave, openTrial, pairs } from '../../rig/trials/interleavings';
import { everyOrder, type Waiting } from '../../rig/trials/orders';

const decisive = /^(requires|disables|disconnects|replaces|renames|names branches)/;
const creates = /^(bob|alice) creates a branch/;

it('Two at once end as some order of the two does, each held at each step while the other runs: nothing acts after it was forbidden, no secret is left', async () => {
  const trial = await openTrial(() => import('../../src'));
  try {
    const chosen = pairs(
      actsOfAdmins.filter(({ name }) => decisive.test(name)),
      actsOfPeople.filter(({ name }) => creates.test(name)),
    );
    const tried = await interleave(trial, chosen, 0);
    expect(tried.flatMap(({ acts, wrong }) => wrong.map((what) => `${acts}: ${what}`))).toEqual([]);
    expect(tried.length).toBe(chosen.length);
    expect(tried.every(({ orders }) => orders > 4)).toBe(true);
  } finally {
    await trial.app.close();
  }
});

describe('All orders', () => {
  const step = (what: string, writes = true): Step => ({ to: 'storage', writes, what, keys: [what] });
  /** Plays calls, each a row of steps that follow each other, until there is no other order. */
  const ordersOf = (calls: readonly (readonly Step[])[]): string[] => {
    const every = everyOrder();
    const orders: string[] = [];
    do {
      const left = calls.map((steps) => [...steps]);
      let order = '';
      for (;;) {
        const waiting = left.flatMap((steps, call): Waiting[] =>
          steps[0] === undefined ? [] : [{ call, step: steps[0], id: `${call}${steps.length}`, go: () => undefined }],
        );
        const chosen = waiting.length === 0 ? undefined : every.choose(waiting, []);
        if (chosen === undefined) {
          if (waiting.length === 0) orders.push(order);
          break;
        }
        order += `${chosen.call}`;
        left[chosen.call]?.shift();
      }
    } while (every.next());
    return orders;
  };

  it('are as many as there are where each step matters to each other, and none twice', () => {
    const orders = ordersOf([
      [step('a'), step('a'), step('a')],
      [step('a'), step('a')],
    ]);
    expect(new Set(orders).size).toBe(10);
    expect(orders.length).toBe(10);
  });

  it('are one where no step matters to another, and two where one does', () => {
    expect(ordersOf([[step('a'), step('b')], [step('c')]])).toHaveLength(1);
    expect(ordersOf([[step('a', false), step('b')], [step('a', false)]])).toHaveLength(1);
    expect(
      ordersOf([
        [step('a'), step('b')],
        [step('a', false), step('c')],
      ]),
    ).toHaveLength(2);
  });
});
