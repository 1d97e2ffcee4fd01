import { editions } from '../../../src/domain/editions';
import { mentionsIssue } from '../../../src/domain/issue-key';
import { fail } from '../../../src/domain/result';
import type { Work } from '../../../src/providers/provider';
import { failure, requestOf, valueOf, type Place, type Subject } from './place';
import { sentence } from './sentences';

export function pullRequests(subject: Subject, place: Place): void {
  const { provider, repository, writer } = subject;
  const { capabilities } = editions[subject.edition];
  type Change = Partial<ReturnType<typeof requestOf>>;
  const open = (source: string, change: Change = {}) =>
    provider.createPullRequest(place.connection(), { ...requestOf(repository, source), ...change });

  it(sentence(50), async () => {
    const source = await place.branch();
    const made = valueOf(await open(source));
    const { title } = requestOf(repository, source);
    expect(made).toMatchObject({ repository, source, target: 'main', title, state: 'open', author: writer.login });
    expect(made.number).toBeGreaterThan(0);
    expect(made.url).toMatch(/^https:\/\//);
    expect(made.url.startsWith(`${place.connection().service.webUrl}/`)).toBe(true);
    expect(place.written()).toBe(1);
  });

  describe(sentence(51), () => {
    it.each([
      'Größe 日本語 🚀',
      '<b>"DEMO-1"</b> & \'more\'',
      '100% #1 ? + \\',
      '{"a": 1}',
      'a  b',
      '-x',
      '`code` $(x)',
    ])('%s', async (title) => {
      expect(await open(await place.branch(), { title })).toMatchObject({ ok: true, value: { title } });
    });
  });

  describe(sentence(52), () => {
    it.each(['100%', 'no#1', 'a+b', 'a&b=c', '日本語', '%2F', "it's", 'emoji-🚀'])('%s', async (part) => {
      const [source, target] = [`${place.fresh()}/${part}`, `${place.fresh()}/${part}`];
      const at = place.connection();
      valueOf(await provider.createBranch(at, { repository, name: source, source: 'develop' }));
      valueOf(await provider.createBranch(at, { repository, name: target, source: 'main' }));
      expect(await open(source, { target })).toMatchObject({ ok: true, value: { source, target } });
    });
  });

  describe(sentence(70), () => {
    it.each(['title', 'description'] as const)('%s', async (field) => {
      const longest = field === 'title' ? capabilities.longestTitle : capabilities.longestDescription;
      const at = (length: number) => ({ [field]: 'x'.repeat(length) });
      expect(await open(await place.branch(), at(longest))).toMatchObject({ ok: true });
      const refused = await open(await place.branch(), at(longest + 1));
      expect(refused).toMatchObject({ ok: false, error: { code: 'PULL_REQUEST_TEXT_TOO_LONG', field } });
    });
  });

  it(sentence(53), async () => {
    const made = valueOf(await open(await place.branch(), { draft: true }));
    expect(made.state).toBe(capabilities.draftPullRequests ? 'draft' : 'open');
  });

  it(sentence(54), async () => {
    const source = await place.branch();
    const { url } = valueOf(await open(source));
    expect(await open(source, { title: 'Once more' })).toEqual(failure('PULL_REQUEST_EXISTS', { url }));
    expect(await open(source, { target: 'develop', title: 'Elsewhere' })).not.toEqual(
      failure('PULL_REQUEST_EXISTS', { url }),
    );
  });

  it(sentence(55), async () => {
    const source = await place.branch();
    const answers = await Promise.all([open(source), open(source)]);
    const urls = answers.map((answer) => {
      if (answer.ok) return answer.value.url;
      if (answer.error.code !== 'PULL_REQUEST_EXISTS') throw new Error(answer.error.code);
      return answer.error.url;
    });
    expect(urls[0]).toBe(urls[1]);
    expect(answers.some((answer) => answer.ok)).toBe(true);
  });

  describe(sentence(56), () => {
    it.each([
      ['gone', 'main', 'SOURCE_BRANCH_MISSING'],
      ['dev', 'main', 'SOURCE_BRANCH_MISSING'],
      ['develop', 'gone', 'TARGET_BRANCH_MISSING'],
      ['develop', 'feature', 'TARGET_BRANCH_MISSING'],
    ] as const)('%s to %s', async (source, target, code) => {
      expect(await open(source, { target })).toEqual(failure(code));
    });
  });

  it(sentence(57), async () => {
    const source = await place.branch('main');
    const { pullRequestsWithoutCommits } = capabilities;
    const expected = pullRequestsWithoutCommits ? { ok: true } : failure('PULL_REQUEST_WITHOUT_COMMITS');
    expect(await open(source)).toMatchObject(expected);
  });

  describe(sentence(58), () => {
    it.each([false, true])('draft: %s', async (draft) => {
      const source = await place.branch();
      place.loseAnswers();
      expect(await open(source, { draft })).toMatchObject({ ok: true, value: { source, target: 'main' } });
      expect(place.written()).toBe(1);
    });
  });

  describe(sentence(59), () => {
    it.each([{ reset: true }, { status: 500 }, { html: true, status: 502 }, { html: true, status: 200 }])(
      '%j',
      async (fault) => {
        const source = await place.branch();
        await place.fail('createPullRequest', fault);
        expect(await open(source)).toMatchObject({ ok: false });
        expect(place.written()).toBe(1);
      },
    );
  });
}

export function workOfAnIssue(subject: Subject, place: Place): void {
  const { provider, repository, owners } = subject;
  const find = async (issueKey: string, repositories: readonly string[]) =>
    provider.findWork(place.connection(), { issueKey, owners, repositories });
  const worked = ['demo-1-lower-case', 'feature/DEMO-1-login'];
  const failed = fail({ code: 'UNREACHABLE' } as const);

  describe(sentence(60), () => {
    it('branches', async () => {
      const { branches } = valueOf(await find('DEMO-1', [repository]));
      expect(branches.map(({ name }) => name).sort()).toEqual(worked);
      expect(new Set(branches.map((branch) => branch.repository))).toEqual(new Set([repository]));
    });

    it.each([
      ['by the title', { title: 'Fixes DEMO-3', source: undefined }],
      ['by the title in small letters', { title: 'fixes demo-3: that', source: undefined }],
      ['not by a longer number', { title: 'Fixes DEMO-31', source: undefined }],
      ['not by a longer project', { title: 'Fixes XDEMO-3', source: undefined }],
    ])('pull requests %s', async (_, { title }) => {
      const source = await place.branch();
      const request = { ...requestOf(repository, source), title };
      valueOf(await provider.createPullRequest(place.connection(), request));
      const { pullRequests: found } = valueOf(await find('DEMO-3', [repository]));
      const mine = found.filter((pull) => pull.source === source);
      expect(mine.map((pull) => pull.title)).toEqual(mentionsIssue(title, 'DEMO-3') ? [title] : []);
    });
  });

  describe(sentence(61), () => {
    it.each(subject.missing)('%s', async (missing) => {
      const { branches } = valueOf(await find('DEMO-1', [missing, repository]));
      expect(branches.map(({ name }) => name).sort()).toEqual(worked);
    });
  });

  it(sentence(62), async () => {
    expect(await find('NONE-1', [])).toEqual({ ok: true, value: { branches: [], pullRequests: [] } });
  });

  describe(sentence(63), () => {
    it.each([
      [{ status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
      [{ reset: true }, { code: 'UNREACHABLE' }],
      [{ html: true }, { code: 'NOT_AN_API_ANSWER' }],
      [{ rateLimit: 'secondary' }, { code: 'RATE_LIMITED' }],
    ])('%j', async (fault, error) => {
      await place.failAll(fault);
      expect(await find('DEMO-1', [repository])).toMatchObject({ ok: false, error });
    });
  });

  describe(sentence(81), () => {
    const search = async (text: string, repositories = [repository]) =>
      valueOf((await provider.searchWork?.(place.connection(), { search: text, owners, repositories })) ?? failed);
    const names = ({ branches }: Work) => branches.map(({ name }) => name).sort();

    it.each([
      ['login', ['feature/DEMO-1-login']],
      ['LOGIN feature', ['feature/DEMO-1-login']],
      ['demo-1', ['DEMO-12-other', 'demo-1-lower-case', 'feature/DEMO-1-login']],
      ['odd/100%-#1+ü', ['odd/100%-#1+ü']],
      ['login other', []],
      ['is:pr', []],
      ['" OR 1', []],
      ['lo*in', []],
      ['^feature', []],
    ])('branches by %s', async (text, expected) => {
      expect(names(await search(text))).toEqual(expected);
    });

    it('pull requests by words and parts of words, in the title and the branch', async () => {
      const source = await place.branch();
      const title = 'Faster "builds" (really) 日本語';
      const { number } = valueOf(
        await provider.createPullRequest(place.connection(), { ...requestOf(repository, source), title }),
      );
      const numbers = async (text: string) => (await search(text)).pullRequests.map((pull) => pull.number);
      for (const text of ['faster', 'BUILDS faster', '"builds"', '(really)', '日本語', 'fast', source, 'fast 日本', ''])
        expect([text, await numbers(text)]).toEqual([text, [number]]);
      for (const text of ['faster slower', `fast ${source}`, 'state:open', 'fast*', '-faster', 'in:title'])
        expect([text, await numbers(text)]).toEqual([text, []]);
    });
  });

  describe(sentence(82), () => {
    const inside = async (where: string) =>
      provider.searchWork?.(place.connection(), { search: '', owners: [], repositories: [where] });

    it('the repository alone', async () => {
      const other = subject.odd;
      valueOf(await provider.createPullRequest(place.connection(), requestOf(repository, await place.branch())));
      const found = valueOf((await inside(repository)) ?? failed);
      expect(found.pullRequests.map((pull) => pull.repository)).toEqual([repository]);
      const elsewhere = valueOf((await inside(other.repository)) ?? failed);
      expect(elsewhere.pullRequests).toEqual([]);
      expect(elsewhere.branches.map(({ name }) => name)).toContain(other.branch);
    });

    it.each(subject.missing)('%s', async (missing) => {
      expect(valueOf((await inside(missing)) ?? failed)).toMatchObject({ branches: [], pullRequests: [] });
    });

    it.each([{ status: 500 }, { reset: true }, { html: true }, { rateLimit: 'secondary' }])('%j', async (fault) => {
      await place.failAll(fault);
      expect(await inside(repository)).toMatchObject({ ok: false });
    });
  });

  it(sentence(75), async () => {
    const source = await place.branch();
    const made = valueOf(await provider.createPullRequest(place.connection(), requestOf(repository, source)));
    const read = (name: string, number: number) =>
      provider.readPullRequest?.(place.connection(), { repository: name, number });
    const { updatedAt: _, ...told } = made;
    expect(await read(repository, made.number)).toMatchObject({ ok: true, value: told });
    expect(await read(repository, 99_999)).toEqual(failure('REPOSITORY_NOT_FOUND'));
    // A service that counts numbers by account answers for every repository, and names the pull request's own.
    const elsewhere = await read(`${repository}-gone`, made.number);
    if (subject.edition === 'codecommit') expect(elsewhere).toMatchObject({ ok: true, value: { repository } });
    else expect(elsewhere).toEqual(failure('REPOSITORY_NOT_FOUND'));
  });
}
