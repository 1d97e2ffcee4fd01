import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { home } from '../../home.ts';
import type { Logs } from '../logs.ts';
import type { FromProcess, Invoke, Thrown, ToProcess } from './protocol.ts';

export type Outcome =
  { kind: 'returned'; body?: string } | { kind: 'threw'; error: Thrown } | { kind: 'timeout' } | { kind: 'crashed' };

export type AppProcess = {
  /** Runs one handler. `ms` is its time limit; the clock starts when the process is ready. Never rejects. */
  run(invoke: Omit<Invoke, 'type' | 'deadline'>, ms: number): Promise<Outcome>;
  close(): Promise<void>;
};

type Live = {
  child: ChildProcess;
  ready: Promise<boolean>;
  waiting: Map<string, (outcome: Outcome) => void>;
  /** No more invocations: it is killed when the last one is over. */
  retired: boolean;
};

/**
 * Runs the app in one process, and starts a new one after a crash or a timeout: a function that ran out of time
 * loses its process on Lambda, also in the middle of work.
 */
export function openAppProcess(options: {
  bundle: string;
  memoryMB: number;
  door: { port: number; key: string };
  logs: Logs;
}): AppProcess {
  const { logs } = options;
  let live: Live | undefined;
  const running = new Set<ChildProcess>();

  const start = (): Live => {
    const child = fork(join(home, 'forge/runtime/main.ts'), [], {
      cwd: options.bundle,
      // The app's own variables would come from `forge variables`; the sandbox has none.
      env: { TZ: 'UTC', LANG: 'en_US.UTF-8', NODE_ENV: 'production' },
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        '--enable-source-maps',
        `--max-old-space-size=${options.memoryMB}`,
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    running.add(child);
    const waiting: Live['waiting'] = new Map();
    const settle = (id: string, outcome: Outcome): void => {
      waiting.get(id)?.(outcome);
      waiting.delete(id);
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => logs.app('info', text.trimEnd()));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => logs.app('error', text.trimEnd()));
    const ready = new Promise<boolean>((resolve) => {
      child.on('message', (message: FromProcess) => {
        if (message.type === 'ready') resolve(true);
        else if (message.type === 'log') logs.app(message.level, message.text, message.id);
        else if (message.type === 'threw') settle(message.id, { kind: 'threw', error: message.error });
        else settle(message.id, { kind: 'returned', ...(message.body === undefined ? {} : { body: message.body }) });
        if (state.retired && waiting.size === 0) child.kill('SIGKILL');
      });
      child.on('exit', (code, signal) => {
        running.delete(child);
        if (live === state) live = undefined;
        if (!state.retired) logs.platform('error', `The app's process ended (${signal ?? `exit code ${code}`}).`);
        for (const id of [...waiting.keys()]) settle(id, { kind: 'crashed' });
        resolve(false);
      });
      child.on('error', () => resolve(false));
    });
    const state: Live = { child, ready, waiting, retired: false };
    child.send({ type: 'boot', bundle: options.bundle, ...options.door } satisfies ToProcess);
    return state;
  };

  const retire = (state: Live): void => {
    state.retired = true;
    if (live === state) live = undefined;
    if (state.waiting.size === 0) state.child.kill('SIGKILL');
  };

  return {
    run: async (invoke, ms) => {
      const state = (live ??= start());
      return new Promise<Outcome>((resolve) => {
        state.waiting.set(invoke.id, resolve);
        void state.ready.then((ready) => {
          if (!ready || !state.waiting.has(invoke.id)) return resolve({ kind: 'crashed' });
          const timer = setTimeout(() => {
            state.waiting.delete(invoke.id);
            resolve({ kind: 'timeout' });
            retire(state);
          }, ms);
          state.waiting.set(invoke.id, (outcome) => {
            clearTimeout(timer);
            resolve(outcome);
          });
          state.child.send({ type: 'invoke', ...invoke, deadline: Date.now() + ms } satisfies ToProcess);
        });
      });
    },
    close: async () => {
      const ended = [...running].map(
        (child) =>
          new Promise<void>((resolve) => {
            child.once('exit', () => resolve());
            child.kill('SIGKILL');
          }),
      );
      if (live !== undefined) live.retired = true;
      live = undefined;
      await Promise.all(ended);
    },
  };
}
