import { openCodeCommit } from '../../../../sandbox/services/codecommit/open-codecommit';
import { sealed } from '../../../../src/domain/credential';
import { codecommit } from '../../../../src/providers/codecommit';
import { codeCommitDefinition, keys } from '../../../support/codecommit-world';
import type { Subject } from '../place';

const key = ({ id, secret }: { id: string; secret: string }) => sealed({ kind: 'access-key', id, secret });
const lacks = (action: string) => ({ code: 'SCOPE_MISSING', missing: [`codecommit:${action}`] }) as const;
const { region } = codeCommitDefinition;

export const codecommitSubjects: readonly Subject[] = [
  {
    name: 'AWS CodeCommit',
    provider: codecommit,
    edition: 'codecommit',
    address: region,
    open: (directory) => openCodeCommit(codeCommitDefinition, { directory }),
    hosts: [`codecommit.${region}.amazonaws.com`, `sts.${region}.amazonaws.com`],
    faultsAt: `${region}.console.aws.amazon.com`,
    faultOf: {
      checkToken: { path: '/GetCallerIdentity' },
      listRepositories: { path: '/ListRepositories' },
      listBranches: { path: '/ListBranches' },
      createBranch: { path: '/CreateBranch' },
      deleteBranch: { path: '/DeleteBranch' },
      createPullRequest: { path: '/CreatePullRequest' },
    },
    isWrite: ({ headers }) => /\.(Create|Delete)/.test(headers.get('x-amz-target') ?? ''),
    folderOf: (repository) => `repositories/${repository}.git`,
    writer: { login: 'alice', credential: key(keys.alice) },
    maintainer: { login: 'eve', credential: key(keys.eve) },
    refused: [
      ['switched off', key(keys.aliceOff), 'AUTH_INVALID'],
      ['unknown', key({ ...keys.alice, id: 'AKIAQQQQQQQQQQQQQQQQ' }), 'AUTH_INVALID'],
      ['with another key’s secret', key({ ...keys.alice, secret: keys.bob.secret }), 'ACCESS_KEY_SECRET_WRONG'],
    ],
    narrow: [
      [
        'of somebody who may only read',
        key(keys.bob),
        {
          createBranch: lacks('CreateBranch'),
          deleteBranch: lacks('DeleteBranch'),
          createPullRequest: lacks('CreatePullRequest'),
        },
      ],
      [
        'of somebody who may do nothing',
        key(keys.carol),
        {
          createBranch: lacks('GetBranch'),
          deleteBranch: lacks('DeleteBranch'),
          createPullRequest: lacks('CreatePullRequest'),
        },
      ],
    ],
    expiresAt: 'never',
    owners: [],
    foundOwners: 'all',
    repository: 'web',
    searches: ['web', 'WEB', 'we'],
    odd: { repository: 'web.site-2_old', branch: 'trunk' },
    empty: 'fresh',
    closed: { repository: 'locked-disabled', error: { code: 'ENCRYPTION_KEY_UNAVAILABLE' } },
    missing: ['gone', 'acme/web', 'a b', '..', '日本'],
    reservedName: 'release/2.0',
    reservedBy: 'ACCOUNT_POLICY_DENIED',
    protectedBranches: ['main'],
    signIn: 'NOT_AN_API_ANSWER',
    rules: {
      repository: 'web',
      target: 'main',
      say: [{ kind: 'approvals', people: ['eve', 'bob'], count: 2 }],
    },
    listsCommits: false,
  },
];
