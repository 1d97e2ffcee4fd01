/**
 * Entry of the process that the app runs in. It serves every site, like a warm Forge process, so that state in the app's memory
 * leaks here as it would there.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'node:util';
import { closeDoors } from './close-doors.ts';
import { createFetch, createForgeFetch } from './fetch.ts';
import { createHttpsRequest } from './https-request.ts';
import { forgeRuntime } from './invocation.ts';
import { openLink } from './link.ts';
import type { Boot, FromProcess, Invoke, Thrown, ToProcess } from './protocol.ts';

type Handler = (payload: unknown, context: unknown) => unknown;

const send = process.send?.bind(process);
if (send === undefined) throw new Error('This file is started by the sandbox.');
const say = (message: FromProcess): void => void send(message);

const thrown = (error: unknown): Thrown =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack ?? String(error) }
    : { name: 'Error', message: typeof error === 'string' ? error : format(error), stack: format(error) };

function start({ bundle, port, key }: Boot): (invoke: Invoke) => Promise<void> {
  const current = new AsyncLocalStorage<{ id: string; runtime: ReturnType<typeof forgeRuntime> }>();
  const invocation = () => current.getStore()?.id;
  const link = openLink(port, key);
  closeDoors({ fetch: createFetch(link, invocation), request: createHttpsRequest(link, invocation) });
  Object.defineProperty(globalThis, '__forge_runtime__', { get: () => current.getStore()?.runtime });
  Object.defineProperty(globalThis, '__forge_fetch__', { value: createForgeFetch(link, invocation) });
  for (const [name, level] of [
    ['debug', 'debug'],
    ['trace', 'debug'],
    ['log', 'info'],
    ['info', 'info'],
    ['warn', 'warn'],
    ['error', 'error'],
  ] as const)
    console[name] = (...args: unknown[]) => {
      const id = invocation();
      say({ type: 'log', ...(id === undefined ? {} : { id }), level, text: format(...args) });
    };
  // The way back to the platform is not the app's.
  process.send = () => {
    throw new Error('process.send is refused: a Forge function has no parent process.');
  };
  const load = createRequire(join(bundle, 'index.cjs'));
  return async (invoke) => {
    const dot = invoke.handler.lastIndexOf('.');
    const [file, name] = [invoke.handler.slice(0, dot), invoke.handler.slice(dot + 1)];
    try {
      const handler = (load(join(bundle, `${file}.cjs`)) as Record<string, unknown>)[name];
      if (typeof handler !== 'function') throw new Error(`The bundle has no handler ${invoke.handler}.`);
      const runtime = forgeRuntime(invoke, bundle);
      const result = await current.run({ id: invoke.id, runtime }, async () =>
        (handler as Handler)(invoke.payload, invoke.context),
      );
      const body = JSON.stringify(result) as string | undefined;
      say({ type: 'returned', id: invoke.id, ...(body === undefined ? {} : { body }) });
    } catch (error) {
      say({ type: 'threw', id: invoke.id, error: thrown(error) });
    }
  };
}

process.once('message', (boot: Boot) => {
  const run = start(boot);
  process.on('message', (message: ToProcess) => {
    if (message.type === 'invoke') void run(message);
  });
  say({ type: 'ready' });
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of the terminal, but the sandbox decides when this one ends.
process.on('SIGINT', () => undefined);
