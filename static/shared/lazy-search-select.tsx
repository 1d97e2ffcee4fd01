import { lazy, Suspense } from 'react';
import type { SearchSelectProps } from './search-select';

const SearchSelect = lazy(async () => ({ default: (await import('./search-select')).SearchSelect }));

/** The searchable list, loaded after the frame of the page is there; until then its place is kept. */
export function LazySearchSelect<Value>(props: SearchSelectProps<Value>) {
  return (
    <Suspense fallback={<div className="skeleton skeleton-field" />}>
      <SearchSelect {...(props as unknown as SearchSelectProps<unknown>)} />
    </Suspense>
  );
}
