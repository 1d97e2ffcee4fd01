import { type ReactElement, type ReactNode, Suspense, useState } from 'react';

type Props = {
  /** Its button until then. */
  closed: (open: () => void) => ReactElement;
  children: ReactNode;
};

/** A menu whose code is sent for when somebody first reaches for it. It opens as soon as it is there. */
export function LazyMenu({ closed, children }: Props) {
  const [wanted, setWanted] = useState(false);
  const button = closed(() => setWanted(true));
  return wanted ? <Suspense fallback={button}>{children}</Suspense> : button;
}
