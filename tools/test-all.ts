/** `npm test` with every row of every table (docs/testing.md), on each system the same way. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npm', ['test'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, UNDERSIGNED_TESTS: 'all' },
});
process.exitCode = status ?? 1;
