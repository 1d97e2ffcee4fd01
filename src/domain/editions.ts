import type { Cut } from './pasted-address';
import { regions } from './aws-regions';

/** The kinds of git service the product knows. */
export type ProviderKind = 'github' | 'gitlab' | 'azure-devops' | 'codecommit';

/** What an edition of a service can do. Data, so that pages and rules ask it instead of trying. */
export type Capabilities = {
  /** People can make personal access tokens there. */
  userTokens: boolean;
  draftPullRequests: boolean;
  /** A pull request may be opened while the source has no commit that the target lacks. */
  pullRequestsWithoutCommits: boolean;
  /** How the service itself finds branches by name. */
  branchSearch: 'contains' | 'prefix' | 'none';
  /**
   * People can be asked to review a pull request, and are found among everybody with access, or among those of the newest pull
   * requests and pushes.
   */
  reviewers?: 'everybody' | 'recent';
  /** The service does not tell when a token ends, so its person may. */
  tokenEndUntold?: true;
  /** The longest branch name in UTF-8 bytes, without `refs/heads/`. */
  branchNameBytes: number;
  /** The longest title and description of a pull request, in characters (code points). */
  longestTitle: number;
  longestDescription: number;
  /** Both are counted in UTF-16 units there. */
  countsUtf16?: true;
  /** What a draft's title begins with, where nothing else makes it one. */
  draftPrefix?: string;
};

export type EditionId =
  | 'github.com'
  | 'ghe.com'
  | 'ghes'
  | 'gitlab.com'
  | 'gitlab-self-managed'
  | 'azure-devops'
  | 'azure-devops-server-2022'
  | 'azure-devops-server-2020'
  | 'azure-devops-server-2019'
  | 'tfs-2018'
  | 'tfs-2017'
  | 'tfs-2015'
  | 'tfs-2013'
  | 'codecommit';

/** How an edition is addressed; `address.ts` checks what an admin types by it. */
export type AddressRule =
  /** There is one, and nothing to type. */
  | { kind: 'fixed'; url: string }
  /** Every customer has a name of its own under this domain: `https://NAME.ghe.com`. */
  | { kind: 'subdomain'; of: string }
  /**
   * Every installation has an https address of its own, perhaps with a path; `collection`: the path says which part. `cut`: how much
   * of a copied address is needed.
   */
  | { kind: 'url'; collection?: true; cut?: Cut }
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
  /** Where its API is, seen from there; absent: at the same address. A region has its own rule (`service.ts`). */
  api?: { subdomain: string } | { path: string };
  capabilities: Capabilities;
};

const gitHub: Capabilities = {
  userTokens: true,
  draftPullRequests: true,
  reviewers: 'everybody',
  pullRequestsWithoutCommits: false,
  branchSearch: 'contains',
  // A ref of GitHub is at most 255 bytes with `refs/heads/` (assumption).
  branchNameBytes: 244,
  // Its own refusals: "title is too long (maximum is 256 characters)" (googleapis/repo-automation-bots#1895), "body is too long
  // (maximum is 65536 characters)" (renovatebot/renovate#2032).
  longestTitle: 256,
  longestDescription: 65_536,
};

const gitLabCapabilities: Capabilities = {
  userTokens: true,
  draftPullRequests: true,
  // Since 13.9; the API of 13.8 took none for a request that is there (gitlab#299846).
  reviewers: 'everybody',
  pullRequestsWithoutCommits: true,
  branchSearch: 'contains',
  // GitLab has no limit of its own: a ref is a path of git's, at most 255 bytes in practice (assumption).
  branchNameBytes: 244,
  // `app/models/concerns/issuable.rb`: TITLE_LENGTH_MAX and DESCRIPTION_LENGTH_MAX.
  longestTitle: 255,
  longestDescription: 1_048_576,
  draftPrefix: 'Draft: ',
};

