import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step, Tap, Twist } from 'local-forge';
import type { Stage } from '../../rig/stage';

const page = readFileSync(join(__dirname, '../../docs/token-states.md'), 'utf8');

/** The rows of the table under a heading of `docs/token-states.md`, by its column titles. */
export function tableUnder(heading: string): Record<string, string>[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  const [titles = [], , ...rows] = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.map((cells) => Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? ''])));
}

/** `a → b; c`: the state that a stop leaves, and the state that follows, if any. */
export function waysIn(cell: string): Map<string, string> {
  return new Map(
    cell.split(';').map((way) => {
      const [left = '', after = left] = way.split('→').map((state) => state.trim());
      return [left, after];
    }),
  );
}

/** The content of storage, in the words of the columns of a table of states. */
export type Seen = Readonly<Record<string, string>>;

/** The matching state of the table, or the content itself if none matches. */
export function stateOf(states: readonly Record<string, string>[], seen: Seen): string {
  const fits = states.filter((state) =>
    Object.entries(seen).every(([column, value]) => (state[column] ?? '').split(' or ').includes(value)),
  );
  const [{ state = '' } = {}, ...others] = fits;
  return fits.length > 0 && others.length === 0 ? state : `${fits.length} states fit ${JSON.stringify(seen)}`;
}

/** How a write can be stopped: the process ends before or after it, or storage refuses it. */
const stops: readonly Twist[] = [{ kind: 'kill-before' }, { kind: 'kill-after' }, { kind: 'answer', status: 500 }];

const isWrite = ({ to, writes }: Step): boolean => writes && (to === 'storage' || to === 'queue');

/**
 * Takes a way once undisturbed, then once for each of its writes and each way to stop it. Returns its end, and for each state that a
 * stop leaves the state after the daily trigger.
 */
export async function walk(
  { app }: Pick<Stage, 'app'>,
  { prepare, run }: { prepare: () => Promise<void>; run: (tap: Tap) => Promise<unknown> },
  {
    look,
    daily,
    check,
  }: { look: () => string; daily: () => Promise<unknown>; check: (state: string) => Promise<void> },
): Promise<{ to: string; left: ReadonlyMap<string, string> }> {
  const attempt = async (tap: Tap): Promise<string> => {
    await prepare();
    await run(tap).catch(() => undefined);
    await app.settle({ hurry: true });
    return look();
  };
  let writes = 0;
  const to = await attempt((step) => {
    if (isWrite(step)) writes += 1;
    return undefined;
  });
  await check(to);
  const left = new Map<string, string>();
  for (let at = 1; at <= writes; at += 1)
    for (const stop of stops) {
      let seen = 0;
      const state = await attempt((step) => (isWrite(step) && ++seen === at ? stop : undefined));
      await check(state);
      await daily();
      await app.settle({ hurry: true });
      const after = look();
      if ((left.get(state) ?? after) !== after) throw new Error(`${state} becomes ${left.get(state)}, or ${after}`);
      left.set(state, after);
    }
  return { to, left };
}
