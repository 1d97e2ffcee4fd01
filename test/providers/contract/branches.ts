import { editions } from '../../../src/domain/editions';
import { ok } from '../../../src/domain/result';
import { byDay } from '../../support/whole';
import { failure, valueOf, type Place, type Subject } from './place';
import { sentence } from './sentences';

const taken = [
  'a/b/c',
  '100%',
  'no#1',
  'a+b',
  'a&b=c',
  '日本語',
  'ü-é',
  '%2F',
  '%2e%2e',
  "it's",
  'a"b',
  '(x)',
  'x,y;z',
  'a@b',
  'emoji-🚀',
  '<b>',
  'dots.and_more',
];
const notTaken = [
  'a b',
  'why?',
  'a..b',
  'x.lock',
  'a~b',
  'a^b',
  'a:b',
  'a*b',
  'a[b',
  'a\\b',
  'a@{b',
  'end.',
  'a//b',
  '.x',
];

/** `full`: every name of the tables; names do not depend on editions, so the others have a few of them. */
export function creatingBranches(subject: Subject, place: Place, full: boolean): void {
  const { provider, repository } = subject;
  const create = (name: string, more: { repository?: string; source?: string; commit?: string } = {}) =>
    provider.createBranch(place.connection(), { repository, source: 'develop', ...more, name });

  it(sentence(31), async () => {
    const [develop, main] = [await place.head('develop'), await place.head('main')];
    expect(develop).not.toBe(main);
    const name = place.fresh();
    expect(await create(name)).toEqual({ ok: true, value: { name, commit: develop } });
    expect(await place.head(name)).toBe(develop);
    expect(await place.head('develop')).toBe(develop);
  });

  it(sentence(32), async () => {
    valueOf(await create(place.fresh()));
    expect(place.requests().length).toBeLessThanOrEqual(2);
    const commit = await place.head('develop');
    place.forget();
    valueOf(await create(place.fresh(), { commit }));
    expect(place.requests()).toHaveLength(1);
  });

  it(sentence(33), async () => {
    const seen = await place.head('main');
    const [behind, gone] = [place.fresh(), place.fresh()];
    valueOf(await create(behind, { commit: seen }));
    expect(await place.head(behind)).toBe(seen);
    const late = await create(gone, { source: 'deleted-meanwhile', commit: seen });
    expect(late).toEqual({ ok: true, value: { name: gone, commit: seen } });
    expect(await place.head(gone)).toBe(seen);
  });

  it(sentence(34), async () => {
    const commit = 'f'.repeat(40);
    const name = place.fresh();
    expect(await create(name, { commit })).toEqual({ ok: true, value: { name, commit: await place.head('develop') } });
    expect(await create(place.fresh(), { source: 'gone', commit })).toEqual(failure('SOURCE_BRANCH_MISSING'));
  });

  describe(sentence(35), () => {
    const { odd } = subject;
    it.each([
      ...(full ? taken : byDay(taken, 4)).map((part) => [part, repository, 'odd/100%-#1+ü'] as const),
      ...['a/b/c', '日本語-100%'].map((part) => [part, odd.repository, odd.branch] as const),
    ])('%s in %s, from %s', async (part, where, source) => {
      const name = `${place.fresh()}/${part}`;
      const commit = await place.head(source, where);
      const at = { repository: where };
      expect(await create(name, { ...at, source })).toEqual({ ok: true, value: { name, commit } });
      expect(await place.head(name, where)).toBe(commit);
      const found = await provider.listBranches(place.connection(), { ...at, search: name });
      expect(valueOf(found).items.map((item) => item.name)).toEqual([name]);
      const second = place.fresh();
      expect(await create(second, { ...at, source: name })).toEqual({ ok: true, value: { name: second, commit } });
      for (const made of [name, second]) {
        expect(await provider.deleteBranch(place.connection(), { ...at, name: made })).toMatchObject({ ok: true });
        expect(await place.head(made, where)).toBe('');
      }
    });
  });

  describe(sentence(36), () => {
    it.each(full ? notTaken : byDay(notTaken, 3))('%s', async (name) => {
      expect(await create(`x-${name}`.replace('x-.', '.'))).toEqual(failure('BRANCH_NAME_REFUSED'));
    });
  });

  describe(sentence(37), () => {
    it.each(['main', 'develop', 'odd/100%-#1+ü'])('%s', async (name) => {
      const before = await place.head(name);
      expect(await create(name)).toEqual(failure('BRANCH_EXISTS'));
      expect(await place.head(name)).toBe(before);
    });
  });

  describe(sentence(38), () => {
    it.each([
      ['develop/sub', 'develop'],
      ['develop/sub/deeper', 'develop'],
      ['feature', 'feature/DEMO-1-login'],
      ['odd', 'odd/100%-#1+ü'],
    ])('%s', async (name, conflict) => {
      expect(await create(name)).toEqual(failure('BRANCH_NAME_CONFLICT', { conflict }));
    });
  });

  it(sentence(39), async () => {
    expect(await create(subject.reservedName)).toMatchObject(failure(subject.reservedBy ?? 'BRANCH_PROTECTED'));
    expect(await place.head(subject.reservedName)).toBe('');
  });

  describe(sentence(40), () => {
    it.each(['gone', 'dev', 'feature', 'odd/100'])('%s', async (source) => {
      expect(await create(place.fresh(), { source })).toEqual(failure('SOURCE_BRANCH_MISSING'));
    });
  });

  it(sentence(41), async () => {
    const name = place.fresh();
    const asked = await create(name, { repository: subject.empty, source: 'main' });
    expect(asked).toMatchObject(subject.emptyTakesBranch ? { ok: true, value: { name } } : failure('REPOSITORY_EMPTY'));
  });

  describe(sentence(42), () => {
    it.each(['plain', 'odd/100%-#1+ü'])('%s', async (part) => {
      place.loseAnswers();
      const name = `${place.fresh()}/${part}`;
      expect(await create(name)).toEqual({ ok: true, value: { name, commit: await place.head('develop') } });
      expect(place.written()).toBe(1);
    });
  });

  const failures = [{ reset: true }, { status: 500 }, { html: true, status: 502 }, { html: true, status: 200 }];

  describe(sentence(43), () => {
    it.each(failures)('%j', async (fault) => {
      await place.fail('createBranch', fault);
      const name = place.fresh();
      expect(await create(name)).toMatchObject({ ok: false });
      expect(await place.head(name)).toBe('');
    });
  });

  describe(sentence(44), () => {
    it.each(failures)('%j', async (fault) => {
      await place.fail('createBranch', fault);
      expect(await create('main')).toMatchObject({ ok: false });
      expect(await create('DEMO-12-other')).toMatchObject({ ok: false });
    });
  });
}

