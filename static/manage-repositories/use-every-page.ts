import { useEffect, useState } from 'react';
import type { PayloadOf } from '../../src/contract/answers';
import type { PageError } from '../../src/contract/errors';
import type { PersonTokenView } from '../../src/contract/views';
import { call } from '../shared/call';
import { askEveryPart } from './every-part';

type Question = PayloadOf<'manage-repositories', 'list-tokens'>;

/** Everybody a question about people and tokens finds, in as many calls as it takes; `isComplete` once all are there. */
export function useEveryPage(question: Question) {
  const [found, setFound] = useState<readonly PersonTokenView[]>([]);
  const [isComplete, setComplete] = useState(false);
  const [error, setError] = useState<PageError>();
  const [attempt, setAttempt] = useState(0);
  const asked = JSON.stringify(question);
  useEffect(() => {
    let isOver = false;
    const payload = { ...(JSON.parse(asked) as Question), forExport: true };
    async function ask() {
      const failed = await askEveryPart<PersonTokenView>(
        (cursor) => call('manage-repositories', 'list-tokens', { ...payload, ...(cursor && { cursor }) }),
        (items) => setFound((before) => [...before, ...items]),
        () => isOver,
      );
      if (isOver) return;
      if (failed) return setError(failed);
      setComplete(true);
    }
    setFound([]);
    setComplete(false);
    setError(undefined);
    void ask();
    return () => void (isOver = true);
  }, [asked, attempt]);
  return { found, isComplete, error, retry: () => setAttempt(attempt + 1) };
}
