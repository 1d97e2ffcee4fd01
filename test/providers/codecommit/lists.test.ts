import { codecommit } from '../../../src/providers/codecommit';
import { codeCommitService } from '../../../sandbox/world/codecommit';
import { codeCommitDefinition, keys } from '../../support/codecommit-world';
import { openCodeCommitStage, type CodeCommitStage } from '../../support/codecommit-stage';

let stage: CodeCommitStage;
/** 130 repositories and as many branches, ten to a page. */
let large: CodeCommitStage;

const numbers = Array.from({ length: 130 }, (_, index) => String(index + 1).padStart(3, '0'));
const largeDefinition = codeCommitService.parse({
  ...codeCommitDefinition,
  pageSize: 10,
  repositories: [
    { name: 'many', branches: numbers.map((number) => ({ name: `feature/${number}` })) },
    ...numbers.map((number) => ({ name: `repo-${number}`, empty: true })),
  ],
});

beforeAll(async () => {
  [stage, large] = await Promise.all([openCodeCommitStage(codeCommitDefinition), openCodeCommitStage(largeDefinition)]);
});
afterAll(() => Promise.all([stage.close(), large.close()]));
beforeEach(() => stage.again());
afterEach(() => {
  stage.rest();
  expect(stage.complaints()).toEqual([]);
});

const all = { owners: [], search: '' };

describe('AWS CodeCommit: finding repositories', () => {
  it('takes one request, and leaves out the default branches, which would cost another', async () => {
    const found = await codecommit.listRepositories(stage.connection(keys.alice), { ...all, search: 'web' });

    expect(found).toEqual({
      ok: true,
      value: {
        items: [
          {
            name: 'web.site-2_old',
            url: 'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web.site-2_old/browse?region=us-east-1',
          },
          {
            name: 'web',
            url: 'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/browse?region=us-east-1',
          },
        ],
      },
    });
    expect(stage.operations()).toEqual(['ListRepositories']);
  });

  it('puts those that changed last first', async () => {
    const connection = stage.connection(keys.alice);
    await codecommit.createBranch(connection, { repository: 'api', name: 'DEMO-7', source: 'main' });
    const found = await codecommit.listRepositories(connection, all);
    expect(found.ok && found.value.items[0]?.name).toBe('api');
  });

  it.each([
    ['WEB', ['web.site-2_old', 'web']],
    ['site-2', ['web.site-2_old']],
    ['.', ['web.site-2_old']],
    ['locked', ['locked-gone', 'locked-disabled', 'locked-denied', 'locked-away']],
    ['w?b', []],
    ['/ % # ? +', []],
    ['日本', []],
  ])('finds any part of a name, whatever is typed: %s', async (search, names) => {
    const found = await codecommit.listRepositories(stage.connection(keys.alice), { ...all, search });
    expect(found.ok && found.value.items.map((item) => item.name)).toEqual(names);
  });

  it.each([
    ['may not list them', keys.carol, { code: 'SCOPE_MISSING', missing: ['codecommit:ListRepositories'] }],
    ['has a key that was switched off', keys.aliceOff, { code: 'AUTH_INVALID' }],
    ['has a wrong secret', { ...keys.alice, secret: keys.bob.secret }, { code: 'ACCESS_KEY_SECRET_WRONG' }],
  ])('is refused to somebody who %s', async (_, key, error) => {
    expect(await codecommit.listRepositories(stage.connection(key), all)).toMatchObject({ ok: false, error });
  });

  it.each([
    ['of another shape', { status: 200, body: { hello: 'world' } }, { code: 'NOT_AN_API_ANSWER' }],
    ['with a list that is none', { status: 200, body: { repositories: 'x' } }, { code: 'NOT_AN_API_ANSWER' }],
    ['in HTML', { html: true, status: 200 }, { code: 'NOT_AN_API_ANSWER' }],
    ['of an outage', { html: true, status: 503 }, { code: 'SERVICE_UNAVAILABLE', status: 503, reading: true }],
  ])('understands an answer %s as none', async (_, fault, error) => {
    await stage.arm('ListRepositories', { ...fault, times: 'always' });
    expect(await codecommit.listRepositories(stage.connection(keys.alice), all)).toMatchObject({ ok: false, error });
  });
});

