import type { ProviderKind } from '../../src/contract/views';
import type { PastedCredential } from '../../src/domain/credential';

/** What pages know of a provider beside its words in `locales/` and the steps in `token-help.tsx`. */
export type ProviderFacts = {
  /** An outline of our own in a square of 12, to tell cards apart at a glance. */
  mark: string;
  /** What a person signs in with. */
  credential: PastedCredential['kind'];
  /** Of a token in use, or of the id of an access key, in characters. */
  shortestToken: number;
  /** What its tokens begin with, and what to call their service; absent where they have no form of their own. */
  tokens?: { form: RegExp; of: string };
  /** Where it shows what a pull request would bring, below the repository's address; absent where it has no such page. */
  comparePath?: (source: string, target: string) => string;
};

const path = (branch: string): string => branch.split('/').map(encodeURIComponent).join('/');

/**
 * Shortest tokens: GitHub's classic ones have 40 characters, as its old ones of hexadecimal digits; GitLab's 20 without a prefix.
 * Compare pages: GitHub's docs page "Comparing commits", GitLab's "Compare revisions"; Azure DevOps: the address its own *Compare
 * branches* page has.
 */
export const providers: Readonly<Record<ProviderKind, ProviderFacts>> = {
  github: {
    mark: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
    credential: 'token',
    shortestToken: 40,
    tokens: { form: /^(gh[pousr]_|github_pat_)/, of: 'GitHub' },
    comparePath: (source, target) => `/compare/${path(target)}...${path(source)}`,
  },
  gitlab: {
    mark: 'M6 0.5 11.5 6 6 11.5 0.5 6Z',
    credential: 'token',
    shortestToken: 20,
    tokens: { form: /^gl[a-z]{2,5}-/, of: 'GitLab' },
    comparePath: (source, target) => `/-/compare/${path(target)}...${path(source)}`,
  },
  'azure-devops': {
    mark: 'M3.5 1h5L11.5 6l-3 5h-5L0.5 6Z',
    credential: 'token',
    shortestToken: 52,
    comparePath: (source, target) =>
      `/branchCompare?baseVersion=GB${encodeURIComponent(target)}&targetVersion=GB${encodeURIComponent(source)}`,
  },
  codecommit: {
    mark: 'M2 1h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V2a1 1 0 0 1 1-1Z',
    credential: 'access-key',
    shortestToken: 16,
    tokens: { form: /^(AKIA|ASIA)[A-Z0-9]{16}$/, of: 'AWS' },
  },
};
