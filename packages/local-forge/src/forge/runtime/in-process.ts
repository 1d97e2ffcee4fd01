import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';
import { DoorError, type LiveInvocation } from '../live-invocation.ts';
import { platformStep, serviceStep, type Step, type Tap, type Twist } from '../step.ts';
import type { AppDoors, AppHost } from './app-host.ts';
import { forgeRuntime } from './invocation.ts';
import type { Outcome } from './run-app.ts';

type Handlers = Record<string, unknown>;
type Handler = (payload: unknown, context: unknown) => unknown;
type Running = { live: LiveInvocation; tap: Tap | undefined; steps: number; dead: boolean; die: () => void };

/** The credential of a request to another host. */
export type Carried = { site: string; accountId: string | undefined; authorization: string };

export type InProcessHost = AppHost & {
  /** Observes invocations without a person and without a tap of their own: deliveries of queues. */
  tapQueues(tap: Tap | undefined): void;
  watch(listener: (request: Carried) => void): void;
};

const never = (): Promise<never> => new Promise(() => undefined);

const bent = (twist: Extract<Twist, { kind: 'answer' }>): Response =>
  new Response(twist.body ?? JSON.stringify({ code: 'TEST', message: 'The test wanted this answer.' }), {
    status: twist.status,
    headers: { 'content-type': 'application/json' },
  });

/** Executes one step, changed as its tap demands. */
async function pass(running: Running, step: Step, go: (twist: Twist | undefined) => Promise<Response>) {
  if (running.dead) return never();
  const twist = running.tap?.(step, running.steps++);
  if (twist?.kind === 'wait') await twist.until;
  if (twist?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, twist.ms));
  if (twist?.kind === 'reset') throw new TypeError('fetch failed', { cause: new DoorError('ECONNRESET', 'hang up') });
  if (twist?.kind === 'answer') return bent(twist);
  if (twist?.kind === 'kill-before') {
    running.die();
    return never();
  }
  const response = await go(twist);
  if (twist?.kind === 'kill-after') running.die();
  return running.dead ? never() : response;
}

/**
 * Runs the app in this process: fast enough for thousands of calls, and each step over the border can be observed, changed, or be
 * the last one. One at a time: until it is closed it replaces `fetch`, `console.error` and Forge's two globals.
 */
export async function openInProcessHost(
  { egress, platform, invocation, logs }: AppDoors,
  load: () => Promise<Handlers>,
): Promise<InProcessHost> {
  const current = new AsyncLocalStorage<{ running: Running; runtime: unknown }>();
  let queueTap: Tap | undefined;
  let listen: ((request: Carried) => void) | undefined;
  const runningFor = (what: string): Running => {
    const store = current.getStore();
    if (store === undefined) throw new Error(`${what} was asked for outside an invocation.`);
    return store.running;
  };

  const realFetch = globalThis.fetch;
  const appFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    // The platform's own way out, and the test's.
    if (url.hostname === '127.0.0.1') return realFetch(input, init);
    const running = runningFor(url.host);
    const { method } = request;
    const body = new Uint8Array(await request.arrayBuffer());
    const { site, accountId } = running.live;
    listen?.({ site, accountId, authorization: request.headers.get('authorization') ?? '' });
    return pass(running, serviceStep(request, body), async (twist) => {
      const headers = [...request.headers];
      if (twist?.kind === 'header') headers.push([twist.name, twist.value]);
      try {
        return await egress({ method, url: request.url, headers, body }, running.live, request.signal);
      } catch (error) {
        request.signal.throwIfAborted();
        throw new TypeError('fetch failed', { cause: error });
      }
    });
  };
  const forgeFetch = async (args: { type: string; remote?: string }, path: string, init: RequestInit = {}) => {
    const running = runningFor(path);
    const method = init.method ?? 'GET';
    const text = typeof init.body === 'string' ? init.body : '';
    const headers = [...new Headers(init.headers)];
    return pass(running, platformStep(args, path, method, text), () =>
      platform({ to: 'platform', args, method, path, headers, body: Buffer.from(text) }, running.live),
    );
  };
  const realError = console.error.bind(console);
  const appError = (...args: unknown[]): void => {
    const id = current.getStore()?.running.live.id;
    if (id === undefined) realError(...args);
    else logs.app('error', format(...args), id);
  };

  Object.defineProperty(globalThis, '__forge_runtime__', {
    configurable: true,
    get: () => current.getStore()?.runtime,
  });
  Object.assign(globalThis, { __forge_fetch__: forgeFetch, fetch: appFetch });
  console.error = appError;
  const restore = async (): Promise<void> => {
    globalThis.fetch = realFetch;
    console.error = realError;
  };
  // The module is loaded after the globals are set, because Forge's packages read them once.
  const handlers = await load();

  return {
    run: (invoke, ms) =>
      new Promise<Outcome>((resolve) => {
        const live = invocation(invoke.id);
        if (live === undefined) throw new Error('An invocation the platform does not know.');
        const timer = setTimeout(() => ((running.dead = true), resolve({ kind: 'timeout' })), ms);
        const end = (outcome: Outcome): void => {
          clearTimeout(timer);
          if (!running.dead) resolve(outcome);
          running.dead = true;
        };
        const tap = live.tap ?? (live.call === undefined ? queueTap : undefined);
        const running: Running = { live, tap, steps: 0, dead: false, die: () => end({ kind: 'crashed' }) };
        const [, name = ''] = invoke.handler.split('.');
        const runtime = forgeRuntime({ ...invoke, type: 'invoke', deadline: Date.now() + ms }, process.cwd());
        current
          .run({ running, runtime }, async () => (handlers[name] as Handler)(invoke.payload, invoke.context))
          .then(
            (result) => {
              const body = JSON.stringify(result) as string | undefined;
              end({ kind: 'returned', ...(body === undefined ? {} : { body }) });
            },
            (error: Error) =>
              end({ kind: 'threw', error: { name: error.name, message: error.message, stack: error.stack ?? '' } }),
          );
      }),
    restart: async () => undefined,
    close: restore,
    tapQueues: (tap) => (queueTap = tap),
    watch: (listener) => (listen = listener),
  };
}
