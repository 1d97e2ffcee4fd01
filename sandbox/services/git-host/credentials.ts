import { randomInt } from 'node:crypto';
import type { Store, Token } from './store.ts';

/** User name and password of a Basic header. */
export function basicOf(authorization: string | null): { user: string; password: string } | undefined {
  const [, value = ''] = /^\s*basic\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? [];
  return user === undefined || password === undefined ? undefined : { user, password };
}

/** A token that comes after one of the schemes (`bearer`), or as the password of a Basic header with any user name. */
export function tokenIn(authorization: string | null, ...schemes: string[]): string | undefined {
  const [scheme = '', ...rest] = (authorization ?? '').trim().split(/\s+/);
  return schemes.includes(scheme.toLowerCase()) ? rest.join(' ') : basicOf(authorization)?.password;
}

type Behind<TokenRecord extends Token, Account> = {
  store: Pick<Store<TokenRecord>, 'tokenByValue'>;
  catalogue: { account(login: string): Account | undefined };
};

/** The token of a value and its account, whether it is still valid or not. */
export function ownerOf<TokenRecord extends Token, Account>(
  { store, catalogue }: Behind<TokenRecord, Account>,
  value: string | undefined,
): { token: TokenRecord; account: Account } | undefined {
  const token = value === undefined ? undefined : store.tokenByValue(value);
  const account = token && catalogue.account(token.account);
  return token && account && { token, account };
}

export const isExpired = ({ expiresAt }: Token, now: Date): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime();

export const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `length` random characters of an alphabet. */
export const random = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

/** Stores a new token, and returns its value: nothing else contains it. */
export function issue<TokenRecord extends Token>(
  { store, now }: { store: Pick<Store<TokenRecord>, 'addToken'>; now: () => Date },
  value: string,
  token: Omit<TokenRecord, 'id' | 'createdAt' | 'revoked'>,
): string {
  const record = { ...token, createdAt: now().toISOString(), revoked: false };
  store.addToken(value, record as unknown as Omit<TokenRecord, 'id'>);
  return value;
}
