import { useCallback, useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { Result } from '../../src/contract/views';
import { waitsUntil } from './pauses';

const SPREAD_MS = 30_000;

export type Loaded<Value> =
  | { state: 'loading'; value?: Value }
  | { state: 'ready'; value: Value }
  | { state: 'failed'; error: PageError; value?: Value };

/**
 * Loads something when the component appears and when `reload` is called. An answer that was overtaken by a later question is
 * dropped; the earlier value is shown meanwhile. `change` edits the shown value, without a request. Where the answer is to come
 * back later, the request is sent again then.
 */
export function useLoad<Value>(load: () => Promise<Result<Value, PageError>>, initial?: Value) {
  const [loaded, setLoaded] = useState<Loaded<Value>>(
    initial === undefined ? { state: 'loading' } : { state: 'ready', value: initial },
  );
  const question = useRef(0);
  const ask = useRef(load);
  ask.current = load;
  const reload = useCallback(async () => {
    const mine = ++question.current;
    setLoaded((before) =>
      before.value === undefined ? { state: 'loading' } : { state: 'loading', value: before.value },
    );
    const result = await ask.current();
    if (mine !== question.current) return;
    setLoaded((before) =>
      result.ok
        ? { state: 'ready', value: result.value }
        : { state: 'failed', error: result.error, ...(before.value !== undefined && { value: before.value }) },
    );
  }, []);
  useEffect(() => {
    void reload();
    return () => void question.current++;
  }, [reload]);
  const until = loaded.state === 'failed' ? waitsUntil(loaded.error) : undefined;
  useEffect(() => {
    if (until === undefined) return undefined;
    // Not all at the same instant: everybody got the same one.
    const timer = window.setTimeout(() => void reload(), Date.parse(until) - Date.now() + Math.random() * SPREAD_MS);
    return () => window.clearTimeout(timer);
  }, [until, reload]);
  const change = useCallback((edit: (value: Value) => Value) => {
    setLoaded((before) => (before.value === undefined ? before : { ...before, value: edit(before.value) }));
  }, []);
  return { loaded, reload, change };
}
