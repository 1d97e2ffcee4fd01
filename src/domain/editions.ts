/** The kinds of git service the product knows. */
export type ProviderKind = 'github' | 'gitlab';

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

export type EditionId = 'github.com' | 'gitlab.com' | 'gitlab-self-managed';

export type Edition = {
  id: EditionId;
  provider: ProviderKind;
  /** What people call it: a proper name, never translated. */
  name: string;
  /** The one address it has; `url` where every installation has its own. */
  address: { kind: 'fixed'; url: string } | { kind: 'url' };
  capabilities: Capabilities;
};

const gitLabCapabilities: Capabilities = {
  userTokens: true,
  draftPullRequests: true,
  pullRequestsWithoutCommits: true,
  branchSearch: 'contains',
  // GitLab has no limit of its own: a ref is a path of git's, at most 255 bytes in practice (assumption).
  branchNameBytes: 244,
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
  'gitlab.com': {
    id: 'gitlab.com',
    provider: 'gitlab',
    name: 'GitLab',
    address: { kind: 'fixed', url: 'https://gitlab.com' },
    capabilities: gitLabCapabilities,
  },
  'gitlab-self-managed': {
    id: 'gitlab-self-managed',
    provider: 'gitlab',
    name: 'GitLab',
    address: { kind: 'url' },
    capabilities: gitLabCapabilities,
  },
};

export const editionIds = Object.keys(editions) as readonly EditionId[];
