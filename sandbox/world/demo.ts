import { demoSites } from 'local-forge';
import { worldSchema, type World } from './world.ts';

/** The world of `npm start`: one company with a Jira site and a service of each kind, and a second Jira site that must never see the first. */
export const demoWorld: World = worldSchema.parse({
  sites: demoSites,
  services: [
    {
      kind: 'github',
      accounts: [
        { login: 'acme-bot', name: 'Acme Bot', email: 'bot@acme.example' },
        { login: 'ada', name: 'Ada Admin', email: 'ada@acme.example' },
        { login: 'alice', name: 'Alice Developer', email: 'alice@acme.example' },
        { login: 'bob', name: 'Bob Developer', email: 'bob@acme.example' },
      ],
      organizations: [
        { login: 'acme', members: ['acme-bot', 'ada', 'alice', 'bob'] },
        { login: 'acme-secure', members: ['acme-bot', 'ada', 'alice'], sso: true },
      ],
      repositories: [
        {
          owner: 'acme',
          name: 'web',
          description: 'The shop',
          labels: ['bug', 'dependencies'],
          collaborators: { 'acme-bot': 'admin', ada: 'admin', alice: 'write', bob: 'read' },
          branches: [
            { name: 'develop', commits: 2 },
            { name: 'release/1.0', commits: 1, protected: true },
            { name: 'feature/DEMO-12-currency', commits: 1 },
          ],
          restrictedBranches: ['release/*'],
        },
        {
          owner: 'acme',
          name: 'api',
          description: 'The shop’s back end',
          labels: ['bug', 'dependencies', 'needs a second pair of eyes'],
          files: {
            '.github/CODEOWNERS': '* @acme/shop\n/migrations/ @ada @bob\n',
            '.github/pull_request_template.md': '## Why\n\n## How it was tested\n',
            '.github/PULL_REQUEST_TEMPLATE/hotfix.md': '## What is broken\n\n## Since when\n',
          },
          collaborators: { 'acme-bot': 'admin', ada: 'admin', alice: 'write', bob: 'write' },
        },
        {
          owner: 'acme',
          name: 'attic',
          description: 'Archived',
          archived: true,
          collaborators: { 'acme-bot': 'admin', alice: 'write' },
        },
        {
          owner: 'acme',
          name: 'fresh',
          description: 'Nothing in it yet',
          empty: true,
          collaborators: { 'acme-bot': 'admin', alice: 'write', bob: 'write' },
        },
        {
          owner: 'acme-secure',
          name: 'vault',
          description: 'Behind single sign-on',
          collaborators: { 'acme-bot': 'admin', ada: 'admin', alice: 'write' },
        },
        { owner: 'alice', name: 'dotfiles', private: false },
      ],
    },
    {
      kind: 'gitlab',
      accounts: [
        { login: 'acme-bot', name: 'Acme Bot', email: 'bot@acme.example' },
        { login: 'alice', name: 'Alice Developer', email: 'alice@acme.example' },
        { login: 'bob', name: 'Bob Developer', email: 'bob@acme.example' },
      ],
      groups: [
        { path: 'acme', members: { 'acme-bot': 'maintainer', alice: 'developer', bob: 'reporter' } },
        { path: 'acme/platform', members: { bob: 'developer' } },
      ],
      projects: [
        {
          path: 'acme/mobile',
          description: 'The shop in a pocket',
          branches: [
            { name: 'develop', commits: 2 },
            { name: 'release/1.0', commits: 1 },
            { name: 'DEMO-12-currency', commits: 1 },
          ],
          protectedBranches: ['release/*'],
        },
        {
          path: 'acme/platform/deploy',
          description: 'In a subgroup',
          labels: ['risky', 'rollout'],
          files: {
            '.gitlab/merge_request_templates/Default.md': '## What changes on %{target_branch}\n',
            '.gitlab/merge_request_templates/Rollback.md': '## What is undone\n',
          },
        },
        { path: 'acme/museum', description: 'Archived', archived: true },
      ],
    },
    {
      kind: 'azure-devops',
      collection: 'acme',
      accounts: [
        { login: 'acme-bot', name: 'Acme Bot', email: 'bot@acme.example' },
        { login: 'ada', name: 'Ada Admin', email: 'ada@acme.example' },
        { login: 'alice', name: 'Alice Developer', email: 'alice@acme.example' },
        { login: 'bob', name: 'Bob Developer', email: 'bob@acme.example' },
      ],
      repositories: [
        {
          project: 'Back Office',
          name: 'Invoices',
          rights: { 'acme-bot': 'admin', ada: 'admin', alice: 'contribute', bob: 'read' },
          branches: [
            { name: 'develop', commits: 2 },
            { name: 'release/1.0', commits: 1 },
          ],
          policies: ['release/*'],
        },
        {
          project: 'Back Office',
          name: 'Ledger',
          files: {
            '.azuredevops/pull_request_template.md': '## Which accounts\n',
            '.azuredevops/pull_request_template/branches/release.md': '## Who approved it\n',
          },
          rights: { 'acme-bot': 'admin', ada: 'admin', alice: 'contribute', bob: 'contribute' },
        },
      ],
    },
    {
      kind: 'codecommit',
      region: 'eu-central-1',
      users: [
        { name: 'undersigned', policy: [{ actions: ['codecommit:*'] }] },
        {
          name: 'alice',
          path: '/developers/',
          policy: [
            { actions: ['codecommit:*'] },
            {
              effect: 'deny',
              actions: ['codecommit:CreateBranch', 'codecommit:DeleteBranch'],
              references: ['refs/heads/release/*'],
            },
          ],
        },
        {
          name: 'bob',
          path: '/developers/',
          policy: [{ actions: ['codecommit:Get*', 'codecommit:BatchGet*', 'codecommit:List*'] }],
        },
      ],
      repositories: [
        {
          name: 'warehouse',
          description: 'Stock and deliveries',
          branches: [
            { name: 'develop', commits: 2 },
            { name: 'release/1.0', commits: 1 },
            { name: 'feature/DEMO-12-currency', commits: 1 },
          ],
        },
        { name: 'vault', description: 'Encrypted with a key that is switched off', encryptionKey: 'disabled' },
      ],
    },
    {
      kind: 'github',
      edition: 'ghes',
      version: '3.19.2',
      webHost: 'git.acme.example',
      apiHost: 'git.acme.example',
      accounts: [
        { login: 'ghe-bot', name: 'GHE Bot', email: 'ghe-bot@acme.example' },
        { login: 'alice', name: 'Alice Developer', email: 'alice@acme.example' },
        { login: 'bob', name: 'Bob Developer', email: 'bob@acme.example' },
      ],
      organizations: [{ login: 'platform', members: ['ghe-bot', 'alice', 'bob'] }],
      repositories: [
        {
          owner: 'platform',
          name: 'billing',
          description: 'On the company’s own GitHub Enterprise Server',
          collaborators: { 'ghe-bot': 'admin', alice: 'write', bob: 'write' },
          branches: [{ name: 'develop', commits: 1 }],
        },
      ],
    },
  ],
});
