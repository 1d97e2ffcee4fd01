import { ALPHANUMERIC, basicOf, isExpired, ownerOf, random } from '../git-host/credentials.ts';
import type { Account, AzureDevOps } from './context.ts';
import type { Scope, TokenRecord } from './store.ts';

/** The account behind a request. A password has every right of its account, a token those of its scopes. */
export type Caller = { account: Account; token: TokenRecord | undefined };

export type Authentication =
  { kind: 'none' } | { kind: 'bad' } | { kind: 'expired' } | { kind: 'known'; caller: Caller };

function withPassword(service: AzureDevOps, given: { user: string; password: string }): Caller | undefined {
  const account = service.catalogue.account(given.user);
  return account?.password !== undefined && account.password === given.password
    ? { account, token: undefined }
    : undefined;
}

/** Servers take passwords only where IIS Basic authentication is on, and then no tokens (docs "IIS Basic authentication"). */
const takesPasswords = ({ edition, iisBasic }: AzureDevOps): boolean => !edition.hosted && iisBasic;
const takesTokens = ({ edition, iisBasic }: AzureDevOps): boolean => edition.tokens && (edition.hosted || !iisBasic);

/** A token comes as the password, with any user name. */
export function authenticate(service: AzureDevOps, authorization: string | null): Authentication {
  if (authorization === null) return { kind: 'none' };
  const given = basicOf(authorization);
  if (given === undefined) return { kind: 'bad' };
  const caller = takesPasswords(service) ? withPassword(service, given) : undefined;
  if (caller !== undefined) return { kind: 'known', caller };
  const found = takesTokens(service) ? ownerOf(service, given.password) : undefined;
  if (found === undefined || found.token.revoked || found.token.organization !== undefined) return { kind: 'bad' };
  return isExpired(found.token, service.now()) ? { kind: 'expired' } : { kind: 'known', caller: found };
}

/** The account of a credential, valid or not; for the log of requests. */
export function accountBehind(service: AzureDevOps, authorization: string | null): string | undefined {
  const given = basicOf(authorization);
  return given && (withPassword(service, given) ?? ownerOf(service, given.password))?.account.login;
}

/** `vso.code_write` holds `vso.code` (docs "Scopes"). */
export const hasScope = ({ token }: Caller, scope: Scope): boolean =>
  token === undefined ||
  token.scopes.includes(scope) ||
  (scope === 'vso.code' && token.scopes.includes('vso.code_write'));

/** 84 characters with a mark on the hosted service, 52 on servers (`WebApi.js` of azure-devops-node-api knows both). */
export const newTokenValue = ({ edition }: AzureDevOps): string =>
  edition.hosted
    ? `${random(ALPHANUMERIC, 76)}AZDO${random(ALPHANUMERIC, 4)}`
    : random('abcdefghijklmnopqrstuvwxyz234567', 52);
