import http from 'node:http';
import net from 'node:net';
import type { IncomingMessage } from 'node:http';
import { answerHeader, callHeader, decode, encode, invocationHeader, type Answer, type Call } from './protocol.ts';

/** An error with the code that the real platform gives. */
export const codedError = (code: string, message: string): Error => Object.assign(new Error(message), { code });

export type LinkAnswer = Exclude<Answer, { error: unknown }> & { body: IncomingMessage };

/** Sends one request through the platform's door. Rejects with a coded error when no answer came. */
export type Link = (
  invocation: string | undefined,
  call: Call,
  body: Uint8Array,
  signal?: AbortSignal,
) => Promise<LinkAnswer>;

/**
 * The only way out of the app's process. It must be opened before `closeDoors`: it saves the `connect` and `request` of
 * Node for itself.
 */
export function openLink(port: number, key: string): Link {
  const request = http.request;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with a socket of its own below
  const connect = net.Socket.prototype.connect as (this: net.Socket, options: net.TcpNetConnectOpts) => net.Socket;
  const agent = new http.Agent({ keepAlive: true });
  agent.createConnection = () => connect.call(new net.Socket(), { port, host: '127.0.0.1' });
  return (invocation, call, body, signal) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          method: 'POST',
          path: '/',
          maxHeaderSize: 1024 * 1024,
          headers: {
            authorization: `Bearer ${key}`,
            [invocationHeader]: invocation ?? '',
            [callHeader]: encode(call),
            'content-length': body.byteLength,
          },
        },
        (incoming) => {
          const header = incoming.headers[answerHeader];
          const answer: Answer =
            typeof header === 'string'
              ? decode(header)
              : { error: { code: 'SANDBOX_REFUSED', message: `the platform answered ${incoming.statusCode}` } };
          if ('error' in answer) {
            incoming.resume();
            reject(codedError(answer.error.code, answer.error.message));
          } else resolve({ ...answer, body: incoming });
        },
      );
      outgoing.on('error', reject);
      if (signal !== undefined) {
        const abort = () => outgoing.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        if (signal.aborted) abort();
        signal.addEventListener('abort', abort, { once: true });
        outgoing.on('close', () => signal.removeEventListener('abort', abort));
      }
      outgoing.end(body);
    });
}
