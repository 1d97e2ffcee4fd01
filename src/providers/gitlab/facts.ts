import type { Capabilities } from '../../domain/editions';
import { cutBelow } from '../../domain/pasted-address';
import { providerFacts } from '../provider-facts';
import * as links from './links';

const capabilities: Capabilities = {
  userTokens: true,
  draftPullRequests: true,
  // Since 13.9; the API of 13.8 took none for a request that is there (gitlab#299846).
  reviewers: 'everybody',
  requestTemplates: true,
  requestExtras: true,
  requestRules: true,
  pullRequestsWithoutCommits: true,
  startsAt: { commit: 'short', tag: true },
  branchSearch: 'contains',
  // GitLab has no limit of its own: a ref is a path of git's, at most 255 bytes in practice (assumption).
  branchNameBytes: 244,
  // `app/models/concerns/issuable.rb`: TITLE_LENGTH_MAX and DESCRIPTION_LENGTH_MAX.
  longestTitle: 255,
  longestDescription: 1_048_576,
  draftPrefix: 'Draft: ',
};

export const gitlab = providerFacts({
  kind: 'gitlab',
  rank: 2,
  editions: {
    'gitlab.com': {
      name: 'GitLab',
      address: { kind: 'fixed', url: 'https://gitlab.com' },
      api: { path: '/api/v4' },
      capabilities,
    },
    'gitlab-self-managed': {
      name: 'GitLab',
      // GitLab's docs "Relative URL".
      address: { kind: 'url', cut: cutBelow('git', 'gitlab') },
      api: { path: '/api/v4' },
      capabilities,
    },
  },
  offerings: [
    { key: 'gitlab', name: 'GitLab', editions: ['gitlab.com'], credentials: ['token'], example: 'gitlab.com' },
    {
      key: 'gitlab-self-managed',
      name: 'GitLab Self-Managed',
      editions: ['gitlab-self-managed'],
      credentials: ['token'],
      example: 'https://gitlab.example.com',
    },
  ],
  domains: ['gitlab.com'],
  links,
  // GitLab's docs page "Compare revisions".
  comparePath: (source, target) => `/-/compare/${links.path(target)}...${links.path(source)}`,
  // `Gitlab::PathRegex`.
  repositoryName: /^[a-z\d_.][\w.-]*(?:\/[a-z\d_.][\w.-]*)+$/i,
  // GitLab's docs page "Quick actions".
  commands: /(?<=^[^\S\n]{0,20})\/(?=[a-z_])/gim,
  sign: '!',
  icon: 'M6 0.5 11.5 6 6 11.5 0.5 6Z',
  scopesWord: 'word.gitlab.scopes',
  listed: 'listed.gitlab',
  requestKind: 'merge',
  ownersLabel: 'options.owners.gitlab',
  credential: 'token',
  // Without a prefix.
  shortestToken: 20,
  tokens: { form: /^gl[a-z]{2,5}-/, of: 'GitLab' },
  // GitLab's docs page "Personal access tokens".
  help: {
    intro: 'help.gitlab.intro',
    sections: [
      {
        heading: 'help.gitlab.token',
        steps: ['help.gitlab.token.1', 'help.gitlab.token.2', 'help.gitlab.token.3', 'help.gitlab.token.4'],
      },
    ],
    last: 'help.gitlab.once',
  },
});
