import { regions } from './aws-regions';

/** The kinds of git service the product knows. */
export type ProviderKind = 'github' | 'codecommit';

/** What an edition of a service can do. Data, so that pages and rules ask it instead of trying. */
export type Capabilities = {
  /** People can make personal access tokens there. */
  userTokens: boolean;
  draftPullRequests: boolean;
  /** A pull request may be opened while the source has no commit that the target lacks. */
  pullRequestsWithoutCommits: boolean;
  /** How the service itself finds branches by name. */
  branchSearch: 'contains' | 'prefix' | 'none';
  /** The longest branch name in UTF-8 bytes, without `refs/heads/`. */
  branchNameBytes: number;
};

export type EditionId = 'github.com' | 'codecommit';

export type Edition = {
  id: EditionId;
  provider: ProviderKind;
  /** What people call it: a proper name, never translated. */
  name: string;
  /** The one address it has; `url` where every installation has its own; `region` where it is a region of AWS. */
  address: { kind: 'fixed'; url: string } | { kind: 'url' } | { kind: 'region'; regions: readonly string[] };
  capabilities: Capabilities;
};

/** Every edition the product serves. */
export const editions: Readonly<Record<EditionId, Edition>> = {
  'github.com': {
    id: 'github.com',
    provider: 'github',
    name: 'GitHub',
    address: { kind: 'fixed', url: 'https://github.com' },
    capabilities: {
      userTokens: true,
      draftPullRequests: true,
      pullRequestsWithoutCommits: false,
      branchSearch: 'contains',
      // A ref of GitHub is at most 255 bytes with `refs/heads/` (assumption).
      branchNameBytes: 244,
    },
  },
  codecommit: {
    id: 'codecommit',
    provider: 'codecommit',
    name: 'AWS CodeCommit',
    address: { kind: 'region', regions },
    capabilities: {
      userTokens: true,
      draftPullRequests: false,
      // Its API names no refusal for it (assumption).
      pullRequestsWithoutCommits: true,
      branchSearch: 'none',
      // `BranchName` in its API model: 1 to 256 characters.
      branchNameBytes: 256,
    },
  },
};

export const editionIds = Object.keys(editions) as readonly EditionId[];
