import { type ReactNode, useEffect, useRef } from 'react';

type Props = { heading: string; children: ReactNode; buttons: ReactNode };

/** The success, shown inside the dialog. The heading gets the focus, so that it is heard. */
export function Done({ heading, children, buttons }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="stack">
      <h1 ref={title} tabIndex={-1}>
        {heading}
      </h1>
      {children}
      <div className="row dialog-footer dialog-end">
        <div className="row push">{buttons}</div>
      </div>
    </div>
  );
}
