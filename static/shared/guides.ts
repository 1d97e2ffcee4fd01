import type { ProviderKind } from '../../src/contract/views';

/** Where somebody may want to read on: a file of docs/guides and a part of it. Errors have parts named by their code. */
export const guides = {
  connect: 'admins.md#connect-a-service',
  require: 'admins.md#require-tokens-without-a-revolt',
  errors: 'errors.md',
} as const;

/** How to make a token of a provider; `tokens.md` has a part for each. */
export function tokenGuide(provider: ProviderKind): string {
  return `tokens.md#${provider}`;
}
