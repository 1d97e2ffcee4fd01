/**
 * All checks that do not run the product, side by side, as many at a time as there are processors.
 *
 * `npm run check` runs all of it; with `--staged` (the hook, `.githooks/pre-commit`) only the quick ones, on the files about to
 * be committed. `--beside-tests` leaves half of the processors to them, and Forge's lint to `npm test`. A step that fails prints its output, and the exit code is 1.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

type Step = { name: string; command: string; args: readonly string[] };
type Outcome = { name: string; ok: boolean; seconds: number; said: string };

const root = join(import.meta.dirname, '..');
const staged = process.argv.includes('--staged');
const besideTests = process.argv.includes('--beside-tests');
const node = (file: string): Pick<Step, 'command' | 'args'> => ({
  command: 'node',
  args: [file],
});
const npm = (script: string): Pick<Step, 'command' | 'args'> => ({ command: 'npm', args: ['run', '--silent', script] });
/** Caches that make the next run quick. They can be deleted at any time. */
const kept = (name: string) => `.forge/cache/${name}`;

const typesOf = (room: string): Step => ({
  name: `types of ${room}`,
  command: 'tsc',
  args: [
    '-p',
    room === 'src' ? '.' : room,
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    kept(`${room}.tsbuildinfo`),
  ],
});

/** Forge's linters need the folders of the pages, which a fresh clone lacks. `npm test` runs them once it has built the pages. */
const forgeLint = (): Step[] =>
  besideTests
    ? []
    : [
        {
          name: 'Forge lint',
          ...(existsSync(join(root, 'static/dist')) ? node('tools/lint-forge.cjs') : npm('lint:forge')),
        },
      ];

/** The longest first, so that none runs alone at the end. */
function everything(): Step[] {
  return [
    // Includes the types of static, test, tools and bench.
    { name: 'lint, walls, cycles', ...node('tools/lint.ts') },
    // Includes the local Forge, which has the same options.
    ...['sandbox', 'src'].map(typesOf),
    ...forgeLint(),
    { name: 'format', command: 'prettier', args: ['--check', '.'] },
    { name: 'spelling', command: 'cspell', args: ['--no-progress', '--quiet'] },
    { name: 'dead code', command: 'knip', args: [] },
    { name: 'documents', ...node('tools/check-docs.ts') },
    { name: 'machine', ...node('tools/check-machine.ts') },
    { name: 'guides', ...node('tools/errors-guide.ts') },
    { name: 'licences', ...node('tools/licences.ts') },
    // .npmrc silences npm's warnings at installation: peers that do not fit, a lockfile that does not match package.json.
    { name: 'packages', command: 'npm', args: ['ls', '--all', '--package-lock-only', '--silent'] },
  ];
}

function quickOnes(): Step[] {
  const files = execFileSync('git', ['diff', '--cached', '--name-only', '--diff-filter=ACMR'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '');
  const code = files.filter((file) => /\.(ts|tsx|mts)$/.test(file));
  const lint: Step = {
    name: 'lint, walls, cycles',
    command: 'eslint',
    args: ['--cache', '--cache-location', kept('eslint'), ...code],
  };
  return [
    ...(code.length > 0 ? [lint] : []),
    { name: 'format', command: 'prettier', args: ['--check', '--ignore-unknown', ...files] },
    { name: 'spelling', command: 'cspell', args: ['--no-progress', '--quiet', '--no-must-find-files', ...files] },
    { name: 'dead code', command: 'knip', args: [] },
    { name: 'documents', ...node('tools/check-docs.ts') },
    { name: 'machine', ...node('tools/check-machine.ts') },
    { name: 'guides', ...node('tools/errors-guide.ts') },
    { name: 'licences', ...node('tools/licences.ts') },
  ];
}

async function run({ name, command, args }: Step): Promise<Outcome> {
  const began = performance.now();
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` };
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
    child.on('error', (error) => {
      said += error.message;
      resolve(null);
    });
  });
  return { name, ok: code === 0, seconds: (performance.now() - began) / 1000, said };
}

async function runAll(steps: readonly Step[], atOnce: number): Promise<boolean> {
  const waiting = [...steps];
  let allWell = true;
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { name, ok, seconds, said } = await run(step);
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`);
      if (!ok) console.error(said.trimEnd());
      allWell &&= ok;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return allWell;
}

const processors = availableParallelism();
const atOnce = besideTests ? Math.max(1, Math.floor(processors / 2)) : processors;
if (!(await runAll(staged ? quickOnes() : everything(), atOnce))) process.exitCode = 1;
