import { call } from './call';

/** The place of a choice: an issue, or outside of one a project. */
export type Place = { issueKey: string } | { projectKey: string };

type Search = { integrationId: string; search: string; cursor?: string | undefined };

/** A page of the repositories a person may write to, requested from an issue or from user settings. */
export function listRepositories(place: Place, { cursor, ...search }: Search) {
  const query = { ...search, ...(cursor !== undefined && { cursor }) };
  return 'issueKey' in place
    ? call('issue', 'list-repositories', { ...place, ...query })
    : call('user-settings', 'list-repositories', { ...place, ...query });
}

/** A page of a repository’s branches, requested from an issue or from user settings. */
export function listBranches(place: Place, { cursor, ...search }: Search & { repository: string }) {
  const query = { ...search, ...(cursor !== undefined && { cursor }) };
  return 'issueKey' in place
    ? call('issue', 'list-branches', { ...place, ...query })
    : call('user-settings', 'list-branches', { ...place, ...query });
}
