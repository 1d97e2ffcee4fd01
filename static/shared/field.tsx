import { type ReactNode, useId } from 'react';

type Props = {
  label: string;
  /** Draws the control with the ids it needs to be announced with its label, hint and problem. */
  children: (ids: { id: string; describedBy: string; invalid: boolean }) => ReactNode;
  hint?: ReactNode;
  problem?: ReactNode;
};

/** A labelled control. The line below it always keeps its place, so nothing jumps when a problem appears. */
export function Field({ label, children, hint, problem }: Props) {
  const id = useId();
  const below = `${id}-below`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy: below, invalid: Boolean(problem) })}
      <div id={below} className="field-below small" aria-live="polite">
        {problem ? <span className="danger">{problem}</span> : hint}
      </div>
    </div>
  );
}
