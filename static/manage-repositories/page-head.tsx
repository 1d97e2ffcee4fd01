import { useEffect, useRef } from 'react';

/** The heading of a view inside the page. It gets the focus, because the view replaced another. */
export function PageHead({ heading }: { heading: string }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <h1 ref={title} tabIndex={-1}>
      {heading}
    </h1>
  );
}
