import type { Capabilities } from '../../domain/editions';
import { cutBelow } from '../../domain/pasted-address';
import { providerFacts } from '../provider-facts';
import * as links from './links';

const capabilities: Capabilities = {
  userTokens: true,
  draftPullRequests: true,
  reviewers: 'everybody',
  requestTemplates: true,
  requestExtras: true,
  requestRules: true,
  pullRequestsWithoutCommits: false,
  startsAt: { commit: 'short', tag: true },
  branchSearch: 'contains',
  // A ref of GitHub is at most 255 bytes with `refs/heads/` (assumption).
  branchNameBytes: 244,
  // Its own refusals: "title is too long (maximum is 256 characters)" (googleapis/repo-automation-bots#1895), "body is too long
  // (maximum is 65536 characters)" (renovatebot/renovate#2032).
  longestTitle: 256,
  longestDescription: 65_536,
};

export const github = providerFacts({
  kind: 'github',
  rank: 1,
  editions: {
    'github.com': {
      name: 'GitHub',
      address: { kind: 'fixed', url: 'https://github.com' },
      api: { subdomain: 'api' },
      capabilities,
    },
    'ghe.com': {
      name: 'GitHub Enterprise Cloud',
      address: { kind: 'subdomain', of: 'ghe.com' },
      api: { subdomain: 'api' },
      capabilities,
    },
    ghes: {
      name: 'GitHub Enterprise Server',
      // Behind a proxy.
      address: { kind: 'url', cut: cutBelow('git', 'github', 'ghe') },
      api: { path: '/api/v3' },
      capabilities,
    },
  },
  offerings: [
    { key: 'github', name: 'GitHub', editions: ['github.com'], credentials: ['token'], example: 'github.com' },
    {
      key: 'github-enterprise',
      name: 'GitHub Enterprise',
      editions: ['ghe.com', 'ghes'],
      credentials: ['token'],
      example: 'https://github.example.com',
    },
  ],
  domains: ['github.com', 'ghe.com'],
  links,
  // GitHub's docs page "Comparing commits".
  comparePath: (source, target) => `/compare/${links.path(target)}...${links.path(source)}`,
  // An owner (of a managed account with `_`) and a name.
  repositoryName: /^[a-z\d][\w-]*\/[\w.-]+$/i,
  icon: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
  scopesWord: 'word.github.scopes',
  listed: 'listed.github',
  credential: 'token',
  // Classic ones, as old ones of hexadecimal digits.
  shortestToken: 40,
  tokens: { form: /^(gh[pousr]_|github_pat_)/, of: 'GitHub' },
  uselessTokens: [
    { form: /^gh[ou]_/, sentence: 'token.warn.oauth' },
    { form: /^gh[sr]_/, sentence: 'token.warn.app' },
  ],
  // GitHub's docs page "Managing your personal access tokens".
  help: {
    intro: 'help.github.intro',
    sections: [
      {
        heading: 'help.github.classic',
        steps: ['help.github.classic.1', 'help.github.classic.2', 'help.github.classic.3'],
      },
      {
        heading: 'help.github.fine',
        steps: [
          'help.github.fine.1',
          'help.github.fine.2',
          'help.github.fine.3',
          'help.github.fine.4',
          'help.github.fine.5',
        ],
        fits: ({ otherTokenUrl }) => otherTokenUrl !== undefined,
      },
    ],
    last: 'help.github.once',
  },
});
