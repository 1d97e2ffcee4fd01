import { createHash, timingSafeEqual } from 'node:crypto';
import type { Handler } from './http.ts';

const COOKIE = 'undersigned-sandbox-key';

function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

const inCookie = (request: Request): string | undefined =>
  new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(request.headers.get('cookie') ?? '')?.[1];

/**
 * Accepts requests with the key: in the address (a redirect then removes it), in the cookie that comes with the redirect, or in the header
 * `x-sandbox-key`. Other users of the machine reach its ports, but nothing behind them.
 */
export const behindKey =
  (key: string, handler: Handler): Handler =>
  async (request) => {
    const url = new URL(request.url);
    const inAddress = url.searchParams.get('key');
    const shown = inAddress ?? request.headers.get('x-sandbox-key') ?? inCookie(request) ?? '';
    if (!isSame(shown, key))
      return new Response('Open the address that npm start has printed: it has the key.\n', { status: 403 });
    if (inAddress === null || request.method !== 'GET') return handler(request);
    url.searchParams.delete('key');
    const cookie = `${COOKIE}=${key}; HttpOnly; SameSite=Strict; Path=/`;
    return new Response(null, { status: 303, headers: { location: url.href, 'set-cookie': cookie } });
  };
