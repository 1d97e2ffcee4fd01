import { ALPHANUMERIC, isExpired, issue, ownerOf, random, tokenIn } from '../git-host/credentials.ts';
import type { Account, GitHub } from './context.ts';
import type { TokenKind, TokenRecord } from './store.ts';

/** The account behind a request. */
export type Caller = { account: Account; token: TokenRecord };

export type Authentication = { kind: 'anonymous' } | { kind: 'bad' } | { kind: 'known'; caller: Caller };

const find = (github: GitHub, authorization: string | null): Caller | undefined =>
  ownerOf(github, tokenIn(authorization, 'bearer', 'token'));

/**
 * Reads an Authorization header: `Bearer T`, `token T`, or Basic with the token as password and any user name. An
 * unknown, expired or revoked token is `bad`; the caller can't see which of the three it is.
 */
export function authenticate(github: GitHub, authorization: string | null): Authentication {
  if (authorization === null) return { kind: 'anonymous' };
  const caller = find(github, authorization);
  if (caller === undefined || caller.token.revoked) return { kind: 'bad' };
  if (caller.token.kind === 'fine-grained' && !github.hasFineGrainedTokens) return { kind: 'bad' };
  return isExpired(caller.token, github.now()) ? { kind: 'bad' } : { kind: 'known', caller };
}

/** The account of a token, valid or not; for the log of requests. */
export const accountBehind = (github: GitHub, authorization: string | null): string | undefined =>
  find(github, authorization)?.account.login;

/** A new token in GitHub's shape: `ghp_` and 36 characters, or `github_pat_` with 22, `_` and 59. */
const newTokenValue = (kind: TokenKind): string =>
  kind === 'classic'
    ? `ghp_${random(ALPHANUMERIC, 36)}`
    : `github_pat_${random(ALPHANUMERIC, 22)}_${random(ALPHANUMERIC, 59)}`;

/** Makes a token. */
export const issueToken = (github: GitHub, token: Omit<TokenRecord, 'id' | 'createdAt' | 'revoked'>): string =>
  issue(github, newTokenValue(token.kind), token);
