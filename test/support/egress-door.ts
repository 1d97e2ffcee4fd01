/** One request that went out, as a test may look at it. */
export type Outgoing = { method: string; url: string; authorization: string | null };

export type EgressDoor = {
  requests: Outgoing[];
  /** Restores the real `fetch`, and fails after a request to an unexpected host. */
  close(): void;
};

/**
 * Leads the real names the app calls to servers on this machine, as the platform's egress does: `routes` maps a host to a
 * loopback address that gets path and query. Any other host is refused and recorded.
 */
export function openEgressDoor(routes: Readonly<Record<string, string>>): EgressDoor {
  const original = globalThis.fetch;
  const requests: Outgoing[] = [];
  const unexpected: string[] = [];
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const route = routes[url.host];
    requests.push({ method: request.method, url: request.url, authorization: request.headers.get('authorization') });
    if (route === undefined) {
      unexpected.push(request.url);
      throw new TypeError('fetch failed');
    }
    const body = request.body === null ? null : await request.arrayBuffer();
    return original(`${route}${url.pathname}${url.search}`, {
      method: request.method,
      headers: request.headers,
      body,
      redirect: 'manual',
      signal: init?.signal ?? null,
    });
  };
  return {
    requests,
    close() {
      globalThis.fetch = original;
      if (unexpected.length > 0) throw new Error(`Nobody expected a request to ${unexpected.join(', ')}`);
    },
  };
}
