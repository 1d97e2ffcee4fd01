import { commonUsage, readCommandLine, readJsonFile, type CommonOptions } from 'local-forge';
import { demoWorld } from './world/demo.ts';
import { worldSchema, type World } from './world/world.ts';

export type Options = CommonOptions & { data: string; world: World };

export const usage = `Usage: npm start -- [options]

  --data DIR         where everything is stored (default .forge/data)
  --world WORLD      demo (default), empty, or a JSON file
${commonUsage}`;

/** The people and one project of the demo world, and no git service. */
const emptyWorld = (): World => ({
  sites: demoWorld.sites
    .slice(0, 1)
    .map((site) => ({ ...site, projects: site.projects.slice(0, 1), issues: site.issues.slice(0, 1) })),
  services: [],
});

function readWorld(name: string): World {
  if (name === 'demo') return demoWorld;
  return name === 'empty' ? emptyWorld() : readJsonFile('world', name, worldSchema, 'a world');
}

/** Reads the command line; `help` when it asks for the usage. Throws a `UsageError` for an invalid command line. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const read = readCommandLine(args, {
    data: { type: 'string', default: '.forge/data' },
    world: { type: 'string', default: 'demo' },
  });
  return read === 'help' ? read : { ...read.common, data: read.own.data, world: readWorld(read.own.world) };
}
