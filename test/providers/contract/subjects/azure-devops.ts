import { idOf } from '../../../../sandbox/services/azure-devops/context';
import { openAzureDevOps } from '../../../../sandbox/services/azure-devops/open-azure-devops';
import { sealed, type Credential } from '../../../../src/domain/credential';
import { editions } from '../../../../src/domain/editions';
import { azureDevOps } from '../../../../src/providers/azure-devops';
import { azureDevOpsWorld, ODD_REPOSITORY, PASSWORD, places, tokens } from '../../../support/azure-devops-world';
import { EDITIONS } from '../../../support/simulated-azure-devops';
import type { Subject, Write } from '../place';

const token = (value: string) => sealed({ kind: 'token', token: value });
const password = (user: string, value = `${PASSWORD} of ${user}`) =>
  sealed({ kind: 'password', user, password: value });
const always = <Reason>(reason: Reason): Record<Write, Reason> => ({
  createBranch: reason,
  deleteBranch: reason,
  createPullRequest: reason,
});
const lacks = { code: 'SCOPE_MISSING', missing: ['Code (Read & write)'] } as const;

const refusedTokens: Subject['refused'] = [
  ['unknown', token('z'.repeat(52)), 'AUTH_INVALID'],
  ['expired', token(tokens.aliceExpired), 'AUTH_EXPIRED'],
  ['revoked', token(tokens.aliceRevoked), 'AUTH_INVALID'],
  ['a sentence', token('my token is „secret“'), 'AUTH_INVALID'],
];

/** The versions that servers report, by edition; the hosted service reports none. */
const versions: Readonly<Partial<Record<(typeof EDITIONS)[number], string>>> = {
  'azure-devops-server-2022': '7.0',
  'azure-devops-server-2020': '6.0',
  'azure-devops-server-2019': '5.0',
  'tfs-2018': '4.0',
  'tfs-2017': '3.0',
  'tfs-2015': '2.0',
  'tfs-2013': '1.0',
};

export const azureDevOpsSubjects: readonly Subject[] = EDITIONS.map((edition): Subject => {
  const { host, address } = places[edition];
  const { userTokens } = editions[edition].capabilities;
  const base = new URL(address).pathname;
  const refs = `${base}/Shop/_apis/git/repositories/web/refs`;
  const as = (who: 'alice' | 'bob' | 'carol' | 'dora' | 'eve'): Credential =>
    userTokens ? token(tokens[who]) : password(who);
  const version = versions[edition];
  return {
    name: edition,
    provider: azureDevOps,
    edition,
    address,
    open: (directory) => openAzureDevOps(azureDevOpsWorld(edition), { directory }),
    hosts: [host],
    faultsAt: host,
    faultOf: {
      checkToken: { method: 'GET', path: `${base}/_apis/connectionData` },
      listRepositories: { method: 'GET', path: `${base}/Shop/_apis/git/repositories` },
      listBranches: { method: 'GET', path: refs },
      createBranch: { method: 'POST', path: refs },
      deleteBranch: { method: 'POST', path: refs },
      createPullRequest: { method: 'POST', path: `${base}/Shop/_apis/git/repositories/web/pullrequests` },
    },
    isWrite: ({ method }) => method === 'POST' || method === 'PUT',
    folderOf: (repository) => `repositories/${idOf('repository', repository)}.git`,
    writer: { login: 'Alice Example', credential: as('alice') },
    maintainer: { login: 'Eve Example', credential: as('eve') },
    refused: userTokens
      ? refusedTokens
      : [
          ['a wrong password', password('alice', 'not hers'), 'AUTH_INVALID'],
          ['of nobody', password('nobody'), 'AUTH_INVALID'],
          ['a token', token(tokens.alice), 'AUTH_INVALID'],
        ],
    narrow: [
      ['of somebody who may only read', as('bob'), always({ code: 'PERMISSION_DENIED' })],
      ['of somebody who does not see the repository', as('carol'), always({ code: 'REPOSITORY_NOT_FOUND' })],
      ...(userTokens ? [['to read only', token(tokens.aliceReadOnly), always(lacks)] as const] : []),
    ],
    expiresAt: 'unknown',
    ...(version === undefined ? {} : { toldVersion: version }),
    owners: ['Shop'],
    foundOwners: ['Back Office', 'Shop'],
    repository: 'Shop/web',
    searches: ['web', 'WEB', 'we', 'shop/web', ' web '],
    elsewhere: { owner: 'Back Office', repository: ODD_REPOSITORY },
    odd: { repository: ODD_REPOSITORY, branch: 'main' },
    empty: 'Shop/fresh',
    templates: { repository: 'Shop/folders', names: ['PULL_REQUEST_TEMPLATE', 'hotfix'] },
    closed: { repository: 'Shop/attic', error: { code: 'REPOSITORY_DISABLED' } },
    missing: ['Shop/gone', 'Gone/web', 'Shop/..', '../web', 'Shop/a b', 'Shop/日本', 'Shop/we%62'],
    reservedName: 'release/2.0',
    protectedBranches: ['release/1.0', 'frozen'],
    signIn: 'AUTH_INVALID',
    rules: {
      repository: 'Shop/web',
      target: 'main',
      say: [
        { kind: 'reviewers', people: ['Eve Example'], more: 1 },
        { kind: 'approvals', people: [], count: 2 },
      ],
    },
    listsCommits: true,
  };
});
