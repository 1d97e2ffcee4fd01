import { useEffect, useState } from 'react';

/**
 * Words with a date in them, written once the page is drawn: the first date takes the browser some 20 ms (Chromium), and nobody
 * waits for it to press a button. Until then there is an empty line of the same height.
 */
export function Late({ words }: { words: () => string }) {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => setDrawn(true), []);
  return <span>{drawn ? words() : '\u00a0'}</span>;
}
