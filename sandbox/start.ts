import { resolve } from 'node:path';
import { readManifest, type LocalForge, type LogLine } from 'local-forge';
import { buildWhatIsStale } from './build.ts';
import { readOptions, usage, UsageError, type Options } from './options.ts';
import { startSandbox } from './sandbox.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const print = (line: LogLine): void => {
  if (line.level !== 'debug')
    say(
      `${line.source === 'app' ? '[app]' : '[sandbox]'} ${line.level === 'info' ? '' : `${line.level}: `}${line.text}`,
    );
};

const welcome = ({ url, servicesUrl, services }: LocalForge, { world }: Options): string => {
  const site = world.sites[0];
  const issue = site?.issues[0]?.key;
  const people = site?.people.map(
    ({ id, displayName, jiraAdmin }) =>
      `  ?as=${id.padEnd(8)} ${displayName}${jiraAdmin ? ' (Jira administrator)' : ''}`,
  );
  const hosts = services.flatMap(({ hosts: names }) => names).map((host) => `  ${servicesUrl}/${host}/`);
  return [
    '',
    'Undersigned for Jira runs on this machine.',
    '',
    ...(issue === undefined ? [] : [`  An issue        ${url}/browse/${issue}`]),
    `  User settings   ${url}/settings/personal`,
    `  Administration  ${url}/settings/apps`,
    '',
    'People:',
    ...(people ?? []),
    ...(hosts.length === 0 ? [] : ['', 'Git services:', ...hosts]),
    '',
    'Ctrl-C ends it; everything is kept.',
    '',
  ].join('\n');
};

const run = async (options: Options): Promise<void> => {
  const root = process.cwd();
  await buildWhatIsStale(root, readManifest(root), say);
  const sandbox = await startSandbox({ ...options, root, data: resolve(root, options.data), print });
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => {
        say(String(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.stdout.write(
    options.json ? `${JSON.stringify({ ready: true, url: sandbox.url })}\n` : welcome(sandbox, options),
  );
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(usage);
  else await run(options);
} catch (error) {
  if (error instanceof UsageError) say(`${error.message}\n\n${usage}`);
  else say(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
  // A start that failed half-way must not hang on what it had opened.
  setImmediate(() => process.exit());
}
