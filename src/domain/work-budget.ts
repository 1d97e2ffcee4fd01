import type { ProviderKind } from './editions';

/** Outbound requests one look at an issue may cost, over all of its integrations. */
const REQUESTS_OF_A_VIEW = 20;
/** Repositories in one question to GitHub: each makes its answer larger. */
const IN_ONE_QUESTION = 20;

/** What one of `integrations` may spend of the view's requests. */
export function shareOf(integrations: number): number {
  return Math.max(1, Math.floor(REQUESTS_OF_A_VIEW / Math.max(1, integrations)));
}

type Scope = { owners: readonly string[]; repositories: readonly string[] };

/** As much of a scope as `requests` buy; what comes first is worth most. How adapters spend them: `providers/provider.ts`, `findWork`. */
export function affordable(provider: ProviderKind, requests: number, { owners, repositories }: Scope): Scope {
  const first = (count: number) => repositories.slice(0, Math.max(0, count));
  switch (provider) {
    case 'github':
      return { owners, repositories: first(IN_ONE_QUESTION) };
    case 'gitlab': {
      // An owner is one search. A repository is one for its branches, and one more where its owner turns out to be a person.
      const searched = owners.slice(0, requests);
      return { owners: searched, repositories: first(Math.floor((requests - searched.length) / 2)) };
    }
    case 'azure-devops':
      return { owners, repositories: first(Math.min(requests - 1, 10)) };
    case 'codecommit':
      // Two to look into a repository, and one at least to read what is there.
      return { owners, repositories: first(Math.min(Math.floor(requests / 3), 5)) };
  }
}
