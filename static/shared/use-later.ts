import { useEffect, useState } from 'react';

/** False when a component is drawn for the first time, true a moment later: for what would hold up everything else. */
export function useLater(): boolean {
  const [isLater, setIsLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLater(true), 100);
    return () => clearTimeout(timer);
  }, []);
  return isLater;
}
