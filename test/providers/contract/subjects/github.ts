import { openGitHub } from '../../../../sandbox/services/github/open-github';
import { sealed } from '../../../../src/domain/credential';
import { github } from '../../../../src/providers/github';
import { gitHubDefinition, tokens } from '../../../../rig/github-world';
import type { Subject } from '../place';

const token = (value: string) => sealed({ kind: 'token', token: value });
const denied = { code: 'PERMISSION_DENIED' } as const;
const hidden = { code: 'REPOSITORY_NOT_FOUND' } as const;
const lacks = (scope: string) => ({ code: 'SCOPE_MISSING', missing: [scope] }) as const;
const contents = lacks('contents: write');

/** GitHub is the same wherever it runs: the same promises, at three kinds of address. */
const places = [
  { edition: 'github.com', webHost: 'github.com', apiHost: 'api.github.com', path: '', version: undefined },
  { edition: 'ghe.com', webHost: 'acme.ghe.com', apiHost: 'api.acme.ghe.com', path: '', version: undefined },
  { edition: 'ghes', webHost: 'git.acme.example', apiHost: 'git.acme.example', path: '/ghe', version: '3.19.2' },
] as const;

export const githubSubjects: readonly Subject[] = places.map(({ edition, webHost, apiHost, path, version }) => ({
  name: edition,
  provider: github,
  edition,
  address: `https://${webHost}${path}`,
  open: (directory) =>
    openGitHub(
      { ...gitHubDefinition, edition, webHost, apiHost, path, ...(version === undefined ? {} : { version }) },
      { directory },
    ),
  hosts: [apiHost],
  faultsAt: `${webHost}${path}`,
  faultOf: {
    checkToken: { method: 'GET', path: '/user' },
    listRepositories: { path: '/*graphql' },
    listBranches: { path: '/*graphql' },
    createBranch: { method: 'POST', path: '/repos/acme/web/git/refs' },
    deleteBranch: { method: 'DELETE', path: '/repos/acme/web/git/refs/*' },
    createPullRequest: { method: 'POST', path: '/repos/acme/web/pulls' },
  },
  isWrite: ({ method, url }) => method !== 'GET' && !url.endsWith('/graphql'),
  folderOf: (repository) => `repositories/${repository}.git`,
  writer: { login: 'alice', credential: token(tokens.alice) },
  maintainer: { login: 'acme-bot', credential: token(tokens.bot) },
  refused: [
    ['unknown', token(`ghp_${'x'.repeat(36)}`), 'AUTH_INVALID'],
    ['expired', token(tokens.aliceExpired), 'AUTH_INVALID'],
    ['revoked', token(tokens.aliceRevoked), 'AUTH_INVALID'],
    ['a sentence', token('my token is „secret“'), 'AUTH_INVALID'],
  ],
  narrow: [
    [
      'of somebody who may only read',
      token(tokens.bob),
      { createBranch: denied, deleteBranch: denied, createPullRequest: denied },
    ],
    [
      'of somebody who does not see the repository',
      token(tokens.carol),
      { createBranch: hidden, deleteBranch: hidden, createPullRequest: hidden },
    ],
    [
      'fine-grained, to read only',
      token(tokens.aliceFineRead),
      { createBranch: contents, deleteBranch: contents, createPullRequest: lacks('pull_requests: write') },
    ],
    [
      'without a scope',
      token(tokens.aliceNoScope),
      { createBranch: lacks('repo'), deleteBranch: lacks('repo'), createPullRequest: lacks('repo') },
    ],
  ],
  expiresAt: '2099-03-12T10:00:00.000Z',
  ...(version === undefined ? {} : { toldVersion: version }),
  owners: ['acme'],
  foundOwners: ['acme', 'alice'],
  repository: 'acme/web',
  searches: ['web', 'WEB', 'we', 'acme/web', 'ac/we'],
  elsewhere: { owner: 'alice', repository: 'alice/dotfiles' },
  odd: { repository: 'acme/api', branch: 'main' },
  empty: 'acme/fresh',
  templates: { repository: 'acme/api', names: ['PULL_REQUEST_TEMPLATE', 'release'] },
  closed: { repository: 'acme/attic', error: { code: 'REPOSITORY_ARCHIVED' } },
  missing: ['acme/gone', 'gone/web', 'acme/we%62', 'acme/a b', 'acme/日本'],
  reservedName: 'locked/x',
  protectedBranches: ['main', 'release/1.0'],
  signIn: 'NOT_AN_API_ANSWER',
  labels: ['bug', 'good first issue', 'größe/%2F'],
  rules: {
    repository: 'acme/api',
    target: 'main',
    say: [{ kind: 'code-owners', people: ['@acme/web', '@alice', 'docs@acme.example'] }],
  },
  listsCommits: true,
}));
