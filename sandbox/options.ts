import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { forgeRates, type KvsRates } from 'local-forge';
import { z } from 'zod';
import { demoWorld } from './world/demo.ts';
import { worldSchema, type World } from './world/world.ts';

export type Options = {
  port: number;
  data: string;
  world: World;
  routes: ReadonlyMap<string, string>;
  latency: number;
  rates: KvsRates;
  online: boolean;
  json: boolean;
};

export const usage = `Usage: npm start -- [options]

  --port N           port of the site (default 4180; 0 takes any free one)
  --data DIR         where everything is kept (default .forge/data)
  --world WORLD      demo (default), empty, or a JSON file
  --route HOST=URL   lets a server on this machine answer for a host; may be given often
  --latency MS       added to every request of the app to another host
  --storage-units N  units a site may read, and write, of storage in a minute (default 4000, as on Forge)
  --online           lets hosts nobody here answers for go to the internet
  --json             prints one line of JSON when ready; everything else goes to standard error
  --help             shows this
`;

/** What the person gave cannot be used; the message says why, and `usage` follows it. */
export class UsageError extends Error {}

/** The people and one project of the demo world, and no git service. */
const emptyWorld = (): World => ({
  sites: demoWorld.sites
    .slice(0, 1)
    .map((site) => ({ ...site, projects: site.projects.slice(0, 1), issues: site.issues.slice(0, 1) })),
  services: [],
});

const readWorld = (name: string): World => {
  if (name === 'demo') return demoWorld;
  if (name === 'empty') return emptyWorld();
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(name, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `--world: ${name} cannot be read as JSON (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  const result = worldSchema.safeParse(content);
  if (!result.success) throw new UsageError(`--world: ${name} is not a world:\n${z.prettifyError(result.error)}`);
  return result.data;
};

const wholeNumber = (option: string, text: string, max: number): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max)
    throw new UsageError(`--${option} takes a whole number from 0 to ${max}, not ${text}.`);
  return value;
};

const ratesOf = (units: number): KvsRates => ({ ...forgeRates, readUnits: units, writeUnits: units });

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

const readRoute = (text: string): [string, string] => {
  const [, host = '', address = ''] = /^([a-z0-9.-]+(?::\d+)?)=(.+)$/i.exec(text) ?? [];
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (host === '' || url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new UsageError(`--route takes HOST=URL, as in api.github.com=http://127.0.0.1:9000, not ${text}.`);
  if (!loopback.has(url.hostname))
    throw new UsageError(`--route leads to this machine only (127.0.0.1 or localhost), not to ${url.hostname}.`);
  return [host.toLowerCase(), url.href.replace(/\/$/, '')];
};

/** Reads the command line; `help` when it asks for the usage. Throws a `UsageError` for what it cannot mean. */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4180' },
        data: { type: 'string', default: '.forge/data' },
        world: { type: 'string', default: 'demo' },
        route: { type: 'string', multiple: true, default: [] },
        latency: { type: 'string', default: '0' },
        'storage-units': { type: 'string', default: String(forgeRates.readUnits) },
        online: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return 'help';
  return {
    port: wholeNumber('port', values.port, 65_535),
    data: values.data,
    world: readWorld(values.world),
    routes: new Map(values.route.map(readRoute)),
    latency: wholeNumber('latency', values.latency, 600_000),
    rates: ratesOf(wholeNumber('storage-units', values['storage-units'], 1_000_000_000)),
    online: values.online,
    json: values.json,
  };
};
