import { gitlab } from '../../../src/providers/gitlab';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { branches, connection, failure, namesOf, openGitLab, repository, says, success } from './gitlab';

let service: ScriptedService;
beforeAll(async () => {
  service = await openGitLab();
});
afterAll(() => service.close());

const commit = 'a'.repeat(40);
const page = (body: unknown, next?: string): Reply => ({
  body,
  headers: next === undefined ? {} : { 'x-next-page': next },
});
const asked = (): Record<string, string> => service.asked.at(-1)?.query ?? {};
/** The parameters of a request to GitLab, without those of every list. */
function searched() {
  const { search, search_namespaces } = asked();
  return search === undefined ? {} : { search, search_namespaces };
}

describe('Projects of GitLab', () => {
  const PROJECTS = 'GET projects';
  const found = (path: string, more: object = {}) => ({
    path_with_namespace: path,
    name_with_namespace: path.replaceAll('/', ' / '),
    web_url: `https://gitlab.com/${path}`,
    default_branch: 'main',
    ...more,
  });
  const list = (more: object = {}) => gitlab.listRepositories(connection(), { owners: ['acme'], search: '', ...more });
  const names = async (more: object) => {
    const answer = await list(more);
    return answer.ok && answer.value.items.map(({ name }) => name);
  };

  it('are those one may push to, the last active first, in one request', async () => {
    service.play({
      [PROJECTS]: page([found('acme/web'), found('acme/a/b', { default_branch: null }), found('other/web')]),
    });
    expect(await list()).toEqual(
      success({
        items: [
          { name: 'acme/web', url: 'https://gitlab.com/acme/web', defaultBranch: 'main' },
          { name: 'acme/a/b', url: 'https://gitlab.com/acme/a/b' },
        ],
      }),
    );
    expect(namesOf(service)).toEqual([PROJECTS]);
    const { search: _, search_namespaces: __, ...query } = asked();
    expect(query).toEqual({
      ...{ membership: 'true', min_access_level: '30', simple: 'true', archived: 'false' },
      ...{ order_by: 'last_activity_at', per_page: '50', page: '1' },
    });
  });

  it.each<[string, string[], string | undefined]>([
    ['web', ['acme'], 'web'],
    ['web', ['acme', 'x'], 'web'],
    ['acme/web', ['acme'], 'acme/web'],
    ['  big "shop" ', ['acme'], 'big shop'],
    ['my big shop', ['acme'], 'big shop'],
    ['日本語', ['acme'], '日本語'],
    ['', ['acme'], 'acme/'],
    ['we', ['acme'], 'acme/'],
    ['😀😀', ['acme'], 'acme/'],
    ['', ['acme', 'x'], undefined],
    ['we', ['acme', 'x'], undefined],
    ['', [], undefined],
  ])('are searched for “%s” of %j as %s, because GitLab knows no shorter words', async (search, owners, text) => {
    service.play({ [PROJECTS]: page([]) });
    await list({ search, owners });
    expect(searched()).toEqual(text === undefined ? {} : { search: text, search_namespaces: 'true' });
  });

  it.each<[string, string[]]>([
    ['we', ['acme/web', 'acme/WE']],
    ['WEB', ['acme/web']],
    ['shop big', ['acme/web']],
    ['web zzz', []],
    ['"web"', ['acme/web']],
    ['platform', ['acme/WE']],
    ['web big', ['acme/web']],
  ])('are narrowed to “%s” in path and name, whatever GitLab answers', async (search, expected) => {
    const shown = [
      found('acme/web', { name_with_namespace: 'Acme / The Big Shop' }),
      found('acme/WE', { name_with_namespace: 'Acme / Platform' }),
      found('acme/dots'),
    ];
    service.play({ [PROJECTS]: page(shown) });
    expect(await names({ search })).toEqual(expected);
  });

  it('have names of their own: none reaches into the next word', async () => {
    service.play({ [PROJECTS]: page([found('acme/some', { name_with_namespace: 'thing' })]) });
    expect(await names({ search: 'something' })).toEqual([]);
  });

  it('come page by page, until GitLab names no next one', async () => {
    service.play({ [PROJECTS]: [page([found('other/x')], '2'), page([], '')] });
    expect(await list()).toEqual(success({ items: [], next: '2' }));
    expect(await list({ cursor: '2' })).toEqual(success({ items: [] }));
    expect(service.asked.map(({ query }) => query['page'])).toEqual(['1', '2']);
  });

  it.each([
    ['1234567', '1234567'],
    ...['0', '-1', '02', 'x', '2x', 'x2', '1e9', '12345678', '2&membership=false', ''].map((one) => [one, '1']),
  ])('are requested from the cursor “%s” as page %s', async (cursor, number) => {
    service.play({ [PROJECTS]: page([]) });
    await list({ cursor });
    expect(asked()['page']).toBe(number);
  });

  it.each<[Reply, object]>([
    [says(401, '401 Unauthorized'), failure('AUTH_INVALID')],
    [{ body: {} }, failure('NOT_AN_API_ANSWER')],
    [{ body: [{ path_with_namespace: 'acme/web' }] }, failure('NOT_AN_API_ANSWER')],
    [{}, failure('NOT_AN_API_ANSWER')],
    ['lost', failure('UNREACHABLE')],
  ])('are not listed from %j', async (reply, refused) => {
    service.play({ [PROJECTS]: reply });
    expect(await list()).toEqual(refused);
  });
});

describe('Branches of GitLab', () => {
  const BRANCHES = `GET ${branches}`;
  const branch = (name: string) => ({ name, commit: { id: commit }, protected: false });
  const list = (search = '', cursor?: string) => gitlab.listBranches(connection(), { repository, search, cursor });

  it('come with their commits, page by page', async () => {
    service.play({ [BRANCHES]: page([branch('main')], '3') });
    expect(await list('', '2')).toEqual(success({ items: [{ name: 'main', commit }], next: '3' }));
    expect(service.asked.map(({ query }) => query)).toEqual([{ per_page: '50', page: '2' }]);
  });

  it('are given without one whose commit is lost', async () => {
    service.play({ [BRANCHES]: page([{ ...branch('lost'), commit: null }, branch('main')]) });
    expect(await list()).toEqual(success({ items: [{ name: 'main', commit }] }));
  });

  it('are those that have the text in their names, in any case', async () => {
    service.play({ [BRANCHES]: page(['DEMO-1', 'x/demo-1', 'other'].map(branch)) });
    const answer = await list('Demo-1');
    expect(answer.ok && answer.value.items.map(({ name }) => name)).toEqual(['DEMO-1', 'x/demo-1']);
  });

  it.each([
    ['main', 'main'],
    ['^^main$$', 'main'],
    ['a*b', 'ab'],
    ['a^b', 'a^b'],
    ['a$b', 'a$b'],
    ['^', undefined],
    ['', undefined],
  ])('are searched for “%s” as %s: a pattern of GitLab is text', async (search, text) => {
    service.play({ [BRANCHES]: page([]) });
    await list(search);
    expect(asked()['search']).toBe(text);
  });

  it('are not given for a hidden project', async () => {
    service.play({ [BRANCHES]: says(404, '404 Project Not Found') });
    expect(await list()).toEqual(failure('REPOSITORY_NOT_FOUND'));
  });
});
