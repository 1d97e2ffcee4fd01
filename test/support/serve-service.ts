import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Service } from '../../sandbox/services/service';

export type ServedService = {
  /** The address under which `https://host/path` is served here. */
  url(host: string, path: string): string;
  close(): Promise<void>;
};

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The request as the service expects it: under its real name, gone when the client is. */
async function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request> {
  const [, host = '', rest = '/'] = /^\/([^/?]+)(.*)$/.exec(incoming.url ?? '') ?? [];
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name !== 'host' && name !== 'connection' && value !== undefined) headers.set(name, String(value));
  }
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const method = incoming.method ?? 'GET';
  const body = await readAll(incoming);
  return new Request(`https://${host}${rest}`, {
    method,
    headers,
    signal: gone.signal,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  });
}

/** Serves a service over HTTP on this machine only: `http://127.0.0.1:PORT/<host>/<path>` is `https://<host>/<path>`. */
export async function serveService(service: Service): Promise<ServedService> {
  // Longer than a busy machine pauses: a connection that is closed just before it is used again looks like an unreachable service.
  const server = createServer({ keepAliveTimeout: 30_000 }, (incoming, outgoing) => {
    toRequest(incoming, outgoing)
      .then((request) => service.handle(request))
      .then(async (response) => {
        for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
        outgoing.writeHead(response.status);
        outgoing.end(Buffer.from(await response.arrayBuffer()));
      })
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (host, path) => `http://127.0.0.1:${port}/${host}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
