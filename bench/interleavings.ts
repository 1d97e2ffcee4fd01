import { actsOfAdmins, actsOfPeople, interleave, openTrial, pairs } from '../rig/index.ts';
import { appBundle, endAfter } from './app-bundle.ts';
import { report } from './figures.ts';

endAfter(60);
const args = process.argv.slice(2);
/** `--orders N`: at most so many orders of one pair. */
const asked = Number(args[args.indexOf('--orders') + 1]);
const ORDERS = args.includes('--orders') && asked >= 0 ? asked : 300;

/** `--part 2/6`: the second sixth of the pairs. */
const [part = 1, of = 1] = (/^(\d+)\/(\d+)$/.exec(args[args.indexOf('--part') + 1] ?? '') ?? []).slice(1).map(Number);

const started = performance.now();
const minutes = (): string => ((performance.now() - started) / 60_000).toFixed(1);
const trial = await openTrial(appBundle);
const chosen = pairs().filter((_, index) => index % of === part - 1);
let done = 0;
const tried = await interleave(trial, chosen, ORDERS, ({ acts, base, wrong }) => {
  done += 1;
  for (const what of wrong) process.stderr.write(`${acts}, ${base}: ${what}\n`);
  if (done % 50 === 0) process.stderr.write(`${done} of ${chosen.length} pairs after ${minutes()} minutes\n`);
});
await trial.app.close();

const sum = (of: (one: (typeof tried)[number]) => number): number => tried.reduce((all, one) => all + of(one), 0);
if (!args.includes('--json')) {
  const whole = tried.filter(({ all }) => all);
  console.log(
    `${actsOfAdmins.length} acts of admins and ${actsOfPeople.length} of people: ${tried.length} pairs in ${sum(({ orders }) => orders)} orders, in ${minutes()} minutes`,
  );
  console.log(
    `all orders that differ of ${whole.length} pairs; of the other ${tried.length - whole.length}, which have more, the first ${ORDERS} and each call held at each of its steps`,
  );
}
report(
  [
    { name: 'interleavings/wrong', value: sum(({ wrong }) => wrong.length), unit: 'orders' },
    { name: 'interleavings/pairs-not-tried', value: chosen.length - tried.length, unit: 'pairs' },
  ],
  args,
);
process.exit();
