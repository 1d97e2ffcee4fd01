import { failure, requestOf, valueOf, type Place, type Subject } from './place';
import { sentence } from './sentences';

/** Of editions whose capabilities have reviewers. */
export function reviewers(subject: Subject, place: Place): void {
  const { provider, repository, maintainer } = subject;
  const find = async (search: string) => {
    const found = await provider.findReviewers?.(place.connection(), { repository, search });
    if (found === undefined) throw new Error(`${subject.name} should have reviewers`);
    return valueOf(found);
  };
  const nobody = '999999';

  /** The people who were not requested, by the provider's own way. */
  const ask = async (ids: readonly string[]) => {
    const source = await place.branch();
    const request = { ...requestOf(repository, source), reviewers: ids };
    const made = valueOf(await provider.createPullRequest(place.connection(), request));
    const { number } = made;
    const asked = { repository, number, reviewers: ids };
    const unasked = made.unasked ?? (await provider.requestReviewers?.(place.connection(), asked));
    return { source, made, unasked };
  };
  const idOfMaintainer = async () => {
    const found = await find(maintainer.login);
    return found.find(({ login, name }) => [login, name].includes(maintainer.login))?.id ?? '';
  };

  beforeEach(async () => {
    // Some services find people only by their acts.
    const at = place.connection(maintainer.credential);
    valueOf(await provider.createBranch(at, { repository, name: place.fresh(), source: 'develop' }));
    place.forget();
  });

  describe(sentence(64), () => {
    it.each([maintainer.login, maintainer.login.toUpperCase(), maintainer.login.slice(1, 4), ''])(
      '%s',
      async (text) => {
        const names = (await find(text)).map(({ login, name }) => [login, name]);
        expect(names).toContainEqual(expect.arrayContaining([maintainer.login]));
      },
    );

    it.each(['nobody is called so', '%', '.*', '"'])('nobody by %s', async (text) => {
      expect(await find(text)).toEqual([]);
    });
  });

  it(sentence(65), async () => {
    const ids = (await find('')).map(({ id }) => id);
    expect(place.requests().length).toBeLessThanOrEqual(2);
    expect([...new Set(ids)]).toEqual(ids);
    expect(ids.length).toBeLessThanOrEqual(20);
  });

  it(sentence(66), async () => {
    const id = await idOfMaintainer();
    expect(id).not.toBe('');
    expect((await ask([id])).unasked).toBe(undefined);
  });

  it(sentence(67), async () => {
    const { source, made, unasked } = await ask([nobody]);
    expect(unasked).toEqual({ reviewers: [nobody], error: { code: 'REVIEWERS_REFUSED' } });
    expect(await provider.createPullRequest(place.connection(), requestOf(repository, source))).toEqual(
      failure('PULL_REQUEST_EXISTS', { url: made.url }),
    );
  });

  it(sentence(68), async () => {
    const source = await place.branch();
    valueOf(await provider.createPullRequest(place.connection(), { ...requestOf(repository, source), reviewers: [] }));
    expect(place.requests()).toHaveLength(1);
  });
}