/** What the editions of Azure DevOps have in common. Sources: learn.microsoft.com "REST API versioning" and the specs of each version. */
const azureDevOps: Readonly<Capabilities> = {
  userTokens: true,
  draftPullRequests: true,
  reviewers: 'recent',
  // The service takes a pull request without commits (assumption: no refusal is documented).
  pullRequestsWithoutCommits: true,
  branchSearch: 'contains',
  // 400 characters with `refs/heads/` (`GitConstants.MaxGitRefNameLength`; the value is an assumption), counted in bytes to be safe.
  branchNameBytes: 389,
  // "must not be longer than 4000 characters" is its refusal (scala-steward#3543). Of a title none is published: 400 (assumption).
  longestTitle: 400,
  longestDescription: 4_000,
  countsUtf16: true,
  tokenEndUntold: true,
};
/** API 4.1 and older: no `filterContains`, no `isDraft`. */
const tfs: Readonly<Capabilities> = { ...azureDevOps, draftPullRequests: false, branchSearch: 'prefix' };
const { reviewers: _, ...tfsWithoutReviewers } = tfs;
/** Personal access tokens came with TFS 2017; so did, without `-preview`, asking people to review (docs of the previous APIs). */
const tfsWithoutTokens: Readonly<Capabilities> = { ...tfsWithoutReviewers, userTokens: false };

/** Every edition the product serves. */
export const editions: Readonly<Record<EditionId, Edition>> = {
  'github.com': {
    id: 'github.com',
    provider: 'github',
    name: 'GitHub',
    address: { kind: 'fixed', url: 'https://github.com' },
    api: { subdomain: 'api' },
    capabilities: gitHub,
  },
  'ghe.com': {
    id: 'ghe.com',
    provider: 'github',
    name: 'GitHub Enterprise Cloud',
    address: { kind: 'subdomain', of: 'ghe.com' },
    api: { subdomain: 'api' },
    capabilities: gitHub,
  },
  ghes: {
    id: 'ghes',
    provider: 'github',
    name: 'GitHub Enterprise Server',
    address: { kind: 'url', cut: 'installation' },
    api: { path: '/api/v3' },
    capabilities: gitHub,
  },
  'gitlab.com': {
    id: 'gitlab.com',
    provider: 'gitlab',
    name: 'GitLab',
    address: { kind: 'fixed', url: 'https://gitlab.com' },
    api: { path: '/api/v4' },
    capabilities: gitLabCapabilities,
  },
  'gitlab-self-managed': {
    id: 'gitlab-self-managed',
    provider: 'gitlab',
    name: 'GitLab',
    address: { kind: 'url', cut: 'installation' },
    api: { path: '/api/v4' },
    capabilities: gitLabCapabilities,
  },
  'azure-devops': {
    id: 'azure-devops',
    provider: 'azure-devops',
    name: 'Azure DevOps',
    address: { kind: 'azure-organization' },
    capabilities: azureDevOps,
  },
  'azure-devops-server-2022': {
    id: 'azure-devops-server-2022',
    provider: 'azure-devops',
    name: 'Azure DevOps Server 2022',
    address: { kind: 'url', collection: true, cut: 'collection' },
    capabilities: azureDevOps,
  },
  'azure-devops-server-2020': {
    id: 'azure-devops-server-2020',
    provider: 'azure-devops',
    name: 'Azure DevOps Server 2020',
    address: { kind: 'url', collection: true, cut: 'collection' },
    capabilities: azureDevOps,
  },
  'azure-devops-server-2019': {
    id: 'azure-devops-server-2019',
    provider: 'azure-devops',
    name: 'Azure DevOps Server 2019',
    address: { kind: 'url', collection: true, cut: 'collection' },
    capabilities: azureDevOps,
  },
  'tfs-2018': {
    id: 'tfs-2018',
    provider: 'azure-devops',
    name: 'TFS 2018',
    address: { kind: 'url', collection: true, cut: 'collection' },
    capabilities: tfs,
  },
  'tfs-2017': {
    id: 'tfs-2017',
    provider: 'azure-devops',
    name: 'TFS 2017',
    address: { kind: 'url', collection: true, cut: 'collection' },
    capabilities: tfs,
  },
  'tfs-2015': {
    id: 'tfs-2015',
    provider: 'azure-devops',
    name: 'TFS 2015',
    address: { kind: 'url', collection: true, cut: 'collection' },
    capabilities: tfsWithoutTokens,
  },
  'tfs-2013': {
    id: 'tfs-2013',
    provider: 'azure-devops',
    name: 'TFS 2013',
    address: { kind: 'url', collection: true, cut: 'collection' },
    capabilities: tfsWithoutTokens,
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
      // `Title` and `Description` in its API model.
      longestTitle: 150,
      longestDescription: 10_240,
    },
  },
};

export const editionIds = Object.keys(editions) as readonly EditionId[];
