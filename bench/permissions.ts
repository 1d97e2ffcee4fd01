import { modulesWithCalls, openStage, roleNames, tryEverything } from '../rig/index.ts';
import { appBundle, endAfter } from './app-bundle.ts';
import { report } from './figures.ts';

endAfter(5);
const args = process.argv.slice(2);
const stage = await openStage({ load: appBundle });
const rows = await tryEverything(stage);
await stage.close();

if (!args.includes('--json')) {
  const lines = rows.filter(({ forged }) => forged === undefined);
  const matrix = Map.groupBy(lines, ({ module, call }) => `${module} · ${call}`);
  for (const [name, cells] of matrix) {
    const marks = roleNames.map((role) => {
      const cell = cells.find((one) => one.role === role);
      return [role, cell?.problem === undefined ? (cell?.outcome ?? '') : `!! ${cell.outcome}`];
    });
    // A surface knows no call of another surface: one word says so.
    if (cells.every(({ outcome }) => outcome === 'PLATFORM_APP_ERROR')) console.log(`${name}: unknown to everybody`);
    else console.log(`${name}: ${marks.map(([role, outcome]) => `${role} ${outcome}`).join(', ')}`);
  }
  for (const { module, call, forged, outcome, problem } of rows.filter((row) => row.forged !== undefined))
    console.log(`${module} · ${call} with ${forged}: ${outcome}${problem === undefined ? '' : ` !! ${problem}`}`);
}
const wrong = rows.filter(({ problem }) => problem !== undefined);
for (const { module, call, role, forged, problem } of wrong)
  process.stderr.write(`${module} ${call} ${role} ${forged ?? ''}: ${problem}\n`);
const unforged = rows.filter(({ forged }) => forged === undefined);
const combinations = modulesWithCalls(stage.app.manifest).length * roleNames.length;
report(
  [
    { name: 'permissions/combinations-not-tried', value: combinations - unforged.length, unit: 'combinations' },
    {
      name: 'permissions/unexpected-allows',
      value: rows.filter(({ expected, outcome }) => expected === 'refuse' && outcome === 'ok').length,
      unit: 'combinations',
    },
    { name: 'permissions/other-surprises', value: wrong.length, unit: 'combinations' },
  ],
  args,
);
if (!args.includes('--json'))
  console.log(`${unforged.length} combinations of module, call and role, ${rows.length - unforged.length} forgeries`);
process.exit();
