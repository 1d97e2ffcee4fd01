import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { Result } from '../../src/contract/views';
import { useLeaveQuestion } from './use-leave-question';

/** Runs a write; the frame around it does not let the person leave until it has its answer. */
export type Hold = <Value>(write: () => Promise<Value>) => Promise<Value>;

type Held = {
  hold: Hold;
  /** Something is being written. */
  isHeld: boolean;
};

const HoldContext = createContext<Held>({ hold: (write) => write(), isHeld: false });
export const HoldProvider = HoldContext.Provider;

/** For the page or dialog around writes: nothing in it leads away from one that is under way, and the browser asks before it does. */
export function useHold(): Held & { isHeldNow: () => boolean } {
  const [writes, setWrites] = useState(0);
  const now = useRef(0);
  const hold: Hold = useCallback(async (write) => {
    const change = (by: number) => setWrites((now.current += by));
    change(1);
    try {
      return await write();
    } finally {
      change(-1);
    }
  }, []);
  const isHeld = writes > 0;
  useLeaveQuestion(isHeld);
  return useMemo(() => ({ hold, isHeld, isHeldNow: () => now.current > 0 }), [hold, isHeld]);
}

/** For what leads away from a write that is under way elsewhere on the page. */
export function useHeld(): boolean {
  return useContext(HoldContext).isHeld;
}

/**
 * One write at a time, with its error. `attempt` counts the failures, so that each is announced. While it is under way the exits of
 * the page or dialog around it wait: otherwise nobody would be there to show how it ended.
 */
export function useWrite<Done>(onDone: (done: Done) => void) {
  const { hold } = useContext(HoldContext);
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
