import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The first of many branch names that git refuses, or nothing. One process for all: `git update-ref --stdin` checks every name
 * as `git check-ref-format` does, before anything is written; the transaction is given up at the end.
 */
export function firstRefusedByGit(names: readonly string[]): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-names-'));
  try {
    execFileSync('git', ['init', '--quiet', '--bare', folder]);
    const commands = names.map((name) => `create refs/heads/${name}\0${'a'.repeat(40)}\0`);
    const input = ['start\0', ...commands, 'abort\0'].join('');
    const run = spawnSync('git', ['-C', folder, 'update-ref', '-z', '--stdin'], {
      input,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (run.status === 0) return undefined;
    return /invalid ref format: refs\/heads\/([^]*?)\n?$/.exec(run.stderr)?.[1] ?? run.stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
