import type { Capabilities } from '../../domain/editions';
import { type EditionFacts, providerFacts } from '../provider-facts';
import { azureDevOpsAddress, azureDevOpsPlace, checkOrganization, cutCollection } from './address';
import * as links from './links';

/** What the editions have in common. Sources: learn.microsoft.com "REST API versioning" and the specs of each version. */
const hosted: Readonly<Capabilities> = {
  userTokens: true,
  draftPullRequests: true,
  reviewers: 'recent',
  requestTemplates: true,
  // Its pull requests have nobody they are assigned to, and a list of its tags wants the scope Work Items.
  requestRules: true,
  // The service takes a pull request without commits (assumption: no refusal is documented).
  pullRequestsWithoutCommits: true,
  // "Commits - Get" takes a whole id (assumption: a part of one is refused).
  startsAt: { commit: 'whole', tag: true },
  branchSearch: 'contains',
  // 400 characters with `refs/heads/` (`GitConstants.MaxGitRefNameLength`; the value is an assumption), counted in bytes to be safe.
  branchNameBytes: 389,
  // "must not be longer than 4000 characters" is its refusal (scala-steward#3543). Of a title none is published: 400 (assumption).
  longestTitle: 400,
  longestDescription: 4_000,
  countsUtf16: true,
  tokenEndUntold: true,
};
/** The docs on templates, and on policies of a repository, begin with Azure DevOps Server. */
const { requestTemplates: _, requestRules: ___, ...withoutTemplates } = hosted;
/** API 4.1 and older: no `filterContains`, no `isDraft`, no `peelTags`. */
const tfs: Readonly<Capabilities> = {
  ...withoutTemplates,
  draftPullRequests: false,
  branchSearch: 'prefix',
  startsAt: { commit: 'whole' },
};
const { reviewers: __, ...tfsWithoutReviewers } = tfs;
/** Personal access tokens came with TFS 2017; so did, without `-preview`, asking people to review (docs of the previous APIs). */
const tfsWithoutTokens: Readonly<Capabilities> = { ...tfsWithoutReviewers, userTokens: false };

function server(name: string, capabilities: Capabilities): EditionFacts {
  const address = { kind: 'url', needsPath: true, cut: cutCollection } as const;
  return { name, address, capabilities, refusesTokens: 'server-token' };
}

const isHosted = ({ edition }: { edition: string }): boolean => edition === 'azure-devops';

export const azureDevOps = providerFacts({
  kind: 'azure-devops',
  rank: 3,
  editions: {
    'azure-devops': {
      name: 'Azure DevOps',
      address: { kind: 'own', check: checkOrganization },
      capabilities: hosted,
    },
    'azure-devops-server-2022': server('Azure DevOps Server 2022', hosted),
    'azure-devops-server-2020': server('Azure DevOps Server 2020', hosted),
    'azure-devops-server-2019': server('Azure DevOps Server 2019', hosted),
    'tfs-2018': server('TFS 2018', tfs),
    'tfs-2017': server('TFS 2017', tfs),
    'tfs-2015': server('TFS 2015', tfsWithoutTokens),
    'tfs-2013': server('TFS 2013', tfsWithoutTokens),
  },
  offerings: [
    {
      key: 'azure-devops',
      name: 'Azure DevOps',
      editions: ['azure-devops'],
      credentials: ['token'],
      example: 'https://dev.azure.com/example',
      field: { label: 'add.organization' },
    },
    {
      key: 'azure-devops-server',
      name: 'Azure DevOps Server, TFS',
      editions: [
        'azure-devops-server-2022',
        'azure-devops-server-2020',
        'azure-devops-server-2019',
        'tfs-2018',
        'tfs-2017',
        'tfs-2015',
        'tfs-2013',
      ],
      credentials: ['token', 'password'],
      example: 'https://tfs.example.com/tfs/DefaultCollection',
      field: { label: 'add.collection' },
    },
  ],
  domains: ['dev.azure.com', 'visualstudio.com'],
  locate(address) {
    const webUrl = azureDevOpsAddress(address);
    return { webUrl, apiUrl: webUrl, place: azureDevOpsPlace(webUrl) };
  },
  links,
  // The address that its own *Compare branches* page has.
  comparePath: (source, target) =>
    `/branchCompare?baseVersion=GB${encodeURIComponent(target)}&targetVersion=GB${encodeURIComponent(source)}`,
  // Project and name, without what its page "Naming restrictions" forbids in both.
  repositoryName: /^[^/\\:*?"<>|;#]+\/[^/\\:*?"<>|;#]+$/,
  reviewerId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  sign: '!',
  icon: 'M3.5 1h5L11.5 6l-3 5h-5L0.5 6Z',
  scopesWord: 'word.azure-devops.scopes',
  listed: 'listed.azure-devops',
  ownersLabel: 'options.owners.azure-devops',
  versionSentence: 'add.tested.api',
  credential: 'token',
  shortestToken: 52,
  // Microsoft's "Use personal access tokens" and "Retirement of global personal access tokens".
  help: {
    intro: 'help.azure-devops.intro',
    sections: [
      {
        heading: 'help.azure-devops.token',
        steps: [
          'help.azure-devops.token.1',
          'help.azure-devops.token.2',
          'help.azure-devops.token.3',
          'help.azure-devops.token.4',
        ],
        fits: isHosted,
      },
      {
        heading: 'help.azure-devops.server',
        steps: ['help.azure-devops.server.1', 'help.azure-devops.server.2', 'help.azure-devops.server.3'],
        fits: (service) => !isHosted(service),
      },
    ],
    last: 'help.azure-devops.once',
  },
});