export function deletingBranches(subject: Subject, place: Place): void {
  const { provider, repository } = subject;
  const remove = (name: string, { credential } = subject.writer) =>
    provider.deleteBranch(place.connection(credential), { repository, name });

  it(sentence(45), async () => {
    const name = await place.branch();
    const before = await place.git(repository, ['for-each-ref', '--format=%(refname)']);
    expect(await remove(name)).toEqual({ ok: true, value: undefined });
    expect(place.requests().length).toBeLessThanOrEqual(2);
    const after = await place.git(repository, ['for-each-ref', '--format=%(refname)']);
    expect(after.split('\n')).toEqual(before.split('\n').filter((ref) => ref !== `refs/heads/${name}`));
  });

  describe(sentence(46), () => {
    it.each(['gone', 'feature', 'dev', 'odd/100', '%2e%2e', 'main/x'])('%s', async (name) => {
      expect(await remove(name)).toEqual(failure('BRANCH_MISSING'));
    });
  });

  describe(sentence(47), () => {
    it.each(subject.protectedBranches)('%s', async (name) => {
      expect(await remove(name, subject.maintainer)).toEqual(failure('BRANCH_PROTECTED'));
      expect(await place.head(name)).not.toBe('');
    });
  });

  it(sentence(48), async () => {
    const name = await place.branch();
    place.loseAnswers();
    expect(await remove(name)).toEqual({ ok: true, value: undefined });
    expect(place.written()).toBe(1);
    expect(await place.head(name)).toBe('');
  });

  describe(sentence(49), () => {
    it.each([{ reset: true }, { status: 500 }, { html: true, status: 502 }, { html: true, status: 200 }])(
      '%j',
      async (fault) => {
        const name = await place.branch();
        await place.fail('deleteBranch', fault);
        expect(await remove(name)).toMatchObject({ ok: false });
        expect(await place.head(name)).not.toBe('');
      },
    );
  });
}

