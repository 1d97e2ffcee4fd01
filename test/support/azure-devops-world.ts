import { createHash } from 'node:crypto';
import { azureDevOpsService, type AzureDevOpsService } from '../../sandbox/world/world';
import { templateFiles } from '../../rig/templates';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** A token of a server's shape (52 letters), the same for the same name: tests know it, nobody else uses it. */
function token(name: string): string {
  const bytes = createHash('sha512').update(name).digest();
  return Array.from({ length: 52 }, (_, at) => LETTERS.charAt((bytes[at] ?? 0) % LETTERS.length)).join('');
}

/** Tokens by what they can do; none is part of another. */
export const tokens = {
  alice: token('alice'),
  aliceReadOnly: token('alice, read only'),
  aliceNoCode: token('alice, work items only'),
  aliceExpired: token('alice, expired'),
  aliceRevoked: token('alice, revoked'),
  aliceElsewhere: token('alice, for another organization'),
  bob: token('bob'),
  dora: token('dora'),
  carol: token('carol'),
  eve: token('eve'),
} as const;

export const PASSWORD = 'correct horse: battery';

/** A name with everything a repository may be called that an address does not take as it is. */
export const ODD_REPOSITORY = 'Back Office/Rechnungen & Maße 100%';

/** Where each edition lives. */
export const places: Readonly<
  Record<AzureDevOpsService['edition'], { host: string; collection: string; address: string }>
> = {
  'azure-devops': { host: 'dev.azure.com', collection: 'acme', address: 'https://dev.azure.com/acme' },
  'azure-devops-server-2022': {
    host: 'ado22.acme.example',
    collection: 'My Collection',
    address: 'https://ado22.acme.example/My%20Collection',
  },
  'azure-devops-server-2020': {
    host: 'ado20.acme.example',
    collection: 'Größe',
    address: 'https://ado20.acme.example/Gr%C3%B6%C3%9Fe',
  },
  'azure-devops-server-2019': {
    host: 'ado19.acme.example',
    collection: 'DefaultCollection',
    address: 'https://ado19.acme.example/DefaultCollection',
  },
  ...tfs('tfs-2018'),
  ...tfs('tfs-2017'),
  ...tfs('tfs-2015'),
  ...tfs('tfs-2013'),
};

function tfs<Id extends string>(id: Id) {
  const host = `${id}.acme.example`;
  const place = { host, collection: 'tfs/DefaultCollection', address: `https://${host}/tfs/DefaultCollection` };
  return { [id]: place } as Record<Id, typeof place>;
}

/** A service of an edition with everything that can go wrong with a branch or a pull request. */
export function azureDevOpsWorld(
  edition: AzureDevOpsService['edition'],
  more: { iisBasic?: boolean } = {},
): AzureDevOpsService {
  const { host, collection } = places[edition];
  const write = ['vso.code_write'];
  const rights = { alice: 'contribute', ada: 'admin', bob: 'read', dora: 'no-branches' };
  return azureDevOpsService.parse({
    kind: 'azure-devops',
    edition,
    webHost: host,
    collection,
    iisBasic: more.iisBasic ?? ['tfs-2015', 'tfs-2013'].includes(edition),
    accounts: ['ada', 'alice', 'bob', 'carol', 'dora', 'eve'].map((login) => ({
      login,
      name: `${login.charAt(0).toUpperCase()}${login.slice(1)} Example`,
      email: `${login}@acme.example`,
      password: `${PASSWORD} of ${login}`,
    })),
    repositories: [
      {
        project: 'Shop',
        name: 'web',
        rights: { ...rights, eve: 'admin' },
        branches: [
          { name: 'develop', commits: 2 },
          { name: 'feature/DEMO-1-login', commits: 1 },
          { name: 'demo-1-lower-case', commits: 1 },
          { name: 'DEMO-12-other', commits: 1 },
          { name: 'release/1.0', commits: 1 },
          { name: 'frozen', commits: 1, lockedBy: 'ada' },
          { name: 'odd/100%-#1+ü', commits: 1 },
        ],
        policies: ['release/*'],
        reviewPolicies: { main: { required: ['eve', 'carol'], approvals: 2 } },
      },
      { project: 'Shop', name: 'api', rights, caseEnforcement: true, branches: [{ name: 'Topic' }] },
      {
        project: 'Shop',
        name: 'folders',
        rights,
        branchFolders: ['users/*'],
        files: templateFiles([
          '.azuredevops/PULL_REQUEST_TEMPLATE.md',
          '.azuredevops/pull_request_template/branches/release.md',
          '.azuredevops/pull_request_template/branches/release/1.0.txt',
          '.vsts/pull_request_template/hotfix.md',
          'docs/pull_request_template.md',
          'pull_request_template/branches/Legacy.md',
          'src/pull_request_template.md',
        ]),
      },
      { project: 'Shop', name: 'fresh', empty: true, rights },
      { project: 'Shop', name: 'attic', disabled: true, rights },
      { project: 'Back Office', name: 'Rechnungen & Maße 100%', rights },
    ],
    tokens: [
      { account: 'alice', value: tokens.alice, scopes: write },
      { account: 'alice', value: tokens.aliceReadOnly, scopes: ['vso.code'] },
      { account: 'alice', value: tokens.aliceNoCode, scopes: ['vso.work'] },
      { account: 'alice', value: tokens.aliceExpired, scopes: write, expiresAt: '2020-01-01T00:00:00.000Z' },
      { account: 'alice', value: tokens.aliceRevoked, scopes: write, revoked: true },
      { account: 'alice', value: tokens.aliceElsewhere, scopes: write, organization: 'globex' },
      { account: 'bob', value: tokens.bob, scopes: write },
      { account: 'dora', value: tokens.dora, scopes: write },
      { account: 'carol', value: tokens.carol, scopes: write },
      { account: 'eve', value: tokens.eve, scopes: write },
    ],
  });
}
