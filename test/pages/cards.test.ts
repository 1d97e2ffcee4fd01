import type { Card } from '../../src/contract/views';
import {
  areMany,
  byRepository,
  firstOf,
  mergeCards,
  newestFirst,
  openRequestsFrom,
  retell,
  withoutBranch,
} from '../../static/shared/card-list';

const branch: Card = {
  kind: 'branch',
  integrationId: 'one',
  repository: 'acme/web',
  url: 'https://github.com/acme/web/tree/DEMO-1',
  title: 'DEMO-1',
  branch: 'DEMO-1',
  author: 'alice',
  actor: 'person',
  updatedAt: '2027-01-02T00:00:00Z',
};
const request: Card = { ...branch, kind: 'pull-request', number: 1, state: 'open', updatedAt: '2027-01-03T00:00:00Z' };

describe('the cards of an issue', () => {
  it('begin newest first, and cards without a time come last', () => {
    const { updatedAt: _none, ...undated } = { ...branch, branch: 'old' };
    expect(newestFirst([undated, branch, request])).toEqual([request, branch, undated]);
  });

  it('do not move when newer ones are found, which follow newest first', () => {
    const newer = { ...request, number: 2, updatedAt: '2027-01-04T00:00:00Z' };
    const merged = { ...request, state: 'merged' as const };
    expect(mergeCards([branch], [request, newer])).toEqual([branch, newer, request]);
    expect(retell([branch, request], 'one', [newer, merged, branch])).toEqual([branch, merged, newer]);
  });

  it('are by repository once they are five of two repositories, in any spelling, each in its place', () => {
    const at = (repository: string, number: number, integrationId = 'one') => ({
      ...{ ...request, integrationId, repository, number },
    });
    const cards = [
      at('acme/web', 1),
      at('acme/api', 2),
      at('Acme/Web', 3),
      at('acme/api', 4),
      at('acme/web', 5, 'two'),
    ];
    expect(areMany(cards)).toBe(true);
    expect(areMany(cards.slice(1))).toBe(false);
    expect(areMany([1, 2, 3, 4, 5].map((number) => at('acme/web', number)))).toBe(false);
    const groups = byRepository(cards).map((group) => group.map(({ number }) => number));
    expect(groups).toEqual([[1, 3], [2, 4], [5]]);
  });

  it('of one integration are those of its latest answer, and those of others do not change', () => {
    const elsewhere = { ...branch, integrationId: 'two' };
    expect(retell([request, elsewhere, branch], 'one', [branch])).toEqual([elsewhere, branch]);
  });

  it('are shown in their first places, with all newer ones', () => {
    const newer = { ...request, number: 2, updatedAt: '2027-01-04T00:00:00Z' };
    const older = { ...branch, branch: 'old', updatedAt: '2026-01-01T00:00:00Z' };
    expect(firstOf([request, branch, older, newer], 2)).toEqual([request, branch, newer]);
  });

  it('show the latest answer of the service, and who did it through the app', () => {
    const { actor: _actor, author: _author, ...told } = { ...request, state: 'merged' as const };
    expect(mergeCards([request], [told])).toEqual([{ ...request, state: 'merged' }]);
  });

  it('separate a branch from its pull request, and equal names in different repositories', () => {
    expect(mergeCards([branch], [request, { ...branch, repository: 'acme/api' }])).toHaveLength(3);
  });

  it('are one when only the case of the repository differs', () => {
    expect(mergeCards([branch], [{ ...branch, repository: 'Acme/Web' }])).toHaveLength(1);
  });

  it('lose a deleted branch and nothing else', () => {
    expect(withoutBranch([branch, request], branch)).toEqual([request]);
  });
});

describe('Pull requests that can’t be merged without a branch', () => {
  it('are the open ones from it, drafts too, in that repository of that integration', () => {
    const draft = { ...request, number: 2, state: 'draft' as const, repository: 'Acme/Web' };
    const others: Card[] = [
      branch,
      { ...request, number: 3, state: 'merged' },
      { ...request, number: 4, state: 'closed' },
      { ...request, number: 5, branch: 'DEMO-1-x' },
      { ...request, number: 6, repository: 'acme/api' },
      { ...request, number: 7, integrationId: 'two' },
    ];
    expect(openRequestsFrom(branch, [request, ...others, draft])).toEqual([request, draft]);
  });
});
