/**
 * What people copy from their browser leads to a repository or a page; what is stored is where the service itself is. Of the segments of a
 * path, none of them empty, those that say so. Segments that look the same remain: the service then refuses the address.
 */
export type Cut = (segments: readonly string[]) => readonly string[];

/**
 * An installation may be below a path of its own, named by one of `roots`: `/gitlab/group/project` differs from `/group/subgroup/project` by
 * that name alone. `/api/v4` and `/-/` begin what is the service's.
 */
export function cutBelow(...roots: readonly string[]): Cut {
  return (segments) => {
    const api = segments.findIndex((segment, at) => segment === 'api' && /^v\d$/.test(segments[at + 1] ?? ''));
    if (api !== -1) return segments.slice(0, api);
    const [first = ''] = segments;
    const root = roots.includes(first.toLowerCase()) ? [first] : [];
    const isProject =
      segments.length > root.length + 1 || segments.includes('-') || /\.git$/i.test(segments.at(-1) ?? '');
    return isProject ? root : segments;
  };
}
