import { createHash } from 'node:crypto';
import { codeCommitService, type CodeCommitService } from '../../sandbox/world/codecommit';

/** A key of AWS's shape, the same for the same name: tests know it, nobody else uses it. */
function keyOf(name: string): { id: string; secret: string } {
  const hash = createHash('sha512').update(name);
  const hex = hash.digest('hex').toUpperCase();
  return { id: `AKIA${hex.slice(0, 16)}`, secret: `${hex.slice(20, 56).toLowerCase()}/+aB` };
}

export const keys = {
  alice: keyOf('alice'),
  aliceOff: keyOf('alice, switched off'),
  bob: keyOf('bob'),
  carol: keyOf('carol'),
  dave: keyOf('dave'),
  eve: keyOf('eve'),
  root: keyOf('root'),
} as const;

const guarded = {
  effect: 'deny',
  actions: ['codecommit:CreateBranch', 'codecommit:DeleteBranch'],
  references: ['refs/heads/release/*'],
} as const;

/** A CodeCommit with everything that can go wrong with a branch or a pull request. */
export const codeCommitDefinition: CodeCommitService = codeCommitService.parse({
  kind: 'codecommit',
  region: 'us-east-1',
  users: [
    { name: 'alice', path: '/developers/', policy: [{ actions: ['codecommit:*'] }, guarded] },
    // Reads everything, writes nothing.
    { name: 'bob', policy: [{ actions: ['codecommit:Get*', 'codecommit:BatchGet*', 'codecommit:List*'] }] },
    // Is nobody to CodeCommit.
    { name: 'carol' },
    // Has the documented rights in two repositories, and can't read details.
    {
      name: 'dave',
      policy: [
        { actions: ['codecommit:ListRepositories'] },
        {
          actions: ['ListBranches', 'GetBranch', 'CreateBranch', 'DeleteBranch', 'CreatePullRequest'].map(
            (operation) => `codecommit:${operation}`,
          ),
          repositories: ['web', 'api'],
        },
      ],
    },
    // Everything is allowed and then opening pull requests is denied.
    {
      name: 'eve',
      policy: [{ actions: ['codecommit:*'] }, { effect: 'deny', actions: ['codecommit:CreatePullRequest'] }],
    },
  ],
  repositories: [
    {
      name: 'web',
      description: 'The shop',
      branches: [
        { name: 'develop', commits: 2 },
        { name: 'feature/DEMO-1-login', commits: 1 },
        { name: 'demo-1-lower-case', commits: 1 },
        { name: 'DEMO-12-other', commits: 1 },
        { name: 'release/1.0', commits: 1 },
        { name: 'odd/100%-#1+ü', commits: 1 },
      ],
      approvalRules: [
        { name: 'Two of us', count: 2, members: ['eve', 'team/bob'], branches: ['main'] },
        { name: 'Anybody, to the release', count: 1, branches: ['release/1.0'] },
      ],
    },
    { name: 'api', branches: [{ name: 'DEMO-1-api', commits: 1 }] },
    { name: 'web.site-2_old', defaultBranch: 'trunk' },
    { name: 'fresh', empty: true },
    { name: 'locked-denied', empty: true, encryptionKey: 'access-denied' },
    { name: 'locked-disabled', empty: true, encryptionKey: 'disabled' },
    { name: 'locked-gone', empty: true, encryptionKey: 'not-found' },
    { name: 'locked-away', empty: true, encryptionKey: 'unavailable' },
  ],
  accessKeys: [
    { user: 'alice', ...keys.alice },
    { user: 'alice', ...keys.aliceOff, active: false },
    { user: 'bob', ...keys.bob },
    { user: 'carol', ...keys.carol },
    { user: 'dave', ...keys.dave },
    { user: 'eve', ...keys.eve },
    { user: 'root', ...keys.root },
  ],
});
