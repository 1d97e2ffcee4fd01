import { z } from 'zod';

/** What a person may do in a project of the stand-in Jira site; the names are Jira's own permission keys. */
const projectPermission = z.enum(['BROWSE_PROJECTS', 'VIEW_DEV_TOOLS']);

const person = z.object({
  /** Short name for `?as=` and `/sandbox/invoke`. */
  id: z.string().regex(/^[a-z]+$/),
  accountId: z.string().min(1),
  displayName: z.string().min(1),
  locale: z.string().default('en_US'),
  timeZone: z.string().default('Europe/Berlin'),
  jiraAdmin: z.boolean().default(false),
});

const project = z.object({
  id: z.string(),
  key: z.string().regex(/^[A-Z][A-Z0-9_]+$/),
  name: z.string(),
  /** Person ids that hold each permission; '*' is everyone who is logged in. */
  permissions: z.partialRecord(projectPermission, z.union([z.literal('*'), z.array(z.string())])).default({}),
});

const issue = z.object({
  id: z.string(),
  key: z.string().regex(/^[A-Z][A-Z0-9_]+-\d+$/),
  summary: z.string(),
  type: z.string().default('Task'),
  status: z.string().default('To Do'),
  description: z.string().default(''),
  assignee: z.string().optional(),
});

const site = z.object({
  /** Short name for `?site=`; the first site of a world is the default. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  cloudId: z.string().min(1),
  name: z.string(),
  people: z.array(person).min(1),
  projects: z.array(project),
  issues: z.array(issue),
});

const gitHubAccount = z.object({ login: z.string(), name: z.string(), email: z.string() });

const gitHubOrganization = z.object({
  login: z.string(),
  members: z.array(z.string()).default([]),
  /** SAML single sign-on: a classic token must be authorized for the organization before it sees anything of it. */
  sso: z.boolean().default(false),
  /** The organization does not let classic tokens in at all. */
  classicTokens: z.boolean().default(true),
  /** An IP allow list that never contains the caller. */
  ipAllowList: z.boolean().default(false),
});

const gitHubRepository = z.object({
  owner: z.string(),
  name: z.string(),
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
});

const gitHubToken = z.object({
  account: z.string(),
  /** The token itself. Only for worlds written by a test: the demo world has none, its people make theirs on the token page. */
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

const gitHubService = z.object({
  kind: z.literal('github'),
  /** `ghes`: a server of one's own, with everything on `webHost` (write the same as `apiHost`) and no rate limits. */
  edition: z.enum(['github.com', 'ghe.com', 'ghes']).default('github.com'),
  /** Of a `ghes`: `3.19.2`. Before 3.10 it has no fine-grained tokens. */
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .optional(),
  /** Of a `ghes`: a folder under the host in which all of it lies, `/ghe`. */
  path: z
    .string()
    .regex(/^(\/[a-z0-9-]+)*$/)
    .default(''),
  /** Where people go with a browser and git. */
  webHost: z.string().default('github.com'),
  apiHost: z.string().default('api.github.com'),
  accounts: z.array(gitHubAccount),
  organizations: z.array(gitHubOrganization).default([]),
  repositories: z.array(gitHubRepository),
  tokens: z.array(gitHubToken).default([]),
});

export const worldSchema = z.object({
  sites: z.array(site).min(1),
  services: z.array(z.discriminatedUnion('kind', [gitHubService])),
});

/** Everything that exists before anybody did anything: the Jira sites and the git services, as data. */
export type World = z.output<typeof worldSchema>;
export type Site = World['sites'][number];
export type Person = Site['people'][number];
export type Project = Site['projects'][number];
export type Issue = Site['issues'][number];
export type GitHubService = Extract<World['services'][number], { kind: 'github' }>;
export type GitHubRepository = GitHubService['repositories'][number];
