import { type ReactNode, useId } from 'react';

type Props = {
  label: string;
  /** Draws the control with the ids it needs to be announced with its label, hint and problem. */
  children: (ids: { id: string; describedBy: string; invalid: boolean }) => ReactNode;
  hint?: ReactNode;
  problem?: ReactNode;
  /** Shown at the end of the line below: reached after the control, as it is seen. */
  aside?: ReactNode;
};

/** A labelled control. The line below it always keeps its place, so nothing jumps when a problem appears. */
export function Field({ label, children, hint, problem, aside }: Props) {
  const id = useId();
  const below = `${id}-below`;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: below, invalid: Boolean(problem) })}
      <div className="field-below small">
        <div id={below} aria-live="polite">
          {problem ? <span className="danger">{problem}</span> : hint}
        </div>
        {aside}
      </div>
    </div>
  );
}
