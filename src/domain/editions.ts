/** The kinds of git service the product knows. */
export type ProviderKind = 'github';

/** What an edition of a service can do. Data, so that pages and rules ask it instead of trying. */
export type Capabilities = {
  /** People can make personal access tokens there. */
  userTokens: boolean;
  draftPullRequests: boolean;
  /** A pull request may be opened while the source has no commit that the target lacks. */
  pullRequestsWithoutCommits: boolean;
  /** How the service itself finds branches by name. */
  branchSearch: 'contains' | 'prefix' | 'none';
  /** The service does not tell when a token ends, so its person may. */
  tokenEndUntold?: true;
  /** The longest branch name in UTF-8 bytes, without `refs/heads/`. */
  branchNameBytes: number;
};

export type EditionId = 'github.com' | 'ghe.com' | 'ghes';

/** How an edition is addressed; `address.ts` checks what an admin types by it. */
export type AddressRule =
  /** There is one, and nothing to type. */
  | { kind: 'fixed'; url: string }
  /** Every customer has a name of its own under this domain: `https://NAME.ghe.com`. */
  | { kind: 'subdomain'; of: string }
  /** Every installation has an https address of its own, perhaps with a path; `collection`: the path says which part. */
  | { kind: 'url'; collection?: true }
  /** An organization of Azure DevOps Services: `https://dev.azure.com/NAME`. */
  | { kind: 'azure-organization' }
  /** A region of AWS: `eu-central-1`; any of that form is taken, `regions` are those known. */
  | { kind: 'region'; regions: readonly string[] };

export type Edition = {
  id: EditionId;
  provider: ProviderKind;
  /** What people call it: a proper name, never translated. */
  name: string;
  address: AddressRule;
  capabilities: Capabilities;
};

const gitHub: Capabilities = {
  userTokens: true,
  draftPullRequests: true,
  pullRequestsWithoutCommits: false,
  branchSearch: 'contains',
  // A ref of GitHub is at most 255 bytes with `refs/heads/` (assumption).
  branchNameBytes: 244,
};

/** Every edition the product serves. */
export const editions: Readonly<Record<EditionId, Edition>> = {
  'github.com': {
    id: 'github.com',
    provider: 'github',
    name: 'GitHub',
    address: { kind: 'fixed', url: 'https://github.com' },
    capabilities: gitHub,
  },
  'ghe.com': {
    id: 'ghe.com',
    provider: 'github',
    name: 'GitHub Enterprise Cloud',
    address: { kind: 'subdomain', of: 'ghe.com' },
    capabilities: gitHub,
  },
  ghes: {
    id: 'ghes',
    provider: 'github',
    name: 'GitHub Enterprise Server',
    address: { kind: 'url' },
    capabilities: gitHub,
  },
};

export const editionIds = Object.keys(editions) as readonly EditionId[];
