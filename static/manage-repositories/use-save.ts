import { useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { ManagedIntegrationView, Result } from '../../src/contract/views';

/** One saving of an integration at a time. `attempt` counts the failures, so that each is announced. */
export function useSave(onSaved: (integration: ManagedIntegrationView) => void) {
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<PageError>();
  const [attempt, setAttempt] = useState(0);
  async function run(write: () => Promise<Result<{ integration: ManagedIntegrationView }, PageError>>) {
    if (working) return;
    setWorking(true);
    setError(undefined);
    const answer = await write();
    setWorking(false);
    if (answer.ok) return onSaved(answer.value.integration);
    setAttempt((count) => count + 1);
    setError(answer.error);
  }
  return { working, error, attempt, run };
}

/** After a press of the button with something missing, the first field that is not right gets the focus. */
export function useFocusOnProblem() {
  const form = useRef<HTMLFormElement>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (attempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt]);
  return { form, attempt, missing: () => setAttempt((count) => count + 1) };
}
