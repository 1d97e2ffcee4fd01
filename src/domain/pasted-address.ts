/**
 * What people copy from their browser leads to a repository or a page; what is kept is where the service itself is. Paths come as
 * segments, none of them empty.
 */
export type Cut = 'installation' | 'collection';

/** The segments of a path that say where the service is. What cannot be told apart from that is kept: the service then says no. */
export function cutPath(segments: readonly string[], cut: Cut | undefined): readonly string[] {
  switch (cut) {
    case 'installation':
      return cutInstallation(segments);
    case 'collection':
      return cutCollection(segments);
    case undefined:
      return segments;
  }
}

/**
 * GitLab may be below a path of its own (docs "Relative URL"), and GitHub Enterprise Server behind a proxy: `/gitlab/group/project` is told
 * from `/group/subgroup/project` by that name alone. `/api/v4` and `/-/` begin what is the service's.
 */
function cutInstallation(segments: readonly string[]): readonly string[] {
  const api = segments.findIndex((segment, at) => segment === 'api' && /^v\d$/.test(segments[at + 1] ?? ''));
  if (api !== -1) return segments.slice(0, api);
  const [first = ''] = segments;
  const root = /^(git|gitlab|github|ghe)$/i.test(first) ? [first] : [];
  const isProject =
    segments.length > root.length + 1 || segments.includes('-') || /\.git$/i.test(segments.at(-1) ?? '');
  return isProject ? root : segments;
}

/** `/tfs/DefaultCollection/Shop/_git/web`: what begins with `_` is a page, and what stands between the collection and it a project. */
function cutCollection(segments: readonly string[]): readonly string[] {
  const page = segments.findIndex((segment) => segment.startsWith('_'));
  if (page === -1) return segments;
  const [first = ''] = segments;
  return segments.slice(0, Math.min(page, first.toLowerCase() === 'tfs' ? 2 : 1));
}
