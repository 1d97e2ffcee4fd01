import type { ReactNode } from 'react';

export type LozengeColour = 'success' | 'neutral' | 'discovery' | 'warning' | 'danger';

/** A state in a word. Looks as Atlaskit's Lozenge, without what that brings along: Primitives, Motion and a menu, 50 KB of code. */
export function Lozenge({ colour, children }: { colour: LozengeColour; children: ReactNode }) {
  return <span className={`lozenge lozenge-${colour}`}>{children}</span>;
}
