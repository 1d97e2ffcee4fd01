import type { Provider } from '../provider';

/** Repositories of which an issue's branches are read, one request each. */
export const REPOSITORIES_OF_AN_ISSUE = 10;

/** One request is for all pull requests, and one for each repository. */
export const affordable: NonNullable<Provider['affordable']> = (requests, { owners, repositories }) => ({
  owners,
  repositories: repositories.slice(0, Math.max(0, Math.min(requests - 1, REPOSITORIES_OF_AN_ISSUE))),
});
