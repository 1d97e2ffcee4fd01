import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { type ErrorCode, errors, type FormField } from '../../src/domain/errors';

/** The field that mends an error, where a form has it. */
export function fieldOf(code: ErrorCode | undefined, has: readonly FormField[]): FormField | undefined {
  const field = code && errors[code].field;
  return field && has.includes(field) ? field : undefined;
}

/** `attempt`: counts what was sent. */
type Told = { field: FormField | undefined; message: ReactNode; attempt: number };

const ToldContext = createContext<Told>({ field: undefined, message: undefined, attempt: 0 });
export const FieldErrorProvider = ToldContext.Provider;

/** A field with the error that is about it right above: both are in sight, however low the field is in the form. */
export function WithError({ field, children }: { field: FormField; children: ReactNode }) {
  const told = useContext(ToldContext);
  const isHere = told.field === field;
  const both = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = both.current;
    if (!isHere || !box) return;
    const growth = new ResizeObserver(() => {
      box.scrollIntoView({ block: 'nearest' });
      if (!box.querySelector('.message-skeleton')) growth.disconnect();
    });
    growth.observe(box);
    return () => growth.disconnect();
  }, [isHere, told.attempt]);
  return (
    <div ref={both} className="with-error">
      {isHere && told.message}
      {children}
    </div>
  );
}
