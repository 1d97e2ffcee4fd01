import type { Service } from './service.ts';

/**
 * The simulated services for browsers and git: `/<host>/<path>` becomes a request for `https://<host>/<path>`. A service's
 * redirects come back as addresses of this door.
 */
export function createServicesDoor(services: readonly Service[]): (request: Request) => Promise<Response> {
  const known = (host: string): Service | undefined => services.find(({ hosts }) => hosts.includes(host));
  const text = (status: number, message: string): Response =>
    new Response(`${message}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });

  return async (request) => {
    const url = new URL(request.url);
    const [, host = '', ...rest] = url.pathname.split('/');
    const service = known(host);
    if (service === undefined) {
      const names = services.flatMap(({ hosts }) => hosts);
      return text(
        host === '' ? 200 : 404,
        names.length === 0 ? 'This world has no services.' : `Services: ${names.map((name) => `/${name}/`).join(' ')}`,
      );
    }
    const inner = `https://${host}/${rest.join('/')}${url.search}`;
    const body =
      request.method === 'GET' || request.method === 'HEAD' ? {} : { body: request.body, duplex: 'half' as const };
    const response = await service.handle(
      new Request(inner, { method: request.method, headers: request.headers, signal: request.signal, ...body }),
    );
    const location = response.headers.get('location');
    if (location === null) return response;
    const target = new URL(location, inner);
    if (known(target.host) === undefined) return response;
    const headers = new Headers(response.headers);
    headers.set('location', `/${target.host}${target.pathname}${target.search}${target.hash}`);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  };
}
