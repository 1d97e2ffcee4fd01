/**
 * The wire between a page of the app and the site around it: calls, answers and functions over one MessagePort. Served to
 * browsers unchanged (types stripped). The page's script is this file and `frame.ts` in one, so there are no imports.
 */

export type Peer = {
  /** Calls the other side. Rejects with an Error with the other side's message. */
  call(command: string, payload?: unknown): Promise<unknown>;
  /** Ends all answers in both directions. */
  close(): void;
};

type Message =
  | { kind: 'call'; id: number; command: string; payload: unknown }
  | { kind: 'run'; id: number; fn: number; args: unknown[] }
  | { kind: 'done'; id: number; value: unknown }
  | { kind: 'failed'; id: number; message: string };

/** The form in which a function travels: its number at its owner. */
const functionMark = '__sandboxFunction';

/**
 * Talks over `port`; `answer` serves the calls of the other side. Functions inside payloads and answers remain where they
 * are and can be called from the other side; they return promises there.
 */
export function connect(port: MessagePort, answer: (command: string, payload: unknown) => unknown): Peer {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  let last = 0;

  const pack = (value: unknown): unknown => {
    if (typeof value === 'function') {
      functions.set((last += 1), value as (...args: unknown[]) => unknown);
      return { [functionMark]: last };
    }
    return mapped(value, pack);
  };
  const unpack = (value: unknown): unknown => {
    if (isPlain(value) && typeof value[functionMark] === 'number') {
      const fn = value[functionMark];
      return (...args: unknown[]) => ask((id) => ({ kind: 'run', id, fn, args: args.map(pack) }));
    }
    return mapped(value, unpack);
  };
  const ask = (message: (id: number) => Message): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      waiting.set(id, { resolve, reject });
      try {
        port.postMessage(message(id));
      } catch (error) {
        waiting.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  const serve = async (id: number, work: () => unknown) => {
    let reply: Message;
    try {
      reply = { kind: 'done', id, value: pack(await work()) };
    } catch (error) {
      reply = { kind: 'failed', id, message: error instanceof Error ? error.message : String(error) };
    }
    try {
      port.postMessage(reply);
    } catch (error) {
      port.postMessage({ kind: 'failed', id, message: `The answer cannot cross the bridge: ${String(error)}` });
    }
  };

  port.onmessage = ({ data }: MessageEvent<Message>) => {
    switch (data.kind) {
      case 'call':
        return void serve(data.id, () => answer(data.command, unpack(data.payload)));
      case 'run':
        return void serve(data.id, () => functions.get(data.fn)?.(...data.args.map(unpack)));
      case 'done':
        waiting.get(data.id)?.resolve(unpack(data.value));
        return void waiting.delete(data.id);
      case 'failed':
        waiting.get(data.id)?.reject(new Error(data.message));
        return void waiting.delete(data.id);
    }
  };

  return {
    call: (command, payload) => ask((id) => ({ kind: 'call', id, command, payload: pack(payload) })),
    close() {
      port.onmessage = null;
      port.close();
    },
  };
}

function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
