import { providerFacts } from '../provider-facts';
import * as links from './links';
import { codeCommitPolicy } from './policy';
import { checkRegion, inRegion } from './regions';

export const codecommit = providerFacts({
  kind: 'codecommit',
  rank: 4,
  editions: {
    codecommit: {
      name: 'AWS CodeCommit',
      address: { kind: 'own', check: checkRegion },
      capabilities: {
        userTokens: true,
        // IAM user guide, "Manage access keys for IAM users". Why nobody is asked when a key was made: docs/decisions/0024-rules-are-judged-when-they-are-needed.md.
        tokensNeverEnd: true,
        draftPullRequests: false,
        // Its API names no refusal for it (assumption).
        pullRequestsWithoutCommits: true,
        // `CreateBranch` takes a whole id, and its API knows no tags.
        startsAt: { commit: 'whole' },
        requestRules: true,
        branchSearch: 'none',
        // `BranchName` in its API model: 1 to 256 characters.
        branchNameBytes: 256,
        // `Title` and `Description` in its API model.
        longestTitle: 150,
        longestDescription: 10_240,
      },
    },
  },
  offerings: [
    {
      key: 'codecommit',
      name: 'AWS CodeCommit',
      editions: ['codecommit'],
      credentials: ['access-key'],
      example: 'eu-central-1',
      field: { label: 'add.region', hint: 'add.region.hint' },
    },
  ],
  domains: ['amazonaws.com'],
  locate: inRegion,
  links,
  // `RepositoryName` in its API model.
  repositoryName: /^[\w.-]{1,100}$/,
  icon: 'M2 1h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V2a1 1 0 0 1 1-1Z',
  scopesWord: 'word.codecommit.scopes',
  listed: 'listed.codecommit',
  credential: 'access-key',
  shortestToken: 16,
  tokens: { form: /^(AKIA|ASIA)[A-Z0-9]{16}$/, of: 'AWS' },
  // AWS's "Manage access keys for IAM users".
  help: {
    intro: 'help.codecommit.intro',
    sections: [
      {
        heading: 'help.codecommit.key',
        steps: ['help.codecommit.key.1', 'help.codecommit.key.2', 'help.codecommit.key.3', 'help.codecommit.key.4'],
      },
    ],
    last: 'help.codecommit.once',
  },
  policy: codeCommitPolicy,
});
