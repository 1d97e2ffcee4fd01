import type { ProviderError } from '../../../src/domain/errors';
import { serviceAt } from '../../../src/domain/service';
import { createdAfterAll, isLostAnswer, openedAfterAll, settlePullRequest } from '../../../src/providers/after-write';
import { linksOf } from '../../../src/providers/links';
import type { PullRequest } from '../../../src/providers/provider';
import { loadProvider } from '../../../src/providers/registry';

const lost: ProviderError = { code: 'TIMEOUT' };
const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
const no = (error: ProviderError) => ({ ok: false, error }) as const;

describe('An answer without the outcome of a write', () => {
  it.each<[ProviderError, boolean]>([
    [{ code: 'TIMEOUT' }, true],
    [{ code: 'UNREACHABLE' }, true],
    [{ code: 'NOT_AN_API_ANSWER' }, true],
    [{ code: 'UNEXPECTED_ANSWER', status: 500 }, true],
    [{ code: 'UNEXPECTED_ANSWER', status: 499 }, false],
    [{ code: 'PERMISSION_DENIED' }, false],
    [{ code: 'EGRESS_REFUSED' }, false],
  ])('is %j: %s', (error, isLost) => {
    expect(isLostAnswer(error)).toBe(isLost);
  });
});

describe('A branch after a lost answer', () => {
  const branch = { name: 'new', commit: 'a' };

  it('was made when it is at the requested commit', async () => {
    expect(await createdAfterAll(branch, lost, async () => ok('a'))).toEqual(ok(branch));
    expect(await createdAfterAll(branch, lost, async () => ok('b'))).toEqual(no(lost));
    expect(await createdAfterAll(branch, lost, async () => no({ code: 'BRANCH_MISSING' }))).toEqual(no(lost));
  });
});

describe('A pull request after an answer', () => {
  const pull: PullRequest = {
    ...{ repository: 'acme/web', number: 7, title: 'DEMO-1', url: 'https://example.com/7', state: 'open' },
    ...{ source: 'fix', target: 'main' },
  };
  const open = async () => pull;
  const none = async () => undefined;

  it('that was lost was opened when the open one has its title', async () => {
    expect(await openedAfterAll('DEMO-1', lost, open)).toEqual(ok(pull));
    expect(await openedAfterAll('another', lost, open)).toEqual(no(lost));
    expect(await openedAfterAll('DEMO-1', lost, none)).toEqual(no(lost));
    expect(await settlePullRequest('DEMO-1', lost, open)).toEqual(ok(pull));
  });

  it('that says one exists names it', async () => {
    const exists: ProviderError = { code: 'PULL_REQUEST_EXISTS' };
    expect(await settlePullRequest('DEMO-1', exists, open)).toEqual(no({ ...exists, url: pull.url }));
    expect(await settlePullRequest('DEMO-1', exists, none)).toEqual(no(exists));
  });

  it('that refuses it is final, and nothing is searched', async () => {
    let looked = false;
    const look = async () => ((looked = true), pull);
    const denied: ProviderError = { code: 'PERMISSION_DENIED' };
    expect(await settlePullRequest('DEMO-1', denied, look)).toEqual(no(denied));
    expect(looked).toBe(false);
  });
});

describe('A branch', () => {
  it.each([
    ['github.com', 'acme/web', 'https://github.dev/acme/web/tree/fix/a%20b%23c'],
    ['ghes', 'acme/web', undefined],
    ['ghe.com', 'acme/web', undefined],
    ['gitlab.com', 'acme/sub/web', 'https://gitlab.com/-/ide/project/acme/sub/web/edit/fix/a%20b%23c/-/'],
    ['azure-devops', 'shop/web', undefined],
    ['codecommit', 'web', undefined],
  ] as const)('of %s has the web editor its service has', (edition, repository, url) => {
    const service = serviceAt(edition, edition === 'codecommit' ? 'eu-west-1' : 'https://git.acme.example');
    expect(linksOf(service).webEditor?.(service, repository, 'fix/a b#c')?.url).toBe(url);
  });
});

describe('A service', () => {
  it.each([
    ['github.com', 'acme/web', 'https://github.com/acme/web.git'],
    ['gitlab.com', 'acme/web', 'https://gitlab.com/acme/web.git'],
    ['azure-devops', 'shop/web', 'https://dev.azure.com/acme/shop/_git/web'],
    ['codecommit', 'web', 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web'],
  ] as const)('%s has an adapter and addresses of its own', async (edition, repository, clone) => {
    const address = edition === 'codecommit' ? 'eu-west-1' : 'https://dev.azure.com/acme';
    const service = serviceAt(edition, address);
    expect(linksOf(service).clone(service, repository)).toBe(clone);
    const provider = await loadProvider(service.edition.provider);
    const kinds = ['github', 'gitlab', 'azure-devops', 'codecommit'] as const;
    const others = await Promise.all(kinds.filter((kind) => kind !== service.edition.provider).map(loadProvider));
    expect(typeof provider.createBranch).toBe('function');
    expect(others).not.toContain(provider);
  });
});
