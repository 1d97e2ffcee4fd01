import { randomBytes } from 'node:crypto';
import { isExpired, issue, ownerOf, tokenIn } from '../git-host/credentials.ts';
import type { Account, GitLab } from './context.ts';
import type { TokenRecord } from './store.ts';

/** The account behind a request. */
export type Caller = { account: Account; token: TokenRecord };

export type Authentication =
  | { kind: 'anonymous' }
  | { kind: 'unknown' }
  | { kind: 'revoked'; token: TokenRecord }
  | { kind: 'expired' }
  | { kind: 'known'; caller: Caller };

const find = (gitlab: GitLab, headers: Headers): Caller | undefined =>
  ownerOf(gitlab, headers.get('private-token') ?? tokenIn(headers.get('authorization'), 'bearer'));

/** Reads `PRIVATE-TOKEN`, `Authorization: Bearer`, or Basic with the token as password and any user name. */
export function authenticate(gitlab: GitLab, headers: Headers): Authentication {
  if (headers.get('private-token') === null && headers.get('authorization') === null) return { kind: 'anonymous' };
  const caller = find(gitlab, headers);
  if (caller === undefined) return { kind: 'unknown' };
  if (caller.token.revoked) return { kind: 'revoked', token: caller.token };
  return isExpired(caller.token, gitlab.now()) ? { kind: 'expired' } : { kind: 'known', caller };
}

/** The account of a token, valid or not; for the log of requests. */
export const accountBehind = (gitlab: GitLab, headers: Headers): string | undefined =>
  find(gitlab, headers)?.account.login;

/** A new token: the instance's prefix and 20 characters, as GitLab makes them by default. */
export const issueToken = (gitlab: GitLab, token: Omit<TokenRecord, 'id' | 'createdAt' | 'revoked'>): string =>
  issue(gitlab, `${gitlab.tokenPrefix}${randomBytes(15).toString('base64url')}`, token);

const DENIED: Readonly<Record<Account['state'], string | undefined>> = {
  active: undefined,
  blocked: 'Your account has been blocked.',
  deactivated:
    'Your account has been deactivated by your administrator. Please log back in from a web browser to reactivate your account.',
  unconfirmed:
    'Your primary email address is not confirmed. Please check your inbox for the confirmation instructions. In case the link is expired, you can request a new confirmation email.',
  pending: 'Your account is pending approval from your administrator and hence blocked.',
  terms:
    'You must accept the Terms of Service in order to perform this action. To accept these terms, please access GitLab from a web browser.',
  'password-expired': 'Your password expired. Please access GitLab from a web browser to update your password.',
};

/** Why the account may not do anything, in GitLab's words (`user_access_denied_reason.rb`); undefined when it may. */
export const whyDenied = (account: Account): string | undefined => DENIED[account.state];
