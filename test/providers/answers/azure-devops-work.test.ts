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
  pull,
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

const OF_SHOP = 'GET /Shop/_apis/git/pullrequests';
const OF_ALL = 'GET /_apis/git/pullrequests';
const asked = () => service.asked.map(nameOf);
const find = (more: object = {}, edition?: EditionId) =>
  azureDevOps.findWork(connection(edition), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [], ...more });
async function found(more: object = {}, edition?: EditionId) {
  const work = await find(more, edition);
  return work.ok ? work.value.pullRequests : work;
}

describe('The pull requests of an issue at Azure DevOps', () => {
  it('are found by title on the service, in the version that can', async () => {
    service.play({ [OF_SHOP]: list(pull()) });
    expect(await find()).toEqual({
      ok: true,
      value: {
        branches: [],
        pullRequests: [
          {
            ...{ repository, number: 7, title: 'DEMO-1', state: 'open', source: 'fix', target: 'main' },
            url: 'https://dev.azure.com/acme/Shop/_git/web/pullrequest/7',
            ...{ author: 'Alice Example', updatedAt: '2026-11-20T12:00:00.000Z' },
          },
        ],
      },
    });
    expect(service.asked[0]?.headers['accept']).toBe('application/json;api-version=7.2-preview.2');
    expect(service.asked[0]?.query).toEqual({
      'searchCriteria.status': '4',
      'searchCriteria.title': 'DEMO-1',
      $skip: '0',
      $top: '100',
    });
  });

  it.each<[EditionId, string, object]>([
    ['azure-devops-server-2022', '7.0', {}],
    ['tfs-2017', '3.0', {}],
    ['tfs-2015', '1.0', { status: 'all' }],
    ['tfs-2013', '1.0', { status: 'all' }],
  ])('are found among the newest of %s', async (edition, version, bare) => {
    service.play({ [OF_SHOP]: list(pull({ title: 'Unnamed' }), pull({ title: 'On demo-1' })) });
    expect(await found({}, edition)).toMatchObject([{ title: 'On demo-1' }]);
    expect(service.asked[0]?.headers['accept']).toBe(`application/json;api-version=${version}`);
    expect(service.asked[0]?.query).toEqual({ 'searchCriteria.status': '4', $skip: '0', $top: '100', ...bare });
  });

  it('name it as a whole word in their title or source', async () => {
    const named = (title: string, source: string, target = 'main') =>
      pull({
        ...{ title, pullRequestId: title.length + title.charCodeAt(0) },
        ...{ sourceRefName: `refs/heads/${source}`, targetRefName: `refs/heads/${target}` },
      });
    service.play({
      [OF_SHOP]: list(
        named('a DEMO-1', 'x'),
        named('b', 'fix/demo-1'),
        named('c DEMO-12', 'XDEMO-1'),
        named('DEMO', '-1'),
        named('d', 'x', 'DEMO-1'),
      ),
    });
    expect(await found()).toMatchObject([{ title: 'a DEMO-1' }, { title: 'b' }]);
  });

  it('of several projects are requested once, and belong to no other', async () => {
    const of = (name: string) => pull({ title: `DEMO-1 ${name}`, repository: { name: 'web', project: { name } } });
    service.play({ [OF_ALL]: list(of('shop'), of('Other'), of('Back Office')) });
    expect(await found({ owners: ['Shop', 'BACK office'] })).toMatchObject([
      { repository: 'shop/web' },
      { repository: 'Back Office/web' },
    ]);
    expect(asked()).toEqual([OF_ALL]);
    service.play({ [OF_SHOP]: list(of('Shop'), of('Other')) });
    expect(await found()).toMatchObject([{ repository }]);
  });

  it.each([
    ['active', {}, 'open', '2026-11-20T12:00:00.000Z'],
    ['active', { isDraft: true }, 'draft', '2026-11-20T12:00:00.000Z'],
    ['abandoned', { isDraft: true, closedDate: '2026-11-21T12:00:00Z' }, 'closed', '2026-11-21T12:00:00.000Z'],
    ['completed', { closedDate: '2026-11-21T12:00:00Z' }, 'merged', '2026-11-21T12:00:00.000Z'],
  ])('that are %s %j are %s since %s', async (status, more, state, updatedAt) => {
    service.play({ [OF_SHOP]: list(pull({ status, ...more })) });
    expect(await found()).toMatchObject([{ state, updatedAt }]);
  });

  it('from another ref name that ref', async () => {
    service.play({ [OF_SHOP]: list(pull({ sourceRefName: 'refs/pull/3/merge' })) });
    expect(await found()).toMatchObject([{ source: 'refs/pull/3/merge', target: 'main' }]);
  });

  it.each<[Reply, object]>([
    [says(401, ''), failure('AUTH_INVALID', { organization: 'acme' })],
    [says(500, ''), failure('UNEXPECTED_ANSWER', { status: 500, reading: true })],
    [list(pull({ pullRequestId: '7' })), failure('NOT_AN_API_ANSWER')],
    [list(pull({ status: undefined })), failure('NOT_AN_API_ANSWER')],
    [list(pull({ creationDate: 'yesterday' })), failure('NOT_AN_API_ANSWER')],
    [{ body: { hello: 'world' } }, failure('NOT_AN_API_ANSWER')],
  ])('that cannot be read are no issue without work: %j', async (reply, refused) => {
    service.play({ [OF_SHOP]: reply });
    expect(await find()).toEqual(refused);
  });
});

