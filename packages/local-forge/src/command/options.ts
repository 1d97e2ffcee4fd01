import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { forgeRates, type KvsRates } from '../forge/storage/rates.ts';

/** The input of the person is invalid. The message says why, and the usage follows it. */
export class UsageError extends Error {}

type Flags = NonNullable<ParseArgsConfig['options']>;

const flags = {
  port: { type: 'string', default: '4180' },
  route: { type: 'string', multiple: true, default: [] },
  latency: { type: 'string', default: '0' },
  'storage-units': { type: 'string', default: String(forgeRates.readUnits) },
  online: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies Flags;

/** The options of every command that opens a local Forge, for its usage. */
export const commonUsage = `  --port N           port of the site (default 4180; 0 takes any free one)
  --route HOST=URL   lets a server on this machine answer for a host; may be given often
  --latency MS       added to every request of the app to another host
  --storage-units N  units a site may read, and write, of storage in a minute (default 4000, as on Forge)
  --online           lets hosts nobody here answers for go to the internet
  --json             prints one line of JSON when ready; everything else goes to standard error
  --help             shows this
`;

export type CommonOptions = {
  port: number;
  routes: ReadonlyMap<string, string>;
  latency: number;
  rates: KvsRates;
  online: boolean;
  json: boolean;
};

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max)
    throw new UsageError(`--${option} takes a whole number from 0 to ${max}, not ${text}.`);
  return value;
}

const ratesOf = (units: number): KvsRates => ({ ...forgeRates, readUnits: units, writeUnits: units });

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

function readRoute(text: string): [string, string] {
  const [, host = '', address = ''] = /^([a-z0-9.-]+(?::\d+)?)=(.+)$/i.exec(text) ?? [];
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (host === '' || url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new UsageError(`--route takes HOST=URL, as in api.github.com=http://127.0.0.1:9000, not ${text}.`);
  if (!loopback.has(url.hostname))
    throw new UsageError(`--route leads to this machine only (127.0.0.1 or localhost), not to ${url.hostname}.`);
  return [host.toLowerCase(), url.href.replace(/\/$/, '')];
}

/**
 * Reads a command line of the common options and of `own` ones; `help` when it asks for the usage. Throws a `UsageError` for
 * an invalid command line.
 */
export function readCommandLine<Own extends Flags>(args: readonly string[], own: Own) {
  const parse = () => parseArgs({ args: [...args], options: { ...own, ...flags } }).values;
  let values: ReturnType<typeof parse>;
  try {
    values = parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const {
    help,
    port,
    route,
    latency,
    'storage-units': units,
    online,
    json,
  } = values as ReturnType<typeof parseArgs<{ options: typeof flags }>>['values'];
  if (help) return 'help' as const;
  const common: CommonOptions = {
    port: wholeNumber('port', port, 65_535),
    routes: new Map(route.map(readRoute)),
    latency: wholeNumber('latency', latency, 600_000),
    rates: ratesOf(wholeNumber('storage-units', units, 1_000_000_000)),
    online,
    json,
  };
  return { common, own: values };
}

/** A JSON file of the shape `schema` says. Throws a `UsageError` that names the option and the file. */
export function readJsonFile<T extends z.ZodType>(option: string, file: string, schema: T, what: string): z.output<T> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `--${option}: ${file} cannot be read as JSON (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  const result = schema.safeParse(content);
  if (!result.success) throw new UsageError(`--${option}: ${file} is not ${what}:\n${z.prettifyError(result.error)}`);
  return result.data;
}
