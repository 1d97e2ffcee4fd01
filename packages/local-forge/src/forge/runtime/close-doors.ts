import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import workerThreads from 'node:worker_threads';
import { codedError } from './link.ts';

type AnyFunction = (...args: never[]) => unknown;

const refuse = (what: string): AnyFunction =>
  // Not an arrow function: some of these are called with `new`.
  function refused() {
    throw codedError(
      'SANDBOX_REFUSED',
      `${what} is refused: an app reaches the network with fetch or https.request only.`,
    );
  };

function close(owner: object, names: readonly string[], what: string): void {
  for (const name of names)
    if (name in owner) Object.defineProperty(owner, name, { value: refuse(what), configurable: true, writable: true });
}

/**
 * Leaves the app the two ways out that Forge has (docs page "Node.js runtime": HTTPS only, through Atlassian's proxy)
 * and refuses every other one. Other processes and threads are refused as well, because all ways are open to them.
 */
export function closeDoors(doors: { fetch: typeof fetch; request: AnyFunction }): void {
  const get = (...args: never[]) => {
    const request = doors.request(...args) as { end(): void };
    request.end();
    return request;
  };
  globalThis.fetch = doors.fetch;
  Object.assign(https, { request: doors.request, get });
  close(http, ['request', 'get'], 'Plain HTTP');
  close(http2, ['connect'], 'HTTP/2');
  // All clients (`net.connect`, `tls.connect`, undici) use this one method.
  close(net.Socket.prototype, ['connect'], 'A raw socket');
  close(net, ['connect', 'createConnection'], 'A raw socket');
  close(tls, ['connect'], 'A raw TLS connection');
  close(net.Server.prototype, ['listen'], 'A server');
  close(dgram, ['createSocket'], 'UDP');
  close(
    dns,
    Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name)),
    'DNS',
  );
  close(
    dns.promises,
    Object.keys(dns.promises).filter((name) => /^(lookup|resolve|reverse)/.test(name)),
    'DNS',
  );
  close(
    childProcess,
    ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
    'Another process',
  );
  close(workerThreads, ['Worker'], 'A worker thread');
  close(globalThis, ['WebSocket', 'EventSource'], 'A WebSocket');
  syncBuiltinESMExports();
}
