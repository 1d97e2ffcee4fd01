import type { ProviderKind } from '../../src/contract/views';
import type { MessageKey } from './translate';

/** Something about a pasted text that makes it unlikely to be the right kind of token. */
export type PasteDoubt = { key: MessageKey; other?: string };

/**
 * The shortest token in use. GitHub: 40 characters (classic, or an old one of hexadecimal digits). GitLab: 20, without a
 * prefix. Azure DevOps: 52. An id of an access key of AWS: 16.
 */
const SHORTEST: Readonly<Record<ProviderKind, number>> = {
  github: 40,
  gitlab: 20,
  'azure-devops': 52,
  codecommit: 16,
};

/** Tokens by what they begin with, and whose they are. */
const shapes: readonly (readonly [RegExp, string, ProviderKind?])[] = [
  [/^(gh[pousr]_|github_pat_)/, 'GitHub', 'github'],
  [/^gl[a-z]{2,5}-/, 'GitLab', 'gitlab'],
  [/^(AKIA|ASIA)[A-Z0-9]{16}$/, 'AWS', 'codecommit'],
  [/^(xox[abprs]-|ATATT3x|npm_)/, 'another service'],
];

/** Looks at a pasted token and says what is odd. A hint, never a verdict: services change the form of their tokens. */
export function doubtAbout(pasted: string, provider: ProviderKind): PasteDoubt | undefined {
  const token = pasted.trim();
  if (token === '') return undefined;
  if (/^https?:\/\//i.test(token)) return { key: 'token.warn.url' };
  if (/\s/.test(token)) return { key: 'token.warn.space' };
  if (provider === 'github' && /^gh[ou]_/.test(token)) return { key: 'token.warn.oauth' };
  if (provider === 'github' && /^gh[sr]_/.test(token)) return { key: 'token.warn.app' };
  const other = shapes.find(([shape, , owner]) => owner !== provider && shape.test(token))?.[1];
  if (other) return { key: 'token.warn.service', other };
  return token.length < SHORTEST[provider] ? { key: 'token.warn.short' } : undefined;
}
