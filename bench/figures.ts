import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Figure = { name: string; value: number; unit: string };

const limits = JSON.parse(readFileSync(join(process.cwd(), 'bench/limits.json'), 'utf8')) as Record<
  string,
  number | null
>;

/**
 * Prints figures beside their limits (`bench/limits.json`): a table for people (`--markdown`: one to paste), or with `--json` one line
 * `{"figures":[{name,value,unit,limit}]}` for machines. A limit of `null` is for figures that are only shown beside others; `part/*` is for all of a part that have no line of their own. Ends the
 * process with 1 when a figure is over its limit or unknown there.
 */
export function report(figures: readonly Figure[], args: readonly string[]): void {
  const rows = figures.map((figure) => ({ ...figure, limit: limitOf(figure.name) }));
  const short = rows.filter((row) => !isWithin(row));
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ figures: rows })}\n`);
  else if (args.includes('--markdown')) process.stdout.write(markdown(rows));
  else
    console.table(
      Object.fromEntries(
        rows.map(({ name, value, unit, limit }) => [name, { value, limit, unit, ok: isWithin({ value, limit }) }]),
      ),
    );
  if (short.length > 0) process.exitCode = 1;
}

function limitOf(name: string): number | null | undefined {
  return name in limits ? limits[name] : limits[`${name.split('/')[0]}/*`];
}

function isWithin({ value, limit }: { value: number; limit: number | null | undefined }): boolean {
  return limit === null || (limit !== undefined && value <= limit);
}

function markdown(rows: readonly (Figure & { limit: number | null | undefined })[]): string {
  const lines = rows.map((row) => {
    const { name, value, unit, limit } = row;
    return `| ${name} | ${value} | ${limit ?? ''} | ${unit} | ${isWithin(row) ? 'yes' : '**no**'} |`;
  });
  return ['| figure | value | limit | unit | within |', '|---|--:|--:|---|---|', ...lines, ''].join('\n');
}
