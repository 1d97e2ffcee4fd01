import type { ProviderKind } from '../../src/contract/views';
import type { MessageKey } from './translate';

/** Something about a pasted text that makes it unlikely to be the right kind of token. */
export type PasteDoubt = { key: MessageKey; other?: string };

/** GitHub: the shortest token in use is 40 characters (classic, or an old one of hexadecimal digits). */
const SHORTEST: Readonly<Record<ProviderKind, number>> = { github: 40 };

const foreign: readonly (readonly [RegExp, string])[] = [
  [/^gl[a-z]{2,4}-/, 'GitLab'],
  [/^AKIA[A-Z0-9]{16}$/, 'AWS'],
  [/^(xox[abprs]-|ATATT3x|npm_)/, 'another service'],
];

/** Looks at a pasted token and says what is odd. A hint, never a verdict: services change the form of their tokens. */
export function doubtAbout(pasted: string, provider: ProviderKind): PasteDoubt | undefined {
  const token = pasted.trim();
  if (token === '') return undefined;
  if (/^https?:\/\//i.test(token)) return { key: 'token.warn.url' };
  if (/\s/.test(token)) return { key: 'token.warn.space' };
  if (/^gh[ou]_/.test(token)) return { key: 'token.warn.oauth' };
  if (/^gh[sr]_/.test(token)) return { key: 'token.warn.app' };
  const other = foreign.find(([shape]) => shape.test(token))?.[1];
  if (other) return { key: 'token.warn.service', other };
  return token.length < SHORTEST[provider] ? { key: 'token.warn.short' } : undefined;
}
