import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { crowdOf, openStage, randomFrom, serviceNames, soak } from '../rig/index.ts';
import { appBundle, endAfter } from './app-bundle.ts';
import { report } from './figures.ts';

const PEOPLE = 50;
const args = process.argv.slice(2);
/** `--actions N` for a shorter one. */
const asked = Number(args[args.indexOf('--actions') + 1]);
const ACTIONS = args.includes('--actions') && asked > 0 ? asked : 10_000;
endAfter(60);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heapMB(): number {
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

const crowd = crowdOf(PEOPLE);
const stage = await openStage({ load: appBundle, crowd, services: serviceNames, faulty: true });
const started = performance.now();
const heap: number[] = [];
const result = await soak(
  serviceNames.map((name) => stage.at(name)),
  crowd,
  {
    actions: ACTIONS,
    random: randomFrom(20261120),
    /** After each tenth. */
    onProgress: (done) => {
      heap.push(heapMB());
      process.stderr.write(`${done} actions, ${Math.round(heap.at(-1) ?? 0)} MB in use\n`);
    },
  },
);
await stage.close();

const minutes = (performance.now() - started) / 60_000;
for (const problem of result.problems.slice(0, 50)) process.stderr.write(`${problem}\n`);
const [first = 0] = heap.slice(4);
const growth = Math.max(0, ((heap.at(-1) ?? 0) / first - 1) * 100);
if (!args.includes('--json')) {
  console.log(
    `${result.actions} actions of ${PEOPLE} people on 2 sites, ${result.faults} of them spoilt, in ${minutes.toFixed(1)} minutes`,
  );
  console.table(result.services);
  console.log(`${result.decisions} decisions of 4 admins meanwhile`);
  console.log(`${result.acknowledged} branches acknowledged; answers: ${JSON.stringify(result.outcomes)}`);
  console.log(`heap in use, by tenth (MB): ${heap.map((one) => one.toFixed(0)).join(' ')}`);
}
report(
  [
    { name: 'soak/actions-not-done', value: ACTIONS - result.actions, unit: 'actions' },
    { name: 'soak/problems', value: result.problems.length, unit: 'problems' },
    { name: 'soak/heap-growth-of-second-half', value: Math.round(growth), unit: '%' },
  ],
  args,
);
process.exit();
