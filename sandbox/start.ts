import { resolve } from 'node:path';
import { keyOf, peopleOf, printLine, readManifest, runCommand, say, type LocalForge } from 'local-forge';
import { buildWhatIsStale } from './build.ts';
import { readOptions, usage, type Options } from './options.ts';
import { startSandbox } from './sandbox.ts';

function welcome(forge: LocalForge, { world }: Options): string {
  const { url, servicesUrl, services } = forge;
  const issue = world.sites[0]?.issues[0]?.key;
  const hosts = services.flatMap(({ hosts: names }) => names).map((host) => `  ${servicesUrl}/${host}/`);
  return [
    '',
    'Undersigned for Jira runs on this machine.',
    '',
    ...(issue === undefined ? [] : [`  An issue        ${url}/browse/${issue}${keyOf(forge)}`]),
    `  User settings   ${url}/settings/personal${keyOf(forge)}`,
    `  Administration  ${url}/settings/apps${keyOf(forge)}`,
    '',
    'People:',
    ...peopleOf(forge),
    ...(hosts.length === 0 ? [] : ['', 'Git services:', ...hosts]),
    '',
    'Ctrl-C ends it; everything is stored.',
    '',
  ].join('\n');
}

await runCommand({
  usage,
  open: async () => {
    const options = readOptions(process.argv.slice(2));
    if (options === 'help') return undefined;
    const root = process.cwd();
    await buildWhatIsStale(root, readManifest(root), say);
    const forge = await startSandbox({ ...options, root, data: resolve(root, options.data), print: printLine });
    return { forge, json: options.json, welcome: welcome(forge, options) };
  },
});
