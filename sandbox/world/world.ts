// cspell:ignore AADSTS
import { siteSchema } from 'local-forge';
import { z } from 'zod';
import { codeCommitService } from './codecommit.ts';

/** More files of the default branch: text by path. */
const files = z.record(z.string(), z.string()).default({});

const gitHubAccount = z.object({ login: z.string(), name: z.string(), email: z.string() });

const gitHubOrganization = z.object({
  login: z.string(),
  members: z.array(z.string()).default([]),
  /** SAML single sign-on: a classic token must be authorized for the organization before it sees anything of it. */
  sso: z.boolean().default(false),
  /** The organization refuses classic tokens. */
  classicTokens: z.boolean().default(true),
  /** An IP allow list that never contains the caller. */
  ipAllowList: z.boolean().default(false),
  /** Fine-grained tokens reach nothing private of it until one of its owners approves them. */
  tokenApproval: z.boolean().default(false),
  /** Tokens that live longer, or for ever, are refused. */
  longestTokenDays: z.number().int().min(1).optional(),
});

const gitHubRepository = z.object({
  owner: z.string(),
  name: z.string(),
  /** Names it had before it was renamed or transferred: `acme/old`. REST redirects from them, GraphQL follows. */
  formerNames: z.array(z.string()).default([]),
  /** Shows the git content of this repository of the same owner: thousands of repositories for the price of one, to be read only. */
  like: z.string().optional(),
  description: z.string().default(''),
  private: z.boolean().default(true),
  archived: z.boolean().default(false),
  defaultBranch: z.string().default('main'),
  /** A repository without a single commit. */
  empty: z.boolean().default(false),
  /** login -> right. The owner of a personal repository has `admin` without being named. */
  collaborators: z.record(z.string(), z.enum(['read', 'write', 'admin'])).default({}),
  /** Branches besides the default one; each starts at the default branch, with `commits` commits of its own. */
  branches: z
    .array(
      z.object({
        name: z.string(),
        commits: z.number().int().min(0).default(0),
        protected: z.boolean().default(false),
      }),
    )
    .default([]),
  /** Ruleset patterns (`release/*`) under which nobody may create or delete a branch through the API. */
  restrictedBranches: z.array(z.string()).default([]),
  /** A ruleset: a regular expression that names of new branches must match. */
  branchNamePattern: z.string().optional(),
  /** A ruleset: commits must be signed, and none here is. */
  signedCommits: z.boolean().default(false),
  /** The plan has draft pull requests. */
  drafts: z.boolean().default(true),
  /** Locked while it is migrated: nothing can be written. */
  locked: z.boolean().default(false),
  labels: z.array(z.string()).default([]),
  files,
});

const gitHubToken = z.object({
  account: z.string(),
  /** The token's value, for worlds of tests only: in the demo world people make tokens on the token page. */
  value: z.string(),
  kind: z.enum(['classic', 'fine-grained']).default('classic'),
  scopes: z.array(z.string()).default([]),
  /** Fine-grained only: the one resource owner, and its permissions, e.g. `{ contents: 'write', pull_requests: 'write' }`. */
  resourceOwner: z.string().optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write'])).default({}),
  expiresAt: z.iso.datetime().optional(),
  revoked: z.boolean().default(false),
  /** Organizations with SSO for which this classic token is authorized. */
  authorizedOrganizations: z.array(z.string()).default([]),
});

export const gitHubService = z.object({
  kind: z.literal('github'),
  /** `ghes`: a server of one's own, with everything on `webHost` (write the same as `apiHost`) and no rate limits. */
  edition: z.enum(['github.com', 'ghe.com', 'ghes']).default('github.com'),
  /** Of a `ghes`: `3.19.2`. Before 3.10 it has no fine-grained tokens. */
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .optional(),
  /** Of a `ghes`: the path under the host where everything is, `/ghe`. */
  path: z
    .string()
    .regex(/^(\/[a-z0-9-]+)*$/)
    .default(''),
  /** The host for browsers and git. */
  webHost: z.string().default('github.com'),
  apiHost: z.string().default('api.github.com'),
  accounts: z.array(gitHubAccount),
  organizations: z.array(gitHubOrganization).default([]),
  repositories: z.array(gitHubRepository),
  tokens: z.array(gitHubToken).default([]),
});

