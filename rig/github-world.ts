import { gitHubService, type GitHubService } from '../sandbox/world/world';
import { tokens } from './github-tokens';
import { templateFiles } from './templates';

export { tokens };

/** A github.com with everything that can go wrong with a branch or a pull request. */
export const gitHubDefinition: GitHubService = gitHubService.parse({
  kind: 'github',
  accounts: ['acme-bot', 'alice', 'bob', 'carol'].map((login) => ({
    login,
    name: login,
    email: `${login}@acme.example`,
  })),
  organizations: [
    { login: 'acme', members: ['acme-bot', 'alice', 'bob'] },
    { login: 'acme-secure', members: ['acme-bot', 'alice'], sso: true },
    { login: 'acme-modern', members: ['alice'], classicTokens: false },
    { login: 'acme-fort', members: ['alice'], ipAllowList: true },
  ],
  repositories: [
    {
      owner: 'acme',
      name: 'web',
      collaborators: { 'acme-bot': 'admin', alice: 'write', bob: 'read' },
      branches: [
        { name: 'develop', commits: 2 },
        { name: 'feature/DEMO-1-login', commits: 1 },
        { name: 'demo-1-lower-case', commits: 1 },
        { name: 'DEMO-12-other', commits: 1 },
        { name: 'release/1.0', commits: 1, protected: true },
        { name: 'odd/100%-#1+ü', commits: 1 },
      ],
      restrictedBranches: ['locked/*'],
      labels: ['bug', 'good first issue', 'größe/%2F'],
    },
    {
      owner: 'acme',
      name: 'api',
      collaborators: { 'acme-bot': 'admin', alice: 'write' },
      files: {
        ...templateFiles([
          'docs/Pull_Request_Template/release.md',
          '.github/PULL_REQUEST_TEMPLATE.md',
          '.github/workflows/pull_request_template.yml',
          'src/pull_request_template.md',
        ]),
        '.github/CODEOWNERS':
          '# All\n* @acme/web @alice # and no others\n\n/docs/ docs@acme.example @alice\n/apps/@old\n',
        CODEOWNERS: '* @nobody\n',
      },
    },
    { owner: 'acme', name: 'attic', archived: true, collaborators: { alice: 'write' } },
    { owner: 'acme', name: 'fresh', empty: true, collaborators: { alice: 'write' } },
    { owner: 'acme-secure', name: 'vault', collaborators: { alice: 'write' } },
    { owner: 'acme-modern', name: 'app', collaborators: { alice: 'write' } },
    { owner: 'acme-fort', name: 'keep', collaborators: { alice: 'write' } },
    { owner: 'alice', name: 'dotfiles', private: false },
  ],
  tokens: [
    { account: 'acme-bot', value: tokens.bot, scopes: ['repo'] },
    { account: 'alice', value: tokens.alice, scopes: ['repo', 'workflow'], expiresAt: '2099-03-12T10:00:00.000Z' },
    { account: 'alice', value: tokens.aliceEndless, scopes: ['repo'] },
    { account: 'alice', value: tokens.alicePublic, scopes: ['public_repo'] },
    { account: 'alice', value: tokens.aliceNoScope, scopes: ['read:user'] },
    { account: 'alice', value: tokens.aliceExpired, scopes: ['repo'], expiresAt: '2020-01-01T00:00:00.000Z' },
    { account: 'alice', value: tokens.aliceRevoked, scopes: ['repo'], revoked: true },
    {
      account: 'alice',
      value: tokens.aliceFine,
      kind: 'fine-grained',
      resourceOwner: 'acme',
      permissions: { contents: 'write', pull_requests: 'write', metadata: 'read' },
      expiresAt: '2099-06-01T10:00:00.000Z',
    },
    {
      account: 'alice',
      value: tokens.aliceFineRead,
      kind: 'fine-grained',
      resourceOwner: 'acme',
      permissions: { contents: 'read', pull_requests: 'read', metadata: 'read' },
    },
    { account: 'bob', value: tokens.bob, scopes: ['repo'] },
    { account: 'carol', value: tokens.carol, scopes: ['repo'] },
  ],
});
