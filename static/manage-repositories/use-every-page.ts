import { useEffect, useState } from 'react';
import type { PayloadOf } from '../../src/contract/answers';
import type { PageError } from '../../src/contract/errors';
import type { PersonTokenView } from '../../src/contract/views';
import { call } from '../shared/call';

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
    async function ask() {
      let cursor: string | undefined;
      do {
        const payload = JSON.parse(asked) as Question;
        const answer = await call('manage-repositories', 'list-tokens', {
          ...{ ...payload, forExport: true },
          ...(cursor && { cursor }),
        });
        if (isOver) return;
        if (!answer.ok) return setError(answer.error);
        const { items, next } = answer.value;
        setFound((before) => [...before, ...items]);
        cursor = next;
      } while (cursor !== undefined);
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