describe('AWS CodeCommit: finding branches', () => {
  it('takes one request and gives names without commits', async () => {
    const found = await codecommit.listBranches(stage.connection(keys.alice), { repository: 'web', search: 'login' });
    expect(found).toEqual({ ok: true, value: { items: [{ name: 'feature/DEMO-1-login' }] } });
    expect(stage.operations()).toEqual(['ListBranches']);
  });

  it.each([
    ['demo-1', ['DEMO-12-other', 'demo-1-lower-case', 'feature/DEMO-1-login']],
    ['100%-#1+ü', ['odd/100%-#1+ü']],
    ['RELEASE/', ['release/1.0']],
    ['nothing', []],
  ])('finds any part of a name: %s', async (search, names) => {
    const found = await codecommit.listBranches(stage.connection(keys.alice), { repository: 'web', search });
    expect(found.ok && found.value.items.map((item) => item.name)).toEqual(names);
  });

  it('has none in a repository without commits', async () => {
    const found = await codecommit.listBranches(stage.connection(keys.alice), { repository: 'fresh', search: '' });
    expect(found).toEqual({ ok: true, value: { items: [] } });
  });

  it.each([
    ['is not there', 'gone', { code: 'REPOSITORY_NOT_FOUND' }],
    ['has a name no repository can have', 'a/b', { code: 'REPOSITORY_NOT_FOUND' }],
    ['has a name with spaces', 'a b', { code: 'REPOSITORY_NOT_FOUND' }],
    ['has a key that is closed', 'locked-denied', { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    ['has a key that is switched off', 'locked-disabled', { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    ['has a key that is gone', 'locked-gone', { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    ['has a key that cannot be reached', 'locked-away', { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
  ])('is refused in a repository that %s', async (_, repository, error) => {
    expect(await codecommit.listBranches(stage.connection(keys.alice), { repository, search: '' })).toEqual({
      ok: false,
      error,
    });
  });

  it('is refused to somebody without the right', async () => {
    expect(await codecommit.listBranches(stage.connection(keys.carol), { repository: 'web', search: '' })).toEqual({
      ok: false,
      error: { code: 'SCOPE_MISSING', missing: ['codecommit:ListBranches'] },
    });
  });
});

describe('AWS CodeCommit: long lists', () => {
  beforeEach(() => {
    stage.rest();
    return large.again();
  });
  afterEach(async () => {
    large.rest();
    expect(large.complaints()).toEqual([]);
    await stage.again();
  });

  const branches = (search: string, cursor?: string) =>
    codecommit.listBranches(large.connection(keys.alice), { repository: 'many', search, cursor });

  it('start with one page of the service and go on from there', async () => {
    const first = await codecommit.listRepositories(large.connection(keys.alice), all);
    expect(first.ok && first.value.items).toHaveLength(10);
    expect(large.operations()).toEqual(['ListRepositories']);
    const next = await codecommit.listRepositories(large.connection(keys.alice), {
      ...all,
      cursor: first.ok ? first.value.next : undefined,
    });
    expect(next.ok && next.value.items).toHaveLength(10);
    expect(next.ok && next.value.items[0]).not.toEqual(first.ok && first.value.items[0]);
  });

  it('are gone through to the end without losing or repeating a name', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await branches('', cursor);
      if (!page.ok) throw new Error(page.error.code);
      names.push(...page.value.items.map((item) => item.name));
      cursor = page.value.next;
    } while (cursor !== undefined);
    expect(names).toEqual([...numbers.map((number) => `feature/${number}`), 'main']);
  });

  it('are searched page by page until something fits', async () => {
    const found = await branches('045');
    expect(found.ok && found.value.items).toEqual([{ name: 'feature/045' }]);
    expect(large.operations()).toEqual(Array<string>(5).fill('ListBranches'));
  });

  it('are searched to the end when nothing fits and the end is near', async () => {
    expect(await branches('nothing')).toEqual({ ok: true, value: { items: [] } });
    expect(large.operations()).toHaveLength(14);
  });

  it('are searched through fifteen pages at most; the next search goes on there', async () => {
    const slow = await openCodeCommitStage({
      ...largeDefinition,
      repositories: largeDefinition.repositories.slice(0, 1),
      pageSize: 5,
    });
    try {
      large.rest();
      await slow.again();
      const query = { repository: 'many', search: '121' };
      const first = await codecommit.listBranches(slow.connection(keys.alice), query);
      expect(first).toEqual({ ok: true, value: { items: [], next: expect.any(String) as string } });
      expect(slow.operations()).toHaveLength(15);
      const cursor = first.ok ? first.value.next : undefined;
      const next = await codecommit.listBranches(slow.connection(keys.alice), { ...query, cursor });
      expect(next.ok && next.value.items).toEqual([{ name: 'feature/121' }]);
    } finally {
      slow.rest();
      await slow.close();
      await large.again();
    }
  });

  it('are not searched any further when time is short', async () => {
    const connection = large.connection(keys.alice, 3_500);
    const found = await codecommit.listBranches(connection, { repository: 'many', search: 'nothing' });
    expect(found).toEqual({ ok: true, value: { items: [], next: expect.any(String) as string } });
    expect(large.operations()).toEqual(['ListBranches']);
  });

  it('are shown fifty at a time, though the service gives more', async () => {
    const wide = await openCodeCommitStage({
      ...largeDefinition,
      repositories: largeDefinition.repositories.slice(0, 1),
      pageSize: 1000,
    });
    try {
      large.rest();
      await wide.again();
      const shown: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await codecommit.listBranches(wide.connection(keys.alice), {
          repository: 'many',
          search: 'feature',
          cursor,
        });
        if (!page.ok) throw new Error(page.error.code);
        shown.push(page.value.items.length);
        cursor = page.value.next;
      } while (cursor !== undefined);
      expect(shown).toEqual([50, 50, 30]);
    } finally {
      wide.rest();
      await wide.close();
      await large.again();
    }
  });

  it('start again with a cursor that nobody gave out', async () => {
    for (const cursor of ['nonsense', '{"shown":-1}', '{"token":5,"shown":0}', '[]']) {
      const page = await branches('', cursor);
      expect(page.ok && page.value.items[0]).toEqual({ name: 'feature/001' });
    }
  });

  it('refuse a place the service does not know', async () => {
    expect(await branches('', JSON.stringify({ token: 'x', shown: 0 }))).toEqual({
      ok: false,
      error: { code: 'REQUEST_REFUSED', status: 400, said: 'The continuation token is not valid' },
    });
  });
});
