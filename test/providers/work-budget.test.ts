import { providers, type ProviderKind } from '../../src/domain/editions';
import { shareOf } from '../../src/domain/work-budget';
import type { Provider, WorkScope } from '../../src/providers/provider';
import { loadProvider } from '../../src/providers/registry';

const named = (count: number) => Array.from({ length: count }, (_, index) => `acme/r${index}`);
const scope: WorkScope = { owners: ['acme'], repositories: named(30) };

/** The cost of a look if each part of the scope costs so much. */
const costs: Readonly<Record<ProviderKind, (asked: WorkScope) => number>> = {
  github: () => 1,
  gitlab: ({ owners, repositories }) => owners.length + 2 * repositories.length,
  'azure-devops': ({ repositories }) => 1 + repositories.length,
  codecommit: ({ repositories }) => 2 * repositories.length,
};

const adapters = new Map<ProviderKind, Provider>();
beforeAll(async () => {
  for (const { kind } of providers) adapters.set(kind, await loadProvider(kind));
});
const affordable = (kind: ProviderKind, requests: number, asked: WorkScope) =>
  adapters.get(kind)?.affordable?.(requests, asked) ?? asked;

describe('The requests of one look at an issue', () => {
  it('are twenty, shared by its integrations', () => {
    expect([1, 3, 20, 50].map(shareOf)).toEqual([20, 6, 1, 1]);
  });

  it('are one at GitHub, for at most twenty repositories', () => {
    expect(affordable('github', 1, scope).repositories).toHaveLength(20);
  });

  it.each([20, 10, 6, 3, 2, 1])('are never more than %i', (requests) => {
    for (const { kind } of providers)
      expect(costs[kind](affordable(kind, requests, scope))).toBeLessThanOrEqual(requests);
  });

  it('leave out the last part', () => {
    expect(affordable('azure-devops', 4, scope).repositories).toEqual(named(3));
    expect(affordable('gitlab', 3, { ...scope, owners: ['a', 'b', 'c', 'd'] })).toEqual({
      owners: ['a', 'b', 'c'],
      repositories: [],
    });
  });
});
