import { measureBusySite } from './busy-site.ts';
import { countCalls } from './calls.ts';
import { countCost } from './cost.ts';
import { report, type Figure } from './figures.ts';
import { measureColdStarts } from './cold.ts';
import { measureGrowth } from './growth.ts';
import { playMonth } from './month.ts';
import { measurePages } from './pages.ts';
import { measurePanel } from './panel.ts';
import { countRounds, timeline, traceActions, type Trace } from './rounds.ts';
import { timeBranches } from './time.ts';

const args = process.argv.slice(2);
const isShort = args.includes('--short');
const root = process.cwd();
let traced: Promise<Trace[]> | undefined;
const traces = () => (traced ??= traceActions(root));

const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  // First: after `growth` this process is slower to serve a page its files.
  pages: () => measurePages(root, isShort ? 1 : 15),
  calls: () => countCalls(root),
  rounds: async () => countRounds(await traces()),
  cost: async () => countCost(root, await traces()),
  month: async () => playMonth(root, await traces()),
  cold: () => measureColdStarts(root, isShort ? 3 : 21),
  growth: () => measureGrowth(root),
  panel: () => measurePanel(root, isShort ? 1 : 5),
  time: () => timeBranches(root, isShort ? 5 : 31),
  'busy-site': () => measureBusySite(root),
};

if (args.includes('--trace')) {
  for (const trace of await traceActions(root)) process.stdout.write(`${timeline(trace)}\n\n`);
} else {
  const only = Object.keys(parts).filter((part) => args.includes(`--only=${part}`));
  const skipped = isShort && only.length === 0 ? ['growth', 'panel', 'pages', 'busy-site'] : [];
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (skipped.includes(name) || (only.length > 0 && !only.includes(name))) continue;
    process.stderr.write(`${name} …\n`);
    figures.push(...(await measure()));
  }
  report(figures, args);
}
