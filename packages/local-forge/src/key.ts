import { createHash, timingSafeEqual } from 'node:crypto';
import type { Handler } from './http.ts';

const COOKIE = 'undersigned-sandbox-key';

const isSame = (one: string, other: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
};

const inCookie = (request: Request): string | undefined =>
  new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(request.headers.get('cookie') ?? '')?.[1];

/**
 * Lets in who shows the key: in the address, which a page is then shown without, in the cookie that comes with that, or in the header
 * `x-sandbox-key`. Whoever else uses the machine reaches its ports, but not what is behind them.
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
