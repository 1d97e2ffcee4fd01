import type { Provider } from '../../../src/providers/provider';
import { linksOf } from '../../../src/providers/links';
import type { Asked, Reply, ScriptedService } from '../../support/scripted-service';
import { connection, failure, key, openAws, operationOf, refused } from './codecommit';

let service: ScriptedService;
let codecommit: Provider;

beforeAll(async () => {
  ({ codecommit } = await import('../../../src/providers/codecommit'));
  service = await openAws();
});
afterAll(() => service.close());

const repository = 'web';
const operations = () => service.asked.map(operationOf);
const bodies = (operation: string) =>
  service.asked.filter((one) => operationOf(one) === operation).map(({ body }) => body);
const head = (commitId: string): Reply => ({ body: { branch: { branchName: 'x', commitId } } });
const branches = (names: string[], nextToken?: string): Reply => ({ body: { branches: names, nextToken } });
const missing = refused('BranchDoesNotExistException');

describe('Lists of CodeCommit', () => {
  const list = (search: string, cursor?: string, ms?: number) =>
    codecommit.listBranches(connection(key, ms), { repository, search, cursor });
  const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `b${n + from}`);
  const named = (names: string[]) => names.map((name) => ({ name }));

  it('have names that contain the text, in any case', async () => {
    service.play({ ListBranches: branches(['main', 'Feature/DEMO-1', 'fix/demo-1']) });
    expect(await list('DEMO')).toEqual({ ok: true, value: { items: named(['Feature/DEMO-1', 'fix/demo-1']) } });
    expect(bodies('ListBranches')).toEqual([{ repositoryName: repository }]);
  });

  it('of repositories come the latest first, with their pages', async () => {
    service.play({ ListRepositories: { body: { repositories: [{ repositoryName: 'web app' }], nextToken: 't' } } });
    const found = await codecommit.listRepositories(connection(), { owners: [], search: '' });
    expect(found).toEqual({
      ok: true,
      value: {
        items: [
          {
            name: 'web app',
            url: 'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web%20app/browse?region=us-east-1',
          },
        ],
        next: '{"token":"t","shown":0}',
      },
    });
    expect(bodies('ListRepositories')).toEqual([{ sortBy: 'lastModifiedDate', order: 'descending' }]);
    service.play({ ListRepositories: missing });
    expect((await codecommit.listRepositories(connection(), { owners: [], search: '' })).ok).toBe(false);
  });

  it('come fifty at a time, out of one page of the service', async () => {
    service.play({ ListBranches: branches(many(101), 'more') });
    const first = await list('');
    expect(first).toEqual({ ok: true, value: { items: named(many(50)), next: '{"shown":50}' } });
    const second = await list('', '{"shown":50}');
    expect(second).toEqual({ ok: true, value: { items: named(many(50, 50)), next: '{"shown":100}' } });
    const third = await list('', '{"shown":100}');
    expect(third).toEqual({ ok: true, value: { items: named(['b100']), next: '{"token":"more","shown":0}' } });
    service.play({ ListBranches: branches(many(50)) });
    expect(await list('')).toEqual({ ok: true, value: { items: named(many(50)) } });
  });

  it('continue in the page of the service where they stopped', async () => {
    service.play({ ListBranches: branches(many(60)) });
    expect(await list('', '{"token":"t","shown":2}')).toMatchObject({ value: { next: '{"token":"t","shown":52}' } });
    expect(bodies('ListBranches')[0].nextToken).toBe('t');
  });

  it.each(['x', '{}', '{"shown":-1}', '{"shown":1.5}', '{"token":7,"shown":0}'])(
    'begin anew with the cursor %s',
    async (cursor) => {
      service.play({ ListBranches: branches(['main']) });
      expect(await list('', cursor)).toEqual({ ok: true, value: { items: named(['main']) } });
      expect(bodies('ListBranches')[0]).not.toHaveProperty('nextToken');
    },
  );

  it('request page after page until one has something, at most fifteen', async () => {
    const page = ({ body }: Asked): Reply => {
      const n = Number(body.nextToken ?? 0);
      return branches([n === 3 ? 'found' : 'other'], String(n + 1));
    };
    service.play({ ListBranches: page });
    expect(await list('found')).toEqual({
      ok: true,
      value: { items: named(['found']), next: '{"token":"4","shown":0}' },
    });
    expect(service.asked).toHaveLength(4);
    service.play({ ListBranches: page });
    expect(await list('nowhere')).toEqual({ ok: true, value: { items: [], next: '{"token":"15","shown":0}' } });
    expect(service.asked).toHaveLength(15);
    service.play({ ListBranches: [branches(['x'], '1'), refused('RepositoryDoesNotExistException')] });
    expect(await list('nowhere')).toEqual(failure('REPOSITORY_NOT_FOUND'));
  });

  it('skip shown names in the first page only', async () => {
    service.play({ ListBranches: [branches(['found'], '1'), branches(['found', 'found too'])] });
    expect(await list('found', '{"shown":1}')).toMatchObject({ value: { items: named(['found', 'found too']) } });
  });

  it('request no further page when the time is nearly over', async () => {
    service.play({ ListBranches: branches(['other'], 'next') });
    expect(await list('nowhere', undefined, 3_000)).toEqual({
      ok: true,
      value: { items: [], next: '{"token":"next","shown":0}' },
    });
    expect(service.asked).toHaveLength(1);
  });
});

