import { countCalls } from './calls.ts';
import { report, type Figure } from './figures.ts';
import { countRounds, timeline, traceActions } from './rounds.ts';

const args = process.argv.slice(2);
const root = process.cwd();

if (args.includes('--trace')) {
  for (const trace of await traceActions(root)) process.stdout.write(`${timeline(trace)}\n\n`);
} else {
  const figures: Figure[] = [];
  figures.push(...(await countCalls(root)));
  figures.push(...countRounds(await traceActions(root)));
  report(figures, args);
}