export function whereBranchesAre(subject: Subject, place: Place): void {
  const { provider, repository } = subject;

  it(sentence(69), async () => {
    const commit = await place.head('develop');
    await place.git(repository, ['update-ref', 'refs/tags/v1', commit]);
    await place.git(repository, ['update-ref', 'refs/merge-requests/9/head', commit]);
    const head = (name: string) => provider.readHead(place.connection(), { repository, name });
    expect(await head('develop')).toEqual({ ok: true, value: commit });
    for (const name of [commit, 'v1', 'tags/v1', 'refs/tags/v1', 'refs/merge-requests/9/head'])
      expect([name, await head(name)]).toEqual([name, failure('BRANCH_MISSING')]);
    await place.git(repository, ['update-ref', '-d', 'refs/tags/v1']);
    await place.git(repository, ['update-ref', '-d', 'refs/merge-requests/9/head']);
  });

  it(sentence(76), async () => {
    const { startsAt } = editions[subject.edition].capabilities;
    const [first = '', second = ''] = await Promise.all(['develop', 'main'].map((name) => place.head(name)));
    const tags = [place.fresh(), `${place.fresh()}/100%-#1+ü`] as const;
    await place.git(repository, ['update-ref', `refs/tags/${tags[0]}`, first]);
    const me = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
    await place.git(repository, [...me, 'tag', '-a', '-m', 'A release', tags[1], second]);
    const at = (where: { tag: string } | { idBegins: string }) =>
      provider.readCommit?.(place.connection(), { repository, ...where });
    if (startsAt?.tag || startsAt?.commit === 'short') expect(provider).toHaveProperty('readCommit');
    if (startsAt?.tag) {
      expect([await at({ tag: tags[0] }), await at({ tag: tags[1] })]).toEqual([ok(first), ok(second)]);
      // One begins as it does, one is a branch.
      for (const tag of [tags[0].slice(0, -1), 'develop', 'gone'])
        expect([tag, await at({ tag })]).toEqual([tag, failure('SOURCE_MISSING')]);
      place.forget();
      await at({ tag: tags[0] });
      expect(place.requests()).toHaveLength(1);
    }
    if (startsAt?.commit === 'short') {
      expect(await at({ idBegins: first.slice(0, 8) })).toEqual(ok(first));
      expect(await at({ idBegins: 'f'.repeat(8) })).toEqual(failure('SOURCE_MISSING'));
      const named = first.startsWith('abcdef1') ? 'abcdef2' : 'abcdef1';
      await place.git(repository, ['update-ref', `refs/heads/${named}`, first]);
      expect(await at({ idBegins: named })).toEqual(failure('SOURCE_MISSING'));
      await place.git(repository, ['update-ref', '-d', `refs/heads/${named}`]);
    }
    for (const tag of tags) await place.git(repository, ['update-ref', '-d', `refs/tags/${tag}`]);
  });

  it(sentence(77), async () => {
    const commit = await place.head('main');
    const name = place.fresh();
    const create = (branch: { name: string; commit: string }) =>
      provider.createBranch(place.connection(), { repository, ...branch });
    expect(await create({ name, commit })).toEqual(ok({ name, commit }));
    expect(await place.head(name)).toBe(commit);
    const missing = place.fresh();
    expect(await create({ name: missing, commit: 'f'.repeat(40) })).toEqual(failure('SOURCE_BRANCH_MISSING'));
    expect(await place.head(missing)).toBe('');
  });

  it(sentence(71), async () => {
    const read = (name: string) => provider.readHeadCommit?.(place.connection(), { repository, name });
    const told = await place.git(repository, ['log', '-1', '--format=%H%n%s%n%an%n%aI', 'develop']);
    const [id = '', message = '', author = '', at = ''] = told.trim().split('\n');
    expect(await read('develop')).toEqual({
      ok: true,
      value: { id, message, author, at: new Date(at).toISOString() },
    });
    expect(await read('gone/altogether')).toEqual(failure('BRANCH_MISSING'));
  });
}
