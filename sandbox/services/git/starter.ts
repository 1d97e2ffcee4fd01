import { spawn } from 'node:child_process';

/** The request that `run-git.ts` sends to this process, and the answer. */
export type Order = {
  id: number;
  args: readonly string[];
  cwd?: string;
  input: string | Uint8Array;
  env: NodeJS.ProcessEnv;
};
export type Report = { id: number } & ({ code: number; stdout: Uint8Array; stderr: string } | { problem: string });

function carryOut({ id, args, cwd, input, env }: Order, report: (report: Report) => void): void {
  const child = spawn('git', args, { ...(cwd === undefined ? {} : { cwd }), env });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // git can stop reading early, when it refuses. Its message then arrives with 'close'.
  child.stdin.on('error', () => undefined);
  child.on('error', ({ message }) => report({ id, problem: message }));
  child.on('close', (code) =>
    report({ id, code: code ?? 1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
  );
  child.stdin.end(input);
}

process.on('message', (order: Order) =>
  carryOut(order, (report) => {
    // The asking process can be gone.
    if (process.connected) process.send?.(report);
  }),
);
process.on('disconnect', () => process.exit());
