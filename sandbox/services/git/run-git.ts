import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Order, Report } from './starter.ts';

export type GitResult = { code: number; stdout: Buffer; stderr: string };

export type GitOptions = { cwd?: string; input?: string | Uint8Array; env?: Record<string, string> };

type Waiting = { resolve: (result: GitResult) => void; reject: (error: Error) => void };

/** ms without work after which the process that starts git ends. */
const IDLE_MS = 3_000;

/**
 * A small process that starts git for this one. Node starts a program by copying itself first (`fork`), and of a process of hundreds
 * of megabytes, as a test's is, that alone takes twenty times as long as git does. `released` hears of the end of each.
 */
export function openStarter(idleMs: number, released = (): void => undefined) {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  const start = (): ChildProcess => {
    const made = fork(join(process.cwd(), 'sandbox/services/git/starter.ts'), [], {
      serialization: 'advanced',
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const lose = (): void => {
      if (child !== made) return;
      child = undefined;
      for (const { reject } of waiting.values()) reject(new Error('The process that starts git has ended'));
      waiting.clear();
    };
    made.on('message', (report: Report) => answer(report));
    made.on('error', lose);
    made.on('exit', lose);
    made.on('exit', released);
    made.unref();
    return made;
  };
  const rest = (): void => {
    if (waiting.size > 0) return;
    // An idle process must not keep this one alive.
    child?.channel?.unref();
    idle = setTimeout(() => {
      const done = child;
      child = undefined;
      done?.disconnect();
    }, idleMs).unref();
  };
  const answer = (report: Report): void => {
    const asked = waiting.get(report.id);
    waiting.delete(report.id);
    rest();
    if ('problem' in report) asked?.reject(new Error(report.problem));
    else asked?.resolve({ code: report.code, stdout: Buffer.from(report.stdout), stderr: report.stderr });
  };
  return (order: Omit<Order, 'id'>): Promise<GitResult> =>
    new Promise((resolve, reject) => {
      clearTimeout(idle);
      child ??= start();
      child.channel?.ref();
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.send({ id, ...order } satisfies Order);
    });
}

const startGit = openStarter(IDLE_MS);

/**
 * Runs the `git` binary, never through a shell, and resolves with its answer, success or not. The person's
 * own git configuration is ignored, so that results are the same on each machine. Rejects only when git cannot be
 * started.
 */
export const runGit = (args: readonly string[], { cwd, input = '', env }: GitOptions = {}): Promise<GitResult> =>
  startGit({
    args,
    ...(cwd === undefined ? {} : { cwd }),
    input,
    env: {
      PATH: process.env['PATH'] ?? '',
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_TERMINAL_PROMPT: '0',
      // The data folder can belong to another user (a mounted volume).
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      ...env,
    },
  });

/** Runs git and resolves with its standard output. Throws with git's message when it failed. */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<string> {
  const result = await runGit(args, options);
  if (result.code !== 0) throw new Error(`git ${args.join(' ')} failed: ${result.stderr.trim()}`);
  return result.stdout.toString();
}
