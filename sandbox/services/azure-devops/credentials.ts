import { randomInt } from 'node:crypto';
import type { Account, AzureDevOps } from './context.ts';
import type { Scope, TokenRecord } from './store.ts';

/** Who a request speaks for; a password has every right of its account, a token those of its scopes. */
export type Caller = { account: Account; token: TokenRecord | undefined };

export type Authentication =
  { kind: 'none' } | { kind: 'bad' } | { kind: 'expired' } | { kind: 'known'; caller: Caller };

/** User name and password of a Basic header; a token comes as the password, with any user name. */
const presented = (authorization: string | null): { user: string; password: string } | undefined => {
  const [scheme = '', value = ''] = (authorization ?? '').trim().split(/\s+/);
  if (!/^basic$/i.test(scheme)) return undefined;
  const decoded = Buffer.from(value, 'base64').toString();
  const colon = decoded.indexOf(':');
  return colon === -1 ? undefined : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
};

const withPassword = (service: AzureDevOps, given: { user: string; password: string }): Caller | undefined => {
  const account = service.catalogue.account(given.user);
  return account?.password !== undefined && account.password === given.password
    ? { account, token: undefined }
    : undefined;
};

/** Servers take passwords only where IIS Basic authentication is on, and then no tokens (docs "IIS Basic authentication"). */
const takesPasswords = ({ edition, iisBasic }: AzureDevOps): boolean => !edition.hosted && iisBasic;
const takesTokens = ({ edition, iisBasic }: AzureDevOps): boolean => edition.tokens && (edition.hosted || !iisBasic);

const tokenOf = (service: AzureDevOps, value: string): { account: Account; token: TokenRecord } | undefined => {
  const token = service.store.tokenByValue(value);
  const account = token && service.catalogue.account(token.account);
  return token && account && { token, account };
};

export const authenticate = (service: AzureDevOps, authorization: string | null): Authentication => {
  if (authorization === null) return { kind: 'none' };
  const given = presented(authorization);
  if (given === undefined) return { kind: 'bad' };
  const caller = takesPasswords(service) ? withPassword(service, given) : undefined;
  if (caller !== undefined) return { kind: 'known', caller };
  const found = takesTokens(service) ? tokenOf(service, given.password) : undefined;
  if (found === undefined || found.token.revoked || found.token.organization !== undefined) return { kind: 'bad' };
  const { expiresAt } = found.token;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= service.now().getTime()) return { kind: 'expired' };
  return { kind: 'known', caller: found };
};

/** The account a presented credential belongs to, good or not; for the log of requests. */
export const accountBehind = (service: AzureDevOps, authorization: string | null): string | undefined => {
  const given = presented(authorization);
  return given && (withPassword(service, given) ?? tokenOf(service, given.password))?.account.login;
};

/** `vso.code_write` holds `vso.code` (docs "Scopes"). */
export const hasScope = ({ token }: Caller, scope: Scope): boolean =>
  token === undefined ||
  token.scopes.includes(scope) ||
  (scope === 'vso.code' && token.scopes.includes('vso.code_write'));

const random = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

/** 84 characters with a mark on the hosted service, 52 on servers (`WebApi.js` of azure-devops-node-api knows both). */
export const newTokenValue = ({ edition }: AzureDevOps): string =>
  edition.hosted
    ? `${random('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 76)}AZDO${random('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 4)}`
    : random('abcdefghijklmnopqrstuvwxyz234567', 52);
