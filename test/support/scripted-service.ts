import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openEgressDoor } from './egress-door';

/** One request as it came; `path` is decoded, `body` is parsed where it is JSON. */
export type Asked = {
  method: string;
  path: string;
  query: Record<string, string>;
  body: any;
  headers: Record<string, string>;
};

/** A scripted answer; `lost`: the connection breaks instead. */
export type Reply = { status?: number; headers?: Record<string, string>; body?: unknown } | 'lost';

/** By the name of a request, by default its method and decoded path: one reply for all requests, or one after the other, with the last one for the rest. */
export type Script = Record<string, Reply | readonly Reply[] | ((asked: Asked) => Reply)>;

export type ScriptedService = {
  asked: Asked[];
  /** Replaces the earlier script. */
  play(script: Script): void;
  close(): Promise<void>;
};

async function read(incoming: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const text = Buffer.concat(chunks).toString();
  return {
    method: incoming.method ?? '',
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
    body: /^[[{]/.test(text) ? JSON.parse(text) : text,
    headers: incoming.headers as Record<string, string>,
  };
}

/**
 * A service with scripted answers, over HTTP on this machine, behind the names of `hosts`. A request without a script is
 * answered with 404 and a body of no service.
 */
export async function openScriptedService(
  hosts: readonly string[],
  nameOf: (asked: Asked) => string = ({ method, path }) => `${method} ${path}`,
): Promise<ScriptedService> {
  const asked: Asked[] = [];
  let script: Script = {};
  const times = new Map<string, number>();
  const replyTo = (one: Asked): Reply => {
    const key = nameOf(one);
    const time = times.get(key) ?? 0;
    times.set(key, time + 1);
    const scripted = script[key] ?? { status: 404, body: { nobody: 'scripted this' } };
    if (typeof scripted === 'function') return scripted(one);
    return Array.isArray(scripted) ? scripted[Math.min(time, scripted.length - 1)] : (scripted as Reply);
  };
  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((one) => {
      asked.push(one);
      const reply = replyTo(one);
      if (reply === 'lost') return outgoing.destroy();
      const { status = 200, headers = {}, body } = reply;
      const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
      return outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const door = openEgressDoor(Object.fromEntries(hosts.map((host) => [host, address])));
  return {
    asked,
    play: (next) => {
      script = next;
      times.clear();
      asked.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      door.close();
    },
  };
}
