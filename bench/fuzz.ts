import { freshIntegration, fuzz, type Fuzzed, fuzzedCalls, openStage } from '../rig/index.ts';
import { appBundle, endAfter } from './app-bundle.ts';
import { report } from './figures.ts';

const RUNS = 10_000;
const SEED = 20261120;
const args = process.argv.slice(2);
endAfter(60);

/** `--call create-branch` for one call alone. */
const only = args.includes('--call') ? args[args.indexOf('--call') + 1] : undefined;

// Each call has an hour of its own: the services limit the requests of an hour.
let hour = 0;
const stage = await openStage({ load: appBundle, now: () => new Date(Date.now() + hour * 3_600_000) });
const done: Fuzzed[] = [];
for (const call of fuzzedCalls.filter((one) => only === undefined || one.call === only)) {
  hour++;
  const integrationId = await freshIntegration(stage);
  const fuzzed = await fuzz(stage, integrationId, call, { runs: RUNS, seed: SEED, ms: 500_000 });
  await stage.app.settle();
  done.push(fuzzed);
  process.stderr.write(`${fuzzed.module} ${fuzzed.call}: ${fuzzed.payloads} payloads ${fuzzed.failure ?? ''}\n`);
}
await stage.close();

const short = done.map(({ payloads, failure }) => (failure === undefined ? Math.max(0, RUNS - payloads) : 0));
report(
  [
    {
      name: 'fuzz/calls-that-failed',
      value: done.filter(({ failure }) => failure !== undefined).length,
      unit: 'calls',
    },
    { name: 'fuzz/payloads-short-of-10000-a-call', value: short.reduce((sum, one) => sum + one, 0), unit: 'payloads' },
  ],
  args,
);
process.exit();
