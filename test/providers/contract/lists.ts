import type { Page } from '../../../src/providers/provider';
import { valueOf, type Place, type Subject } from './place';
import { sentence } from './sentences';

const names = (page: Page<{ name: string }>) => page.items.map(({ name }) => name);
/** Every one of these means something to a search, an address, a pattern or a query somewhere. */
const oddTexts = [
  '%',
  '?',
  '\\',
  '*',
  '^main',
  'main$',
  "x'y",
  '"',
  'a&owned=true',
  'zzz user:alice',
  '日本',
  '../..',
  '{}',
];

export function lists(subject: Subject, place: Place): void {
  const { provider, repository, owners } = subject;
  const repositories = async (search: string, of = owners) =>
    valueOf(await provider.listRepositories(place.connection(), { owners: of, search }));
  const branches = async (search: string, where = repository) =>
    valueOf(await provider.listBranches(place.connection(), { repository: where, search }));

  it(sentence(23), async () => {
    const found = await repositories('');
    const { webUrl } = place.connection().service;
    expect(names(found)).toEqual(expect.arrayContaining([repository]));
    expect(found.items.filter(({ url }) => !url.startsWith(`${webUrl}/`))).toEqual([]);
    const { elsewhere } = subject;
    if (elsewhere === undefined) {
      expect(subject.foundOwners).toBe('all');
    } else {
      expect(names(found)).not.toContain(elsewhere.repository);
      expect(names(await repositories('', [elsewhere.owner]))).toContain(elsewhere.repository);
    }
  });

  describe(sentence(24), () => {
    it.each(subject.searches)('%s', async (search) => {
      expect(names(await repositories(search))).toContain(repository);
      expect(names(await repositories(`${search}zzz`))).toEqual([]);
    });
  });

  describe(sentence(25), () => {
    it.each(oddTexts)('repositories: %s', async (text) => {
      expect(names(await repositories(`zz${text}`))).toEqual([]);
    });

    it.each(oddTexts)('branches: %s', async (text) => {
      const fitting = names(await branches('')).filter((name) => name.includes(text));
      expect(names(await branches(text))).toEqual(fitting);
    });
  });

  describe(sentence(26), () => {
    it.each([
      ['repositories', () => repositories('')],
      ['repositories that are searched', () => repositories(subject.searches[0] ?? '')],
      ['branches', () => branches('')],
      ['branches that are searched', () => branches('login')],
    ])('%s', async (_, list) => {
      await list();
      expect(place.requests()).toHaveLength(1);
    });
  });

  it(sentence(27), async () => {
    const found = (await repositories('')).items.find(({ name }) => name === subject.empty);
    expect(found).toEqual({ name: subject.empty, url: expect.any(String) as string });
    expect(await branches('', subject.empty)).toEqual({ items: [] });
  });

  describe(sentence(28), () => {
    it.each([
      ['login', ['feature/DEMO-1-login']],
      ['LOGIN', ['feature/DEMO-1-login']],
      ['demo-1', ['DEMO-12-other', 'demo-1-lower-case', 'feature/DEMO-1-login']],
      ['ease/1', ['release/1.0']],
      ['100%', ['odd/100%-#1+ü']],
      ['#1', ['odd/100%-#1+ü']],
      ['+ü', ['odd/100%-#1+ü']],
      ['odd/', ['odd/100%-#1+ü']],
    ])('%s', async (search, expected) => {
      expect(names(await branches(search)).sort()).toEqual([...expected].sort());
    });
  });

  it(sentence(29), async () => {
    const { items } = await branches('');
    expect(items.length).toBeGreaterThan(6);
    for (const { name, commit } of items) if (commit !== undefined) expect(commit).toBe(await place.head(name));
    // The start of a branch can only come from a list with commits.
    expect(items.every(({ commit }) => commit !== undefined) || !subject.listsCommits).toBe(true);
  });

  it(sentence(30), async () => {
    const head = await place.head('main');
    const many = Array.from({ length: 120 }, (_, at) => `many/${String(at).padStart(3, '0')}`);
    const update = (verb: (name: string) => string) =>
      place.git(repository, ['update-ref', '--stdin'], many.map((name) => `${verb(name)}\n`).join(''));
    await update((name) => `create refs/heads/${name} ${head}`);
    try {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { repository, search: 'many', cursor };
        const page = valueOf(await provider.listBranches(place.connection(), query));
        expect(page.items.length).toBeLessThanOrEqual(100);
        seen.push(...names(page));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen).toEqual(many);
      expect(place.requests().length).toBeLessThan(10);
    } finally {
      await update((name) => `delete refs/heads/${name}`);
    }
  });
}
