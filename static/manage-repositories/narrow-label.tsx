import type { ReactNode } from 'react';

/** A column's name again, for the narrow form of a table where the head is not shown. */
export function NarrowLabel({ children }: { children: ReactNode }) {
  return (
    <span className="narrow-label small subtle" aria-hidden="true">
      {children}
    </span>
  );
}