const gitLabRole = z.enum(['guest', 'reporter', 'developer', 'maintainer', 'owner']);

const gitLabAccount = z.object({
  login: z.string(),
  name: z.string(),
  email: z.string(),
  /** Why GitLab turns the account's requests away, if it does. */
  state: z
    .enum(['active', 'blocked', 'deactivated', 'unconfirmed', 'pending', 'terms', 'password-expired'])
    .default('active'),
  /** The user behind a project's or a group's access token. */
  bot: z.boolean().default(false),
});

const gitLabGroup = z.object({
  /** Full path: `acme/platform` is a subgroup of `acme`, which must exist too. */
  path: z.string().regex(/^[^/]+(\/[^/]+)*$/),
  /** login -> role, in the group and all below it. */
  members: z.record(z.string(), gitLabRole).default({}),
  /** Tokens must come with proof of possession (DPoP), which this simulation never accepts. */
  dpop: z.boolean().default(false),
});

const gitLabProject = z.object({
  /** Full path, below a group or an account's login. */
  path: z.string().regex(/^[^/]+(\/[^/]+)+$/),
  /** Its name on the pages; by default the last part of the path. */
  name: z.string().optional(),
  description: z.string().default(''),
  private: z.boolean().default(true),
  archived: z.boolean().default(false),
  defaultBranch: z.string().default('main'),
  /** A repository without a single commit. */
  empty: z.boolean().default(false),
  members: z.record(z.string(), gitLabRole).default({}),
  branches: gitHubRepository.shape.branches,
  /** Wildcards (`release/*`) of branches only maintainers may create, push to and delete. The default branch always is one. */
  protectedBranches: z.array(z.string()).default([]),
  /** A push rule: a regular expression that names of new branches must match. */
  branchNamePattern: z.string().optional(),
  /** The refusal of a server hook for every new branch, line by line as git gets it. */
  hookSays: z.string().optional(),
  /** Its full paths from before a rename or move. They redirect reads, and refuse everything else. */
  formerPaths: z.array(z.string()).default([]),
  files,
  labels: z.array(z.string()).default([]),
  /** Paid plans: the people who have to approve merge requests into these protected branches, or into any. */
  approvalRules: z
    .array(
      z.object({
        name: z.string(),
        count: z.number().int().min(0),
        users: z.array(z.string()).default([]),
        branches: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  /** The setting *Default description template for merge requests*, of paid plans. */
  mergeRequestsTemplate: z.string().optional(),
});

const gitLabToken = z.object({
  account: z.string(),
  /** The token's value, for worlds of tests only. */
  value: z.string(),
  scopes: z.array(z.string()).default([]),
  /** Makes it a fine-grained token with these permissions (`Branch: Create`). */
  granular: z.array(z.string()).optional(),
  /** It expires at midnight UTC as this day begins. */
  expiresAt: z.iso.date().optional(),
  revoked: z.boolean().default(false),
});

export const gitLabService = z.object({
  kind: z.literal('gitlab'),
  webHost: z.string().default('gitlab.com'),
  /** Its path under the host: `/gitlab`, or nothing. */
  path: z
    .string()
    .regex(/^(\/[\w.-]+)*$/)
    .default(''),
  version: z.enum(['12.7', '15.4', '16.5', 'current']).default('current'),
  /** In maintenance mode: everything can be read, and nothing written. */
  readOnly: z.boolean().default(false),
  /** The prefix of tokens; administrators can change it. */
  tokenPrefix: z.string().default('glpat-'),
  /** A paid plan: a merge request may have several reviewers. */
  premium: z.boolean().default(false),
  accounts: z.array(gitLabAccount),
  groups: z.array(gitLabGroup).default([]),
  projects: z.array(gitLabProject),
  tokens: z.array(gitLabToken).default([]),
});

const azureDevOpsEdition = z.enum([
  'azure-devops',
  'azure-devops-server-2022',
  'azure-devops-server-2020',
  'azure-devops-server-2019',
  'tfs-2018',
  'tfs-2017',
  'tfs-2015',
  'tfs-2013',
]);

const azureDevOpsAccount = z.object({
  /** The name that people sign in with, and that tests use. */
  login: z.string(),
  name: z.string(),
  email: z.string(),
  /** They never signed in to this organization with a browser, so each of their tokens is refused. */
  neverSignedIn: z.boolean().default(false),
  /** The refusal of the organization's directory for each of their tokens (`AADSTS50076: …`, `VS403463: …`). */
  directorySays: z.string().optional(),
  /** For Basic authentication of servers; without one the account has tokens only. */
  password: z.string().optional(),
});

const azureDevOpsRepository = z.object({
  project: z.string(),
  name: z.string(),
  /** Switched off by an administrator: it is listed, and everything else is refused. */
  disabled: z.boolean().default(false),
  defaultBranch: z.string().default('main'),
  /** A repository without a single commit. */
  empty: z.boolean().default(false),
  /**
   * login -> right; people without one don't see the repository. `contribute` creates branches and pull requests and deletes
   * the branches it created, `no-branches` is `contribute` without creating branches, `admin` deletes any branch.
   */
  rights: z.record(z.string(), z.enum(['read', 'no-branches', 'contribute', 'admin'])).default({}),
  /** Branches besides the default one; each starts at the default branch. `lockedBy` is a login. */
  branches: z
    .array(
      z.object({
        name: z.string(),
        commits: z.number().int().min(0).default(0),
        lockedBy: z.string().optional(),
      }),
    )
    .default([]),
  /** Patterns (`release/*`) of branches with a policy: nobody creates or deletes one directly. */
  policies: z.array(z.string()).default([]),
  /** Policies of branches, by name: required reviewers (logins), and the number of approvals. */
  reviewPolicies: z
    .record(z.string(), z.object({ required: z.array(z.string()).default([]), approvals: z.number().default(0) }))
    .default({}),
  /** Patterns of the only folders in which branches may be created; anywhere when empty. */
  branchFolders: z.array(z.string()).default([]),
  /** Names that differ in case only cannot both exist. */
  caseEnforcement: z.boolean().default(false),
  files,
});

const azureDevOpsToken = z.object({
  account: z.string(),
  /** The token's value, for worlds of tests only. */
  value: z.string(),
  scopes: z.array(z.enum(['vso.code', 'vso.code_write', 'vso.work'])).default([]),
  expiresAt: z.iso.datetime().optional(),
  revoked: z.boolean().default(false),
  /** Another organization that the token is limited to, so it is refused here. */
  organization: z.string().optional(),
});

export const azureDevOpsService = z.object({
  kind: z.literal('azure-devops'),
  edition: azureDevOpsEdition.default('azure-devops'),
  webHost: z.string().default('dev.azure.com'),
  /** The organization, or the path to the collection (`tfs/DefaultCollection`, `My Collection`), not encoded. */
  collection: z.string(),
  /** Servers: IIS Basic authentication is on. People may sign in with a password; every token is refused. */
  iisBasic: z.boolean().default(false),
  accounts: z.array(azureDevOpsAccount),
  repositories: z.array(azureDevOpsRepository),
  tokens: z.array(azureDevOpsToken).default([]),
});

export const worldSchema = z.object({
  sites: z.array(siteSchema).min(1),
  services: z.array(
    z.discriminatedUnion('kind', [gitHubService, gitLabService, azureDevOpsService, codeCommitService]),
  ),
});

/** The initial state of everything as data: the Jira sites and the git services. */
export type World = z.output<typeof worldSchema>;
export type Site = World['sites'][number];
export type GitHubService = Extract<World['services'][number], { kind: 'github' }>;
export type GitHubRepository = GitHubService['repositories'][number];
export type GitLabService = Extract<World['services'][number], { kind: 'gitlab' }>;
export type GitLabProject = GitLabService['projects'][number];
export type GitLabRole = z.output<typeof gitLabRole>;
export type AzureDevOpsService = Extract<World['services'][number], { kind: 'azure-devops' }>;
export type AzureDevOpsRepository = AzureDevOpsService['repositories'][number];
