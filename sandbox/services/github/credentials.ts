import { randomInt } from 'node:crypto';
import type { Account, GitHub } from './context.ts';
import type { NewToken, TokenKind, TokenRecord } from './store.ts';

/** Who a request speaks for. */
export type Caller = { account: Account; token: TokenRecord };

export type Authentication = { kind: 'anonymous' } | { kind: 'bad' } | { kind: 'known'; caller: Caller };

const presented = (authorization: string | null): string | undefined => {
  const [scheme = '', ...rest] = (authorization ?? '').trim().split(/\s+/);
  const value = rest.join(' ');
  if (/^(bearer|token)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return undefined;
  const decoded = Buffer.from(value, 'base64').toString();
  return decoded.slice(decoded.indexOf(':') + 1);
};

const find = (github: GitHub, authorization: string | null): Caller | undefined => {
  const token = github.store.tokenByValue(presented(authorization) ?? '');
  const account = token && github.catalogue.account(token.account);
  return token && account && { token, account };
};

/**
 * Reads an Authorization header: `Bearer T`, `token T`, or Basic with the token as password and any user name. An
 * unknown, expired or revoked token is `bad`, and nothing tells which of the three it is.
 */
export const authenticate = (github: GitHub, authorization: string | null): Authentication => {
  if (authorization === null) return { kind: 'anonymous' };
  const caller = find(github, authorization);
  if (caller === undefined || caller.token.revoked) return { kind: 'bad' };
  if (caller.token.kind === 'fine-grained' && !github.hasFineGrainedTokens) return { kind: 'bad' };
  const { expiresAt } = caller.token;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= github.now().getTime()) return { kind: 'bad' };
  return { kind: 'known', caller };
};

/** The account a presented token belongs to, good or not; for the log of requests. */
export const accountBehind = (github: GitHub, authorization: string | null): string | undefined =>
  find(github, authorization)?.account.login;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const random = (length: number): string =>
  Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

/** A new token in GitHub's shape: `ghp_` and 36 characters, or `github_pat_` with 22, `_` and 59. */
const newTokenValue = (kind: TokenKind): string =>
  kind === 'classic' ? `ghp_${random(36)}` : `github_pat_${random(22)}_${random(59)}`;

/** Makes a token and keeps it; the answer is the only time its value is seen. */
export const issueToken = (github: GitHub, token: Omit<NewToken, 'createdAt' | 'revoked'>): string => {
  const value = newTokenValue(token.kind);
  github.store.addToken(value, { ...token, createdAt: github.now().toISOString(), revoked: false });
  return value;
};
