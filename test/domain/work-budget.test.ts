import { affordable, shareOf } from '../../src/domain/work-budget';

const named = (count: number) => Array.from({ length: count }, (_, index) => `acme/r${index}`);
const scope = { owners: ['acme'], repositories: named(30) };

describe('What one look at an issue may ask', () => {
  it('is twenty requests, shared by its integrations', () => {
    expect([1, 3, 20, 50].map(shareOf)).toEqual([20, 6, 1, 1]);
  });

  it('is one question at GitHub, for at most twenty repositories', () => {
    expect(affordable('github', 1, scope).repositories).toHaveLength(20);
  });

  it.each([20, 10, 6, 3, 2, 1])('never costs more than %i requests elsewhere', (requests) => {
    const gitLab = affordable('gitlab', requests, scope);
    expect(gitLab.owners.length + 2 * gitLab.repositories.length).toBeLessThanOrEqual(requests);
    expect(1 + affordable('azure-devops', requests, scope).repositories.length).toBeLessThanOrEqual(requests);
    expect(2 * affordable('codecommit', requests, scope).repositories.length).toBeLessThanOrEqual(requests);
  });

  it('leaves out what comes last', () => {
    expect(affordable('azure-devops', 4, scope).repositories).toEqual(named(3));
    expect(affordable('gitlab', 3, { ...scope, owners: ['a', 'b', 'c', 'd'] })).toEqual({
      owners: ['a', 'b', 'c'],
      repositories: [],
    });
  });
});
