import type { EditionId } from '../../../src/domain/editions';
import type { Provider } from '../../../src/providers/provider';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import {
  branches,
  commit,
  connection,
  failure,
  heads,
  list,
  nameOf,
  openAzureDevOps,
  repository,
  says,
} from './azure-devops';

let service: ScriptedService;
let azureDevOps: Provider;

beforeAll(async () => {
  ({ azureDevOps } = await import('../../../src/providers/azure-devops'));
  service = await openAzureDevOps();
});
afterAll(() => service.close());

const asked = () => service.asked.map(nameOf);
/** The names on a page, and its cursor. */
const page = (answer: any) => ({ names: answer.value?.items.map(({ name }: any) => name), next: answer.value?.next });

describe('Repositories at Azure DevOps', () => {
  const OF_SHOP = 'GET /Shop/_apis/git/repositories';
  const OF_ALL = 'GET /_apis/git/repositories';
  const one = (fullName: string, more: object = {}) => {
    const [project = '', name] = fullName.split('/');
    return { id: `id of ${fullName}`, name, project: { name: project }, defaultBranch: 'refs/heads/main', ...more };
  };
  const find = (more: object = {}) =>
    azureDevOps.listRepositories(connection(), { owners: ['Shop'], search: '', ...more });

  it('are those of the project that are not disabled, by name', async () => {
    service.play({
      [OF_SHOP]: list(
        one('Shop/web'),
        one('Shop/api 2', { defaultBranch: undefined, isDisabled: false }),
        one('Shop/attic', { isDisabled: true }),
        one('Shop/Über', { defaultBranch: 'refs/heads/refs/heads/x' }),
      ),
    });
    const address = 'https://dev.azure.com/acme/Shop/_git';
    expect(await find()).toEqual({
      ok: true,
      value: {
        items: [
          { name: 'Shop/api 2', url: `${address}/api%202` },
          { name: 'Shop/Über', url: `${address}/%C3%9Cber`, defaultBranch: 'refs/heads/x' },
          { name: 'Shop/web', url: `${address}/web`, defaultBranch: 'main' },
        ],
      },
    });
    expect(asked()).toEqual([OF_SHOP]);
  });

  it('are requested once for several projects, and belong to no other', async () => {
    service.play({ [OF_ALL]: list(one('Shop/web'), one('Other/web'), one('back office/tools')) });
    expect(page(await find({ owners: ['SHOP', 'Back Office'] })).names).toEqual(['back office/tools', 'Shop/web']);
    expect(asked()).toEqual([OF_ALL]);
    service.play({ [OF_SHOP]: list(one('Shop/web'), one('Shopping/web')) });
    expect(page(await find()).names).toEqual(['Shop/web']);
  });

  it.each([
    ['WEB', ['Shop/web', 'Shop/web-2']],
    ['  eb-2 ', ['Shop/web-2']],
    ['shop', []],
    ['shop/w', ['Shop/web', 'Shop/web-2']],
    ['Other/', []],
    ['.*', []],
  ])('are found by “%s” in their names', async (search, names) => {
    service.play({ [OF_SHOP]: list(one('Shop/web'), one('Shop/web-2'), one('Shop/api')) });
    expect(page(await find({ search })).names).toEqual(names);
  });

  it('come page by page although the service sends all', async () => {
    const of = (count: number) => list(...Array.from({ length: count }, (_, at) => one(`Shop/${1000 + at}`)));
    service.play({ [OF_SHOP]: of(101) });
    const first = page(await find());
    expect([first.names.length, first.names[0], first.next]).toEqual([50, 'Shop/1000', '50']);
    const second = page(await find({ cursor: '50' }));
    expect([second.names.length, second.names[0], second.next]).toEqual([50, 'Shop/1050', '100']);
    expect(page(await find({ cursor: '100' }))).toEqual({ names: ['Shop/1100'], next: undefined });
    for (const cursor of ['', '-1', 'x50', '50x', '1e1', '9'.repeat(10)]) {
      expect(page(await find({ cursor }))).toEqual(first);
    }
    service.play({ [OF_SHOP]: of(50) });
    expect(page(await find()).next).toBeUndefined();
  });

  it.each<[Reply, object]>([
    [says(401, ''), failure('AUTH_INVALID', { organization: 'acme' })],
    [list({ id: 7 }), failure('NOT_AN_API_ANSWER')],
    [{ body: { hello: 'world' } }, failure('NOT_AN_API_ANSWER')],
    [{}, failure('NOT_AN_API_ANSWER')],
  ])('are not listed from %j', async (reply, refused) => {
    service.play({ [OF_SHOP]: reply });
    expect(await find()).toEqual(refused);
  });
});

describe('Branches at Azure DevOps', () => {
  const find = (search = '', cursor?: string, edition?: EditionId) =>
    azureDevOps.listBranches(connection(edition), { repository, search, cursor });

  it('are searched and paged by the service', async () => {
    const more = { ...(branches(['main', 'x/y']) as object), headers: { 'x-ms-continuationtoken': 'on' } };
    service.play({ [heads()]: more });
    const items = [
      { name: 'main', commit },
      { name: 'x/y', commit },
    ];
    expect(await find()).toEqual({ ok: true, value: { items, next: 'on' } });
    expect(await find('MA', 'on')).toMatchObject({ ok: true });
    expect(service.asked.map(({ query }) => query)).toEqual([
      { filter: 'heads/', $top: '50' },
      { filter: 'heads/', $top: '50', filterContains: 'MA', continuationToken: 'on' },
    ]);
  });

  it.each([{}, { 'x-ms-continuationtoken': '' }])('end without a cursor: %j', async (headers) => {
    service.play({ [heads()]: { ...(branches(['main']) as object), headers } });
    expect(await find()).toEqual({ ok: true, value: { items: [{ name: 'main', commit }] } });
  });

  it('of a server that neither searches nor pages are searched and paged here', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `Topic/${100 + at}`);
    service.play({ [heads()]: branches(['main', ...names]) });
    const first = page(await find('tOPIC', undefined, 'tfs-2018'));
    expect([first.names.length, first.names[0], first.next]).toEqual([50, 'Topic/100', '50']);
    expect(page(await find('tOPIC', '50', 'tfs-2018'))).toEqual({ names: names.slice(50), next: undefined });
    expect(service.asked.map(({ query }) => query)).toEqual([{ filter: 'heads/' }, { filter: 'heads/' }]);
  });

  it.each<[Reply, object]>([
    [says(404, 'TF401019'), failure('REPOSITORY_NOT_FOUND')],
    [list({ name: 'refs/tags/v1', objectId: commit }), failure('NOT_AN_API_ANSWER')],
    [list({ name: 'refs/heads/main', objectId: `${commit}0` }), failure('NOT_AN_API_ANSWER')],
    [list({ name: 'refs/heads/main', objectId: `0${commit}` }), failure('NOT_AN_API_ANSWER')],
    [list({ name: 'refs/heads/main' }), failure('NOT_AN_API_ANSWER')],
    [{ status: 204 }, failure('NOT_AN_API_ANSWER')],
  ])('are not listed from %j', async (reply, refused) => {
    service.play({ [heads()]: reply });
    for (const edition of ['azure-devops', 'tfs-2018'] as const) {
      expect(await find('', undefined, edition)).toEqual(refused);
    }
  });
});
