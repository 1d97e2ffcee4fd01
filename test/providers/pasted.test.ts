import { serviceAt } from '../../src/domain/service';
import { linksOf } from '../../src/providers/links';
import type { EditionId } from '../../src/domain/editions';

const at = {
  'github.com': '',
  ghes: 'https://git.acme.example/github',
  'gitlab.com': '',
  'gitlab-self-managed': 'https://acme.example/gitlab',
  'azure-devops': 'https://dev.azure.com/acme',
  'azure-devops-server-2022': 'https://tfs.acme.example/tfs/DefaultCollection',
  codecommit: 'eu-west-1',
} as const satisfies Partial<Record<EditionId, string>>;
type At = keyof typeof at;

function read(edition: At, page: string) {
  const service = serviceAt(edition, at[edition]);
  return linksOf(service).read?.(service, new URL(page));
}

const repositories: Readonly<Record<At, string>> = {
  'github.com': 'acme/web',
  ghes: 'acme/web.site',
  'gitlab.com': 'acme/platform/web',
  'gitlab-self-managed': 'acme/web',
  'azure-devops': 'Back Office/Invoices',
  'azure-devops-server-2022': 'Back Office/a b',
  codecommit: 'warehouse',
};

describe('An address that somebody pastes', () => {
  const odd = ['fix/login', 'a b#c?d&e%2F', 'straße', 'x/--y', 'version=GB'];
  it.each((Object.keys(at) as At[]).flatMap((edition) => odd.map((branch) => [edition, branch] as const)))(
    'of a branch of %s names it: %s',
    (edition, branch) => {
      const service = serviceAt(edition, at[edition]);
      const repository = repositories[edition];
      const page = linksOf(service).branch(service, repository, branch);
      expect(read(edition, page)).toEqual({ repository, branch });
    },
  );

  it.each([
    ['github.com', 'https://github.com/acme/web/pull/7/files?w=1#diff', { repository: 'acme/web', number: 7 }],
    ['github.com', 'https://github.com/acme/web/commits/fix/a/', { repository: 'acme/web', branch: 'fix/a' }],
    ['gitlab.com', 'https://gitlab.com/a/b/c/-/merge_requests/12/diffs', { repository: 'a/b/c', number: 12 }],
    ['gitlab.com', 'https://gitlab.com/a/b/-/tree/x?ref_type=heads', { repository: 'a/b', branch: 'x' }],
    [
      'azure-devops',
      'https://dev.azure.com/acme/Shop/_git/web/pullrequest/3?_a=files',
      { repository: 'Shop/web', number: 3 },
    ],
    [
      'azure-devops',
      'https://acme.visualstudio.com/Shop/_git/web/pullrequest/3',
      { repository: 'Shop/web', number: 3 },
    ],
    [
      'azure-devops',
      'https://acme.visualstudio.com/DefaultCollection/_git/web/pullrequest/3',
      { repository: 'web/web', number: 3 },
    ],
    [
      'azure-devops',
      'https://dev.azure.com/ACME/_git/web?path=/x&version=GBa/b',
      { repository: 'web/web', branch: 'a/b' },
    ],
    [
      'codecommit',
      'https://console.aws.amazon.com/codesuite/codecommit/repositories/warehouse/pull-requests/5/details?region=eu-west-1',
      { repository: 'warehouse', number: 5 },
    ],
    [
      'codecommit',
      'https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/warehouse/browse/refs/heads/a/b/--/src?region=eu-west-1',
      { repository: 'warehouse', branch: 'a/b' },
    ],
  ] as const)('of %s is understood as it is in a browser: %s', (edition, page, names) => {
    expect(read(edition, page)).toEqual(names);
  });

  it.each([
    ['github.com', 'https://github.example/acme/web/pull/7'],
    ['github.com', 'https://github.com.evil.example/acme/web/pull/7'],
    ['github.com', 'https://github.com/acme/web/issues/7'],
    ['github.com', 'https://github.com/acme/web/tree/'],
    ['github.com', 'https://github.com/acme/web/pull/07'],
    ['github.com', 'https://github.com/acme/web/pull/9999999999'],
    ['github.com', 'https://github.com/acme/web/tree/%E0%A4%A'],
    ['ghes', 'https://git.acme.example/acme/web/pull/7'],
    ['gitlab-self-managed', 'https://acme.example/gitlabs/acme/web/-/merge_requests/7'],
    ['gitlab.com', 'https://gitlab.com/-/merge_requests/7/x'],
    ['azure-devops', 'https://dev.azure.com/other/Shop/_git/web/pullrequest/3'],
    ['azure-devops', 'https://other.visualstudio.com/Shop/_git/web/pullrequest/3'],
    ['azure-devops', 'https://dev.azure.com/acme/Shop/_git/web?version=GTv1'],
    ['azure-devops', 'https://dev.azure.com/acme/Shop/x/_git/web/pullrequest/3'],
    [
      'codecommit',
      'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/w/pull-requests/5/details',
    ],
    ['codecommit', 'https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/w/browse/refs/tags/v1'],
  ] as const)('of %s is none: %s', (edition, page) => {
    expect(read(edition, page)).toBeUndefined();
  });
});
