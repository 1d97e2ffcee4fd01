import type { PageError } from '../../src/contract/errors';
import type { ProviderKind } from '../../src/contract/views';

/** Where somebody may want to read on: a file of docs/guides and a part of it. */
export const guides = {
  connect: 'admins.md#connect-a-service',
  require: 'admins.md#require-tokens-without-a-revolt',
} as const;

const tokenParts: Readonly<Record<ProviderKind, string>> = {
  github: 'github',
  gitlab: 'gitlab',
  'azure-devops': 'azure-devops',
  codecommit: 'aws-codecommit',
};

/** How to make a token, for one kind of service. */
export function tokenGuide(provider: ProviderKind): string {
  return `tokens.md#${tokenParts[provider]}`;
}

/** What an error means, and who can do something about it. */
export function errorGuide({ code }: Pick<PageError, 'code'>): string {
  return `errors.md#${code}`;
}

/** The address of a guide; nothing where the app was built without one (docs/deploy.md, `GUIDES_URL`). */
export function guideUrl(guide: string): string | undefined {
  const folder = document.querySelector<HTMLMetaElement>('meta[name="guides"]')?.content;
  return folder ? `${folder}/${guide}` : undefined;
}
