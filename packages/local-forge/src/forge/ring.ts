/** Stores the last `capacity` entries, oldest first. */
export type Ring<T> = { add(entry: T): void; entries(): readonly T[]; clear(): void };

export function createRing<T>(capacity: number): Ring<T> {
  const kept: T[] = [];
  return {
    add: (entry) => {
      kept.push(entry);
      if (kept.length > capacity) kept.shift();
    },
    entries: () => [...kept],
    clear: () => void kept.splice(0),
  };
}
