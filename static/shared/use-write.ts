import { createContext, useContext, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { Result } from '../../src/contract/views';

/** Runs a write; whoever surrounds it does not let the person leave until it has its answer. */
export type Hold = <Value>(write: () => Promise<Value>) => Promise<Value>;

const HoldContext = createContext<Hold>((write) => write());
export const HoldProvider = HoldContext.Provider;

/**
 * One write at a time, with its error. `attempt` counts the failures, so that each is announced. While it is under way the exits of
 * the dialog around it wait: after the answer nobody would be there to tell how it ended.
 */
export function useWrite<Done>(onDone: (done: Done) => void) {
  const hold = useContext(HoldContext);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<PageError>();
  const [attempt, setAttempt] = useState(0);
  async function run(write: () => Promise<Result<Done, PageError>>) {
    if (working) return;
    setWorking(true);
    setError(undefined);
    const result = await hold(write);
    setWorking(false);
    if (result.ok) return onDone(result.value);
    setAttempt((count) => count + 1);
    setError(result.error);
  }
  return { working, error, attempt, run, clearError: () => setError(undefined) };
}

/** For what is sent: it cannot be changed, reached or pressed while the answer is awaited. */
export function inertWhile(working: boolean): { inert?: '' } {
  // React 18 writes an attribute it does not know as it is given.
  return working ? { inert: '' } : {};
}
