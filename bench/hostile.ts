import type { Subject } from './subjects.ts';

/** How a service misbehaves. Reads that must succeed before a write get good answers, the rest misbehaves as named. */
export type Behaviour =
  'redirect' | '401' | '500' | '502-html' | '200-html' | '203-html' | 'reset' | 'lost-answer' | 'refused-inside-200';

const HTML = '<!doctype html><title>Sign in</title><h1>Sign in</h1>';

/** Replaces the network: every request of the process meets a service that behaves as named, until closed. */
export function openHostile(subject: Subject, behaviour: Behaviour) {
  const original = globalThis.fetch;
  let writes = 0;
  let foreign = 0;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!subject.hosts.includes(new URL(request.url).host)) {
      foreign++;
      return Response.json({});
    }
    const body = await request.text();
    const isWrite = subject.isWrite(request, body);
    const everything = behaviour === 'redirect' || behaviour === '401' || behaviour.endsWith('html');
    if (!isWrite && !everything) return subject.read(request, body, writes > 0);
    if (isWrite) writes++;
    const response = misbehave(subject, behaviour);
    const location = response.headers.get('location');
    // As the real `fetch` does when its caller allows it.
    return location !== null && request.redirect === 'follow'
      ? fetch(location, { headers: request.headers })
      : response;
  };
  return {
    writes: () => writes,
    foreign: () => foreign,
    close: () => {
      globalThis.fetch = original;
    },
  };
}

function misbehave(subject: Subject, behaviour: Behaviour): Response {
  const html = (status: number) => new Response(HTML, { status, headers: { 'content-type': 'text/html' } });
  switch (behaviour) {
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: 'https://evil.example/collect' } });
    case '401':
      return Response.json({ message: 'Bad credentials' }, { status: 401 });
    case '500':
      return Response.json({ message: 'Server Error' }, { status: 500 });
    case '502-html':
      return html(502);
    case '200-html':
      return html(200);
    case '203-html':
      return html(203);
    case 'refused-inside-200':
      return subject.refusedInside200?.() ?? html(200);
    case 'reset':
    case 'lost-answer':
      throw new TypeError('fetch failed');
  }
}
