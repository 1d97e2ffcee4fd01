import type { ProviderKind } from '../../src/contract/views';

/** Where somebody may want to read on: a file of docs/guides and a part of it. Errors have parts named by their code. */
export const guides = {
  connect: 'admins.md#connect-a-service',
  require: 'admins.md#require-tokens-without-a-revolt',
} as const;

/** How to make a token, by kind of service. */
export const tokenGuides: Readonly<Record<ProviderKind, string>> = {
  github: 'tokens.md#github',
  gitlab: 'tokens.md#gitlab',
  'azure-devops': 'tokens.md#azure-devops',
  codecommit: 'tokens.md#aws-codecommit',
};
