import { openStage } from '../test/support/stage.ts';
import { spoilEverything } from '../test/trust/faults.ts';
import { useCases } from '../test/trust/use-cases.ts';
import { appBundle, endAfter } from './app-bundle.ts';
import { report } from './figures.ts';

endAfter(15);
const args = process.argv.slice(2);
const after = (option: string): string | undefined =>
  args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
/** `--use-cases token,default` for those with one of these in their name; `--at-once 12` on a machine with other work. */
const wanted = after('--use-cases')?.split(',');
const chosen = useCases.filter(({ name }) => wanted === undefined || wanted.some((part) => name.includes(part)));
const sites = Array.from({ length: Number(after('--at-once') ?? 48) }, (_, index) => `site-${index}`);
const stage = await openStage({ load: appBundle, sites, faulty: true });
const cases = await spoilEverything(stage, chosen);
await stage.close();

const count = (isSo: (one: (typeof cases)[number]) => boolean): number => cases.filter(isSo).length;
for (const { useCase, step, fault, outcome, orphans, writes, untyped, lost, timedOut } of cases) {
  if (orphans.length > 0 || writes > 1 || untyped !== undefined || lost !== undefined || timedOut)
    process.stderr.write(
      `${useCase}, ${fault} at ${step}: ${outcome}; ${[...orphans, `${writes} writes`, untyped, lost].filter(Boolean).join('; ')}\n`,
    );
}
if (!args.includes('--json')) {
  const byUseCase = Map.groupBy(cases, ({ useCase }) => useCase);
  console.table(
    Object.fromEntries(
      [...byUseCase].map(([name, some]) => [
        name,
        {
          combinations: some.length,
          killed: some.filter(({ outcome }) => outcome === 'killed').length,
          ok: some.filter(({ outcome }) => outcome === 'ok').length,
        },
      ]),
    ),
  );
  console.log(`${cases.length} combinations of use case, step and fault`);
}
report(
  [
    { name: 'faults/orphans', value: count(({ orphans }) => orphans.length > 0), unit: 'combinations' },
    { name: 'faults/duplicate-writes', value: count(({ writes }) => writes > 1), unit: 'combinations' },
    { name: 'faults/untyped-answers', value: count(({ untyped }) => untyped !== undefined), unit: 'combinations' },
    { name: 'faults/lost-or-doubled', value: count(({ lost }) => lost !== undefined), unit: 'combinations' },
    { name: 'faults/deadlines-missed', value: count(({ timedOut }) => timedOut), unit: 'combinations' },
  ],
  args,
);
process.exit();
