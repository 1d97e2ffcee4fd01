import { spawn } from 'node:child_process';

export type GitResult = { code: number; stdout: Buffer; stderr: string };

export type GitOptions = { cwd?: string; input?: string | Uint8Array; env?: Record<string, string> };

/**
 * Runs the `git` binary, never through a shell, and resolves with whatever it answered, success or not. The person's
 * own git configuration is kept out, so that results are the same on each machine. Rejects only when git cannot be
 * started.
 */
export const runGit = (args: readonly string[], options: GitOptions = {}): Promise<GitResult> =>
  new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: {
        PATH: process.env['PATH'] ?? '',
        LC_ALL: 'C',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_TERMINAL_PROMPT: '0',
        // The data folder may belong to another user than the one who starts us (a mounted volume).
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        ...options.env,
      },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // git may stop reading before it has everything (it refused); what it said then arrives with 'close'.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? 1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    );
    child.stdin.end(options.input ?? '');
  });

/** Runs git and resolves with its standard output; throws with what git said when it failed. */
export const git = async (args: readonly string[], options: GitOptions = {}): Promise<string> => {
  const result = await runGit(args, options);
  if (result.code !== 0) throw new Error(`git ${args.join(' ')} failed: ${result.stderr.trim()}`);
  return result.stdout.toString();
};
