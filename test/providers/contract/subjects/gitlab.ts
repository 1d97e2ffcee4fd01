import { openGitLab } from '../../../../sandbox/services/gitlab/open-gitlab';
import { sealed } from '../../../../src/domain/credential';
import { gitlab } from '../../../../src/providers/gitlab';
import { gitLabDefinition, tokens } from '../../../support/gitlab-world';
import { kinds } from '../../gitlab/connected';
import type { Subject } from '../place';

const token = (value: string) => sealed({ kind: 'token', token: value });
const denied = { code: 'PERMISSION_DENIED' } as const;
const hidden = { code: 'REPOSITORY_NOT_FOUND' } as const;
const lacks = (scope: string) => ({ code: 'SCOPE_MISSING', missing: [scope] }) as const;
const always = <Reason>(reason: Reason) => ({ createBranch: reason, deleteBranch: reason, createPullRequest: reason });

export const gitlabSubjects: readonly Subject[] = kinds.map(([name, { edition, webHost, path, version, said }]) => {
  const api = `${path}/api/v4`;
  const branches = `${api}/projects/acme%2Fweb/repository/branches`;
  return {
    name,
    provider: gitlab,
    edition,
    address: `https://${webHost}${path}`,
    version: said,
    open: (directory) => openGitLab(gitLabDefinition({ webHost, path, version }), { directory }),
    hosts: [webHost],
    faultsAt: webHost,
    faultOf: {
      checkToken: { method: 'GET', path: `${api}/user` },
      listRepositories: { method: 'GET', path: `${api}/projects` },
      listBranches: { method: 'GET', path: branches },
      createBranch: { method: 'POST', path: branches },
      deleteBranch: { method: 'DELETE', path: `${branches}/*` },
      createPullRequest: { method: 'POST', path: `${api}/projects/acme%2Fweb/merge_requests` },
    },
    isWrite: ({ method }) => method !== 'GET',
    folderOf: (repository) => `repositories/${repository}.git`,
    writer: { login: 'alice', credential: token(tokens.alice) },
    maintainer: { login: 'maya', credential: token(tokens.maya) },
    refused: [
      ['unknown', token('glpat-xxxxxxxxxxxxxxxxxxxx'), 'AUTH_INVALID'],
      ['expired', token(tokens.aliceExpired), 'AUTH_EXPIRED'],
      ['revoked', token(tokens.aliceRevoked), 'AUTH_INVALID'],
      ['a sentence', token('my token is „secret“'), 'AUTH_INVALID'],
      ['of an account that is shut out', token(tokens.shutOut.blocked), 'ACCOUNT_BLOCKED'],
    ],
    narrow: [
      ['of somebody who may only read', token(tokens.bob), always(denied)],
      ['of a guest', token(tokens.gina), always(denied)],
      ['of somebody who does not see the repository', token(tokens.carol), always(hidden)],
      ['to read only', token(tokens.aliceRead), always(lacks('api'))],
      [
        'fine-grained, to read only',
        token(tokens.aliceFineRead),
        {
          createBranch: lacks('Branch: Create'),
          deleteBranch: lacks('Branch: Delete'),
          createPullRequest: lacks('Merge Request: Create'),
        },
      ],
    ],
    expiresAt: version === '15.4' ? 'unknown' : '2099-03-12T00:00:00.000Z',
    toldVersion: said,
    owners: ['acme'],
    foundOwners: ['acme', 'acme2', 'alice', 'guarded'],
    repository: 'acme/web',
    searches: ['web', 'WEB', 'we', 'acme/web'],
    elsewhere: { owner: 'acme2', repository: 'acme2/other' },
    odd: { repository: 'acme/platform/deploy', branch: 'DEMO-1-deploy' },
    empty: 'acme/empty',
    emptyTakesBranch: true,
    templates: { repository: 'acme/platform/deploy', names: ['Default', 'Bug fix'] },
    closed: { repository: 'acme/attic', error: { code: 'REPOSITORY_ARCHIVED' } },
    missing: ['acme/gone', 'gone/web', '..', 'acme/a b', 'acme/日本', 'acme/web/%2e'],
    reservedName: 'locked/x',
    protectedBranches: ['main'],
    signIn: 'NOT_AN_API_ANSWER',
    labels: ['bug', 'good first issue', 'größe/%2F'],
    // Rules are of paid plans, and this one is free.
    rules: { repository: 'acme/web', target: 'main', say: [] },
    listsCommits: true,
  };
});
