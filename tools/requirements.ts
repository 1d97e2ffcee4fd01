import { problems, requirementIds, requirementsOf, stateOfRow, type State } from './requirement-table.ts';

/** Prints the number of requirements in each state, open ones with their reasons, and every gap. Exits with 1 when there is a gap. */
function main(root: string): void {
  const rows = requirementsOf(root);
  const gaps = problems(rows, requirementIds, root);
  const isBroken = (id: string) => gaps.some((gap) => gap.startsWith(`${id}: `));
  const states = Object.fromEntries(
    (['proved', 'in part', 'not done', 'does not apply'] satisfies State[]).map((state) => [
      state,
      rows.filter((row) => !isBroken(row.id) && stateOfRow(row) === state).length,
    ]),
  );
  console.table({ ...states, gap: requirementIds.filter(isBroken).length, 'all there are': requirementIds.length });
  for (const row of rows.filter(({ reason }) => reason)) {
    console.log(`${row.id} (${stateOfRow(row)}) ${row.asks}\n    ${row.reason?.text}`);
  }
  for (const gap of gaps) console.error(`gap: ${gap}`);
  if (gaps.length > 0) process.exitCode = 1;
}

main(process.cwd());
