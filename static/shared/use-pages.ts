import { useCallback, useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { ListView, Result } from '../../src/contract/views';

/** The answers of one source so far to the present question. */
export type Source<Item> = {
  items: readonly Item[];
  /** The question that the items answer: an earlier one while the present one is under way. */
  question?: string | undefined;
  next?: string | undefined;
  loading: boolean;
  error?: PageError;
  approveUrl?: string | undefined;
  withheld?: PageError | undefined;
};
export type Ask<Item> = (sourceId: string, cursor: string | undefined) => Promise<Result<ListView<Item>, PageError>>;

/**
 * Asks several sources the same question at once and shows each answer when it is there: a slow or failing source never holds up
 * another. A changed `question` starts again; answers to an older one are dropped. The old answer is shown until the new one comes.
 */
export function usePages<Item>(sourceIds: readonly string[], question: string, ask: Ask<Item>) {
  const [sources, setSources] = useState<Readonly<Record<string, Source<Item>>>>({});
  const current = useRef(0);
  const latest = useRef(ask);
  latest.current = ask;
  const present = useRef(question);
  present.current = question;

  const load = useCallback(async (id: string, cursor: string | undefined) => {
    const mine = current.current;
    const of = present.current;
    setSources((before) => ({
      ...before,
      [id]: { items: before[id]?.items ?? [], question: before[id]?.question, loading: true },
    }));
    const result = await latest.current(id, cursor);
    if (mine !== current.current) return;
    setSources((before) => {
      const earlier = before[id]?.items ?? [];
      if (!result.ok)
        return { ...before, [id]: { items: cursor ? earlier : [], question: of, loading: false, error: result.error } };
      const items = cursor ? [...earlier, ...result.value.items] : result.value.items;
      const { next, approveUrl, withheld } = result.value;
      return { ...before, [id]: { items, question: of, next, approveUrl, withheld, loading: false } };
    });
  }, []);

  const ids = sourceIds.join(' ');
  useEffect(() => {
    current.current++;
    for (const id of ids.split(' ').filter(Boolean)) void load(id, undefined);
    return () => void current.current++;
  }, [ids, question, load]);

  const loadMore = () => {
    for (const [id, source] of Object.entries(sources)) if (source.next && !source.loading) void load(id, source.next);
  };
  return { sources, loadMore, retry: (id: string) => void load(id, undefined) };
}
