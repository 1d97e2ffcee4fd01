import { useEffect, useRef, useState } from 'react';

/** After a press of the button with something missing, the first field that is not right gets the focus. */
export function useFocusOnProblem() {
  const form = useRef<HTMLFormElement>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (attempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt]);
  return { form, attempt, missing: () => setAttempt((count) => count + 1) };
}
