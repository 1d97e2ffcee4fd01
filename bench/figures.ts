import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Figure = { name: string; value: number; unit: string };

const limits = JSON.parse(readFileSync(join(process.cwd(), 'bench/limits.json'), 'utf8')) as Record<string, number>;

/**
 * Prints figures beside their limits (`bench/limits.json`): a table for people, or with `--json` one line
 * `{"figures":[{name,value,unit,limit}]}` for machines. Ends the process with 1 when a figure is over its limit or has none.
 */
export function report(figures: readonly Figure[], args: readonly string[]): void {
  const rows = figures.map((figure) => ({ ...figure, limit: limits[figure.name] ?? null }));
  const short = rows.filter(({ value, limit }) => limit === null || value > limit);
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ figures: rows })}\n`);
  else
    console.table(
      Object.fromEntries(
        rows.map(({ name, value, unit, limit }) => [
          name,
          { value, limit, unit, ok: limit !== null && value <= limit },
        ]),
      ),
    );
  if (short.length > 0) process.exitCode = 1;
}
