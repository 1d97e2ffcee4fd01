import type { ProviderKind } from '../../src/contract/views';
import { factsOf, providers } from '../../src/domain/editions';
import type { MessageKey } from './translate';

/** Something about a pasted text that makes it unlikely to be the right kind of token. */
export type PasteDoubt = { key: MessageKey; other?: string };

/** Looks at a pasted token and says what is odd. A hint, never a verdict: services change the form of their tokens. */
export function doubtAbout(pasted: string, provider: ProviderKind): PasteDoubt | undefined {
  const token = pasted.trim();
  if (token === '') return undefined;
  if (/^https?:\/\//i.test(token)) return { key: 'token.warn.url' };
  if (/\s/.test(token)) return { key: 'token.warn.space' };
  const facts = factsOf(provider);
  const useless = facts.uselessTokens?.find(({ form }) => form.test(token));
  if (useless !== undefined) return { key: useless.sentence };
  const other = otherServiceOf(token, provider);
  if (other !== undefined) return { key: 'token.warn.service', other };
  return token.length < facts.shortestToken ? { key: 'token.warn.short' } : undefined;
}

function otherServiceOf(token: string, provider: ProviderKind): string | undefined {
  const found = providers.find(({ tokens }) => tokens?.form.test(token));
  if (found?.kind === provider) return undefined;
  return found?.tokens?.of ?? (/^(xox[abprs]-|ATATT3x|npm_)/.test(token) ? 'another service' : undefined);
}
