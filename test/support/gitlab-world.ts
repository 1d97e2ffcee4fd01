import { createHash } from 'node:crypto';
import { gitLabService, type GitLabService } from '../../sandbox/world/world';
import { templateFiles } from '../../rig/templates';

/** A token of GitLab's shape, the same for the same name: tests know it, nobody else uses it. */
function token(name: string): string {
  return `glpat-${createHash('sha512').update(name).digest('base64url').slice(0, 20)}`;
}

/** GitLab's reasons to block an account; each is an account of the world with a token of that name. */
export const shutOut = ['blocked', 'deactivated', 'unconfirmed', 'pending', 'terms', 'password-expired'] as const;

export const tokens = {
  bot: token('bot'),
  alice: token('alice'),
  aliceEndless: token('alice endless'),
  aliceRead: token('alice read_api'),
  aliceGitOnly: token('alice write_repository'),
  aliceExpired: token('alice expired'),
  aliceRevoked: token('alice revoked'),
  aliceFine: token('alice fine-grained'),
  aliceFineRead: token('alice fine-grained, read only'),
  aliceFineBlind: token('alice fine-grained, without the user'),
  alicePrefixed: `acme-${token('alice with the company’s own prefix')}`,
  maya: token('maya'),
  bob: token('bob'),
  gina: token('gina'),
  carol: token('carol'),
  projectBot: token('project bot'),
  groupBot: token('group bot'),
  shutOut: Object.fromEntries(shutOut.map((state) => [state, token(state)])) as Record<
    (typeof shutOut)[number],
    string
  >,
} as const;

const fineRead = ['Project: Read', 'Branch: Read', 'Merge Request: Read', 'User: Read'];

const accounts = ['acme-bot', 'alice', 'maya', 'bob', 'gina', 'carol', ...shutOut.map((state) => `is-${state}`)];

/** A GitLab with everything that can go wrong with a branch or a merge request. */
export function gitLabDefinition(options: {
  webHost?: string;
  path?: string;
  version?: GitLabService['version'];
  premium?: boolean;
}): GitLabService {
  return gitLabService.parse({
    kind: 'gitlab',
    ...options,
    accounts: [
      ...accounts.map((login) => ({
        login,
        name: login,
        email: `${login}@acme.example`,
        ...(login.startsWith('is-') ? { state: login.slice(3) } : {}),
      })),
      { login: 'project_3001_bot_4f', name: 'CI', email: 'ci@acme.example', bot: true },
      { login: 'group_501_bot_9a', name: 'Group CI', email: 'group-ci@acme.example' },
    ],
    groups: [
      {
        path: 'acme',
        members: {
          'acme-bot': 'maintainer',
          maya: 'maintainer',
          alice: 'developer',
          bob: 'reporter',
          gina: 'guest',
          project_3001_bot_4f: 'developer',
          ...Object.fromEntries(shutOut.map((state) => [`is-${state}`, 'developer'])),
        },
      },
      { path: 'acme/platform' },
      { path: 'acme2', members: { alice: 'developer' } },
      { path: 'guarded', members: { alice: 'developer' }, dpop: true },
    ],
    projects: [
      {
        path: 'acme/web',
        name: 'The Big Shop',
        branches: [
          { name: 'develop', commits: 2 },
          { name: 'feature/DEMO-1-login', commits: 1 },
          { name: 'demo-1-lower-case', commits: 1 },
          { name: 'DEMO-12-other', commits: 1 },
          { name: 'release/1.0', commits: 1, protected: true },
          { name: 'odd/100%-#1+ü', commits: 1 },
        ],
        protectedBranches: ['locked/*'],
        labels: ['bug', 'good first issue', 'größe/%2F'],
        approvalRules: [{ name: 'Leads', count: 1, users: ['maya'] }],
      },
      {
        path: 'acme/platform/deploy',
        branches: [{ name: 'DEMO-1-deploy', commits: 1 }],
        files: templateFiles([
          '.gitlab/merge_request_templates/Bug fix.md',
          '.gitlab/merge_request_templates/Default.md',
          '.gitlab/issue_templates/Report.md',
        ]),
      },
      { path: 'acme/attic', archived: true },
      { path: 'acme/fresh', empty: true },
      { path: 'acme/empty', empty: true },
      { path: 'acme/ruled', branchNamePattern: '^(main|DEMO-\\d+.*)$' },
      {
        path: 'acme/many',
        branches: Array.from({ length: 60 }, (_, at) => ({ name: `many/${String(at).padStart(2, '0')}` })),
      },
      { path: 'acme2/other' },
      { path: 'alice/dotfiles', private: false },
      { path: 'guarded/vault' },
    ],
    tokens: [
      { account: 'acme-bot', value: tokens.bot, scopes: ['api'] },
      { account: 'alice', value: tokens.alice, scopes: ['api', 'read_user'], expiresAt: '2099-03-12' },
      { account: 'alice', value: tokens.aliceEndless, scopes: ['api'] },
      { account: 'alice', value: tokens.aliceRead, scopes: ['read_api'] },
      { account: 'alice', value: tokens.aliceGitOnly, scopes: ['write_repository'] },
      { account: 'alice', value: tokens.aliceExpired, scopes: ['api'], expiresAt: '2020-01-01' },
      { account: 'alice', value: tokens.aliceRevoked, scopes: ['api'], revoked: true },
      {
        account: 'alice',
        value: tokens.aliceFine,
        granular: [...fineRead, 'Metadata: Read', 'Branch: Create', 'Branch: Delete', 'Merge Request: Create'],
        expiresAt: '2099-06-01',
      },
      { account: 'alice', value: tokens.aliceFineRead, granular: fineRead },
      { account: 'alice', value: tokens.aliceFineBlind, granular: ['Project: Read'] },
      { account: 'alice', value: tokens.alicePrefixed, scopes: ['api'] },
      { account: 'maya', value: tokens.maya, scopes: ['api'] },
      { account: 'bob', value: tokens.bob, scopes: ['api'] },
      { account: 'gina', value: tokens.gina, scopes: ['api'] },
      { account: 'carol', value: tokens.carol, scopes: ['api'] },
      { account: 'project_3001_bot_4f', value: tokens.projectBot, scopes: ['api'] },
      { account: 'group_501_bot_9a', value: tokens.groupBot, scopes: ['api'] },
      ...shutOut.map((state) => ({ account: `is-${state}`, value: tokens.shutOut[state], scopes: ['api'] })),
    ],
  });
}