describe('The branches of an issue at Azure DevOps', () => {
  const refs = (name: string) => `GET /Shop/_apis/git/repositories/${name}/refs heads/`;

  it.each([
    ['azure-devops', { filter: 'heads/', filterContains: 'DEMO-1' }],
    ['tfs-2018', { filter: 'heads/' }],
  ] as const)('are those that name it as a whole word: %s', async (edition, query) => {
    service.play({ [OF_SHOP]: list(), [heads()]: branches(['fix/demo-1_x', 'DEMO-12', 'main']) });
    expect(await find({ repositories: [repository] }, edition)).toEqual({
      ok: true,
      value: { branches: [{ repository, name: 'fix/demo-1_x', commit }], pullRequests: [] },
    });
    expect(service.asked.find(({ query: { filter } }) => filter !== undefined)?.query).toEqual(query);
  });

  it.each([
    [says(404, 'TF401019')],
    [says(403, "TF401027: You need the Git 'GenericRead' permission")],
    [says(403, 'The repository is disabled', 'GitRepositoryDisabledException')],
  ])('of another repository are given although one is hidden: %j', async (hidden) => {
    service.play({ [OF_SHOP]: list(), [heads()]: hidden, [refs('api')]: branches(['DEMO-1']) });
    expect(await find({ repositories: [repository, 'Shop/api', '../no'] })).toEqual({
      ok: true,
      value: {
        branches: [{ repository: 'Shop/api', name: 'DEMO-1', commit }],
        pullRequests: [],
        unseen: [repository, '../no'],
      },
    });
  });

  it.each<[Reply, object]>([
    [says(401, ''), failure('AUTH_INVALID', { organization: 'acme' })],
    [says(500, ''), failure('UNEXPECTED_ANSWER', { status: 500, reading: true })],
  ])('that cannot be read are no issue without work: %j', async (reply, refused) => {
    service.play({ [OF_SHOP]: list(pull()), [heads()]: branches(['DEMO-1']), [refs('api')]: reply });
    expect(await find({ repositories: [repository, 'Shop/api'] })).toEqual(refused);
  });

  it('are read in ten repositories at most', async () => {
    const names = Array.from({ length: 11 }, (_, at) => `r${at}`);
    service.play({ [OF_SHOP]: list(), ...Object.fromEntries(names.map((name) => [refs(name), list()])) });
    expect(await find({ repositories: names.map((name) => `Shop/${name}`) })).toMatchObject({ ok: true });
    expect(asked().sort()).toEqual([OF_SHOP, ...names.slice(0, 10).map(refs)].sort());
  });
});
