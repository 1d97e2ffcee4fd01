import { randomBytes } from 'node:crypto';
import type { Caller } from './credentials.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-02-06 07:42:23` of a moment, `minutes` east of UTC. */
function written(moment: Date, minutes: number): string {
  const at = new Date(moment.getTime() + minutes * 60_000);
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * When the caller's token expires, in the two notations seen on the wire: `2024-10-04 11:29:00 UTC` for classic tokens,
 * `2026-02-06 07:42:23 +0100` for fine-grained ones (the zone here is always one hour east).
 */
function expirationHeader(caller: Caller): string | undefined {
  const { expiresAt, kind } = caller.token;
  if (expiresAt === undefined) return undefined;
  const offset = kind === 'classic' ? 0 : 60;
  const zone = kind === 'classic' ? 'UTC' : `+${two(offset / 60)}${two(offset % 60)}`;
  return `${written(new Date(expiresAt), offset)} ${zone}`;
}

/** Headers of every answer of the API host. */
export function apiHeaders(caller: Caller | undefined, media: 'v3' | 'v4'): Record<string, string> {
  const expires = caller && expirationHeader(caller);
  const id = randomBytes(12).toString('hex').toUpperCase();
  return {
    server: 'github.com',
    'cache-control': caller ? 'private, max-age=60, s-maxage=60' : 'public, max-age=60, s-maxage=60',
    'x-content-type-options': 'nosniff',
    'x-github-media-type': `github.${media}; format=json`,
    'x-github-request-id': `${id.slice(0, 4)}:${id.slice(4, 10)}:${id.slice(10, 16)}:${id.slice(16)}`,
    ...(caller?.token.kind === 'classic' ? { 'x-oauth-scopes': caller.token.scopes.join(', ') } : {}),
    ...(expires === undefined ? {} : { 'github-authentication-token-expiration': expires }),
  };
}
