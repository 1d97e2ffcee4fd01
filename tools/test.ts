/**
 * `npm test`: builds, then runs all tests. The checks run beside both, because all of them wait now and then. Arguments after `--` go
 * to jest. At the end come the ten slowest test files, the time of each part, and alone on the last line, in every
 * case, `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requirementsOf, stateOfRow } from './requirement-table.ts';
import { closingLines, resultsIn, sentencesProved, type Part } from './test-results.ts';

const root = join(import.meta.dirname, '..');
const resultsFile = join(root, '.forge/cache/test-results.json');
const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${resultsFile}`, ...process.argv.slice(2)];

/** Node's own cache of compiled modules: hundreds of processes of a run load the same ones. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, '.forge/cache/compiled') };

/** Runs a command with visible output; true when it succeeded. */
function run(command: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code === 0));
    child.on('error', () => resolve(false));
  });
}

async function part(name: string, ...runs: readonly Promise<boolean>[]): Promise<Part> {
  const began = performance.now();
  const ok = (await Promise.all(runs)).every(Boolean);
  return { name, ok, seconds: (performance.now() - began) / 1000 };
}

async function runAll(): Promise<Part[]> {
  // The longest checks come first, and none of these needs the build.
  const check = part('check', run('npm', ['run', 'check', '--', '--beside-tests']));
  const build = await part(
    'build',
    run('npm', ['run', 'build:backend', '--', '--untyped']),
    run('npm', ['run', 'build:pages']),
  );
  const afterBuild = () => [
    part('Forge lint', run(process.execPath, ['tools/lint-forge.cjs'])),
    part('tests', run(process.execPath, jest)),
  ];
  return [build, ...(await Promise.all([check, ...(build.ok ? afterBuild() : [])]))];
}

rmSync(resultsFile, { force: true });
mkdirSync(join(root, '.forge/cache'), { recursive: true });
const began = performance.now();
const parts = await runAll();
const seconds = (performance.now() - began) / 1000;
const results = resultsIn(resultsFile);
if (results !== undefined) {
  const requirements = requirementsOf(root).filter((row) => stateOfRow(row) === 'proved').length;
  console.log(`\nProved: ${sentencesProved(results)} sentences of the contract, ${requirements} requirements.`);
}
console.log(closingLines({ parts, seconds }, results, root).join('\n'));
if (!parts.every(({ ok }) => ok)) process.exitCode = 1;
