import { useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { Result } from '../../src/contract/views';

/** One write at a time, with its error. `attempt` counts the failures, so that each is announced. */
export function useSubmit<Done>(onDone: (done: Done) => void) {
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<PageError>();
  const [attempt, setAttempt] = useState(0);
  async function run(write: () => Promise<Result<Done, PageError>>) {
    if (working) return;
    setWorking(true);
    setError(undefined);
    const result = await write();
    setWorking(false);
    if (result.ok) return onDone(result.value);
    setAttempt((count) => count + 1);
    setError(result.error);
  }
  return { working, error, attempt, run, clearError: () => setError(undefined) };
}
