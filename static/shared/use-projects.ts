import { useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { ListView, ProjectView, Result } from '../../src/contract/views';
import { useDebounced } from './use-debounced';
import { usePages } from './use-pages';

type First = { projects: readonly ProjectView[]; moreProjects: boolean };
type Ask = (asked: { search: string; cursor?: string }) => Promise<Result<ListView<ProjectView>, PageError>>;

/** The projects of the site to choose from: those that came with the page, or, where there are more, those that Jira finds. */
export function useProjects({ projects, moreProjects }: First, ask: Ask) {
  const [search, setSearch] = useState('');
  const asked = useDebounced(search, 300);
  const wanted = search.trim().toLowerCase();
  const isAsked = moreProjects && asked !== '';
  const ids = moreProjects ? ['projects'] : [];
  const { sources, loadMore, retry } = usePages<ProjectView>(ids, asked, (_, cursor) =>
    ask({ search: asked, ...(cursor !== undefined && { cursor }) }),
  );
  const source = sources['projects'];
  const local = projects.filter(({ key, name }) => `${name} (${key})`.toLowerCase().includes(wanted));
  return {
    search,
    setSearch,
    found: moreProjects && source && (isAsked || source.items.length > 0) ? source.items : local,
    isLoading: moreProjects && (source?.loading !== false || asked !== search),
    error: source?.error,
    loadMore,
    retry: () => retry('projects'),
  };
}
