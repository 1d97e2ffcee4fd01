import type { ProviderKind } from '../../src/contract/views';
import { providers } from './providers';
import type { MessageKey } from './translate';

/** Something about a pasted text that makes it unlikely to be the right kind of token. */
export type PasteDoubt = { key: MessageKey; other?: string };

/** Looks at a pasted token and says what is odd. A hint, never a verdict: services change the form of their tokens. */
export function doubtAbout(pasted: string, provider: ProviderKind): PasteDoubt | undefined {
  const token = pasted.trim();
  if (token === '') return undefined;
  if (/^https?:\/\//i.test(token)) return { key: 'token.warn.url' };
  if (/\s/.test(token)) return { key: 'token.warn.space' };
  if (provider === 'github' && /^gh[ou]_/.test(token)) return { key: 'token.warn.oauth' };
  if (provider === 'github' && /^gh[sr]_/.test(token)) return { key: 'token.warn.app' };
  const other = otherServiceOf(token, provider);
  if (other !== undefined) return { key: 'token.warn.service', other };
  return token.length < providers[provider].shortestToken ? { key: 'token.warn.short' } : undefined;
}

function otherServiceOf(token: string, provider: ProviderKind): string | undefined {
  const found = Object.values(providers).find(({ tokens }) => tokens?.form.test(token));
  if (found === providers[provider]) return undefined;
  return found?.tokens?.of ?? (/^(xox[abprs]-|ATATT3x|npm_)/.test(token) ? 'another service' : undefined);
}
