import { z } from 'zod';

/** One statement of a user's IAM policy, as much of one as the simulation understands. A deny beats every allow. */
const statement = z.object({
  effect: z.enum(['allow', 'deny']).default('allow'),
  /** `codecommit:CreateBranch`; `*` matches anything. */
  actions: z.array(z.string()).min(1),
  /** Names of repositories; `*` matches anything. */
  repositories: z.array(z.string()).default(['*']),
  /** The condition `codecommit:References`: the statement is about these refs only, and about actions that name one. */
  references: z.array(z.string()).optional(),
  /** The policy of a deny, as AWS names it in its answer. */
  in: z
    .enum([
      'identity-based policy',
      'resource-based policy',
      'service control policy',
      'permissions boundary',
      'session policy',
    ])
    .default('identity-based policy'),
  /** The name of a managed policy, which AWS shows since 2026 (`ForceMFA`; AWS's own: `AWSCompromisedKeyQuarantineV3`). */
  policy: z.string().optional(),
});

const user = z.object({
  name: z.string().regex(/^[\w+=,.@-]{1,64}$/),
  /** IAM path, `/` or `/team/`. */
  path: z
    .string()
    .regex(/^\/([\w-]+\/)*$/)
    .default('/'),
  policy: z.array(statement).default([]),
});

const repository = z.object({
  name: z.string().regex(/^[\w.-]{1,100}$/),
  description: z.string().default(''),
  defaultBranch: z.string().default('main'),
  /** A repository without a single commit. */
  empty: z.boolean().default(false),
  /** The state of the KMS key it is encrypted with. */
  encryptionKey: z.enum(['usable', 'access-denied', 'disabled', 'not-found', 'unavailable']).default('usable'),
  /** Branches besides the default one; each starts at the default branch, with `commits` commits of its own. */
  branches: z.array(z.object({ name: z.string(), commits: z.number().int().min(0).default(0) })).default([]),
  /** Approval rule templates that are associated with it: for these branches, or for all. `members`: names of users. */
  approvalRules: z
    .array(
      z.object({
        name: z.string(),
        count: z.number().int(),
        members: z.array(z.string()).default([]),
        branches: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

const accessKey = z.object({
  /** A user's name, or `root`: the account itself, which may do everything. */
  user: z.string(),
  /** For worlds of tests only: in the demo world people make access keys on the console's page. */
  id: z.string(),
  secret: z.string(),
  active: z.boolean().default(true),
});

export const codeCommitService = z.object({
  kind: z.literal('codecommit'),
  region: z.string().default('us-east-1'),
  accountId: z
    .string()
    .regex(/^\d{12}$/)
    .default('111122223333'),
  users: z.array(user),
  repositories: z.array(repository),
  accessKeys: z.array(accessKey).default([]),
  /** Names in one answer of a list. */
  pageSize: z.number().int().min(1).max(1000).default(1000),
  /** Open pull requests a repository may have. Source: CodeCommit user guide, "Quotas". */
  openPullRequests: z.number().int().min(1).default(1000),
});

export type CodeCommitService = z.output<typeof codeCommitService>;
export type CodeCommitUser = CodeCommitService['users'][number];
export type CodeCommitRepository = CodeCommitService['repositories'][number];
