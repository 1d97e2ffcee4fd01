/**
 * `npm test`: builds, checks, then runs all tests. What is given after `--` goes to jest. At the end come the ten test files that took
 * longest, what each part took, and alone on the last line, whatever happened, `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closingLines, resultsIn, type Part } from './test-results.ts';

const root = join(import.meta.dirname, '..');
const resultsFile = join(root, '.forge/cache/test-results.json');

/** Runs a part to its end, in sight. */
function run(name: string, command: string, args: readonly string[]): Part {
  const began = performance.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  return { name, ok: status === 0, seconds: (performance.now() - began) / 1000 };
}

function runAll(): Part[] {
  const parts: Part[] = [];
  for (const name of ['build', 'check']) {
    parts.push(run(name, 'npm', ['run', name]));
    if (!parts.every(({ ok }) => ok)) return parts;
  }
  const jest = ['--json', `--outputFile=${resultsFile}`, ...process.argv.slice(2)];
  return [...parts, run('tests', process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...jest])];
}

rmSync(resultsFile, { force: true });
mkdirSync(join(root, '.forge/cache'), { recursive: true });
const parts = runAll();
console.log(closingLines(parts, resultsIn(resultsFile), root).join('\n'));
if (!parts.every(({ ok }) => ok)) process.exitCode = 1;
