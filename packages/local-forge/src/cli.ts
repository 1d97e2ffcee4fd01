#!/usr/bin/env node
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { commonUsage, readCommandLine, readJsonFile } from './command/options.ts';
import { keyOf, peopleOf, printLine, runCommand } from './command/run.ts';
import { demoSites } from './demo-sites.ts';
import { openLocalForge, type LocalForge } from './open-local-forge.ts';
import { siteSchema } from './sites.ts';

const usage = `Usage: local-forge [options]

  --app DIR          folder with manifest.yml (default: this one)
  --bundle DIR       a built backend, one <module>.cjs for each handler module; built from src/ when not given
  --data DIR         where everything is stored (default .local-forge in the app's folder)
  --sites FILE       Jira sites as JSON: people, projects, issues (default: a demo site)
  --without NAME     leaves a part of the manifest out, as in webtrigger:hook; may be given often
${commonUsage}`;

const welcome = (forge: LocalForge): string =>
  [
    '',
    'The app runs on this machine.',
    '',
    `  ${forge.url}/${keyOf(forge)}`,
    '',
    'People:',
    ...peopleOf(forge),
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n');

await runCommand({
  usage,
  open: async () => {
    const read = readCommandLine(process.argv.slice(2), {
      app: { type: 'string', default: '.' },
      bundle: { type: 'string' },
      data: { type: 'string' },
      sites: { type: 'string' },
      without: { type: 'string', multiple: true, default: [] },
    });
    if (read === 'help') return undefined;
    const { app, bundle, data, sites, without } = read.own;
    const { json, ...common } = read.common;
    const forge = await openLocalForge({
      ...common,
      app: resolve(app),
      ...(bundle === undefined ? {} : { bundle: resolve(bundle) }),
      data: data === undefined ? join(resolve(app), '.local-forge') : resolve(data),
      sites:
        sites === undefined ? demoSites : readJsonFile('sites', sites, z.array(siteSchema).min(1), 'a list of sites'),
      without,
      print: printLine,
    });
    return { forge, json, welcome: welcome(forge) };
  },
});