describe('Creating a branch at CodeCommit', () => {
  const create = () => codecommit.createBranch(connection(), { repository, name: 'new', source: 'main' });

  it('puts it where its source is', async () => {
    service.play({ GetBranch: head('a'), CreateBranch: {} });
    expect(await create()).toEqual({ ok: true, value: { name: 'new', commit: 'a' } });
    expect(bodies('GetBranch')).toEqual([{ repositoryName: repository, branchName: 'main' }]);
    expect(bodies('CreateBranch')).toEqual([{ repositoryName: repository, branchName: 'new', commitId: 'a' }]);
  });

  it.each<[Reply, Reply, object]>([
    [missing, branches(['main']), failure('SOURCE_BRANCH_MISSING')],
    [missing, branches([]), failure('REPOSITORY_EMPTY')],
    [missing, branches([], 'more'), failure('SOURCE_BRANCH_MISSING')],
    [missing, missing, failure('SOURCE_BRANCH_MISSING')],
    [refused('InvalidBranchNameException'), branches([]), failure('REPOSITORY_EMPTY')],
    [refused('RepositoryDoesNotExistException'), branches([]), failure('REPOSITORY_NOT_FOUND')],
    [head(''), branches([]), failure('NOT_AN_API_ANSWER')],
  ])('needs a source: %j, %j', async (source, listed, answer) => {
    service.play({ GetBranch: source, ListBranches: listed });
    expect(await create()).toEqual(answer);
    expect(operations()).not.toContain('CreateBranch');
  });

  it('names the conflict, or quotes the service', async () => {
    const invalid = refused('InvalidBranchNameException');
    service.play({ GetBranch: head('a'), CreateBranch: invalid, ListBranches: branches(['main', 'new/one']) });
    expect(await create()).toEqual(failure('BRANCH_NAME_CONFLICT', { conflict: 'new/one' }));
    service.play({ GetBranch: head('a'), CreateBranch: invalid, ListBranches: branches(['main']) });
    expect(await create()).toEqual(failure('BRANCH_NAME_REFUSED'));
    service.play({ GetBranch: head('a'), CreateBranch: invalid, ListBranches: missing });
    expect(await create()).toEqual(failure('BRANCH_NAME_REFUSED'));
    service.play({ GetBranch: head('a'), CreateBranch: refused('BranchNameExistsException') });
    expect(await create()).toEqual(failure('BRANCH_EXISTS'));
    expect(operations()).toEqual(['GetBranch', 'CreateBranch']);
    service.play({ GetBranch: head('a'), CreateBranch: refused('CommitDoesNotExistException') });
    expect(await create()).toEqual(failure('SOURCE_BRANCH_MISSING'));
  });

  it('looks after a lost answer, and sends nothing twice', async () => {
    const at = (commit: string) => (asked: Asked) => head(asked.body.branchName === 'main' ? 'a' : commit);
    service.play({ GetBranch: at('a'), CreateBranch: 'lost' });
    expect(await create()).toEqual({ ok: true, value: { name: 'new', commit: 'a' } });
    expect(operations()).toEqual(['GetBranch', 'CreateBranch', 'GetBranch']);
    service.play({ GetBranch: at('b'), CreateBranch: 'lost' });
    expect(await create()).toEqual(failure('UNREACHABLE'));
  });
});

describe('Deleting a branch at CodeCommit', () => {
  const remove = () => codecommit.deleteBranch(connection(), { repository, name: 'old' });

  it.each<[Reply, object]>([
    [{ body: { deletedBranch: { branchName: 'old', commitId: 'a' } } }, { ok: true, value: undefined }],
    [{ body: {} }, failure('BRANCH_MISSING')],
    [refused('DefaultBranchCannotBeDeletedException'), failure('BRANCH_PROTECTED')],
  ])('%j is %j', async (reply, answer) => {
    service.play({ DeleteBranch: reply });
    expect(await remove()).toEqual(answer);
    expect(bodies('DeleteBranch')).toEqual([{ repositoryName: repository, branchName: 'old' }]);
    expect(operations()).toEqual(['DeleteBranch']);
  });

  it('looks whether it is gone after a lost answer', async () => {
    service.play({ DeleteBranch: 'lost', GetBranch: missing });
    expect(await remove()).toEqual({ ok: true, value: undefined });
    service.play({ DeleteBranch: 'lost', GetBranch: head('a') });
    expect(await remove()).toEqual(failure('UNREACHABLE'));
    service.play({ DeleteBranch: 'lost', GetBranch: refused('RepositoryDoesNotExistException') });
    expect(await remove()).toEqual(failure('UNREACHABLE'));
  });
});

describe('Pages of CodeCommit', () => {
  it('are those of branches, clones and keys', () => {
    const { service: at } = connection();
    const links = linksOf(at);
    expect(links.branch(at, 'web', 'fix/ü')).toBe(
      'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/browse/refs/heads/fix/%C3%BC?region=us-east-1',
    );
    expect(links.clone(at, 'web app')).toBe('https://git-codecommit.us-east-1.amazonaws.com/v1/repos/web%20app');
    expect(links.newToken(at, '')).toBe('https://console.aws.amazon.com/iam/home#/security_credentials');
    expect(links.otherToken?.(at)).toBeUndefined();
  });
});
