/** Stores the last `capacity` entries, oldest first. */
export type Ring<T> = { add(entry: T): void; entries(): readonly T[]; clear(): void };

export function createRing<T>(capacity: number): Ring<T> {
  const newest: T[] = [];
  return {
    add: (entry) => {
      newest.push(entry);
      if (newest.length > capacity) newest.shift();
    },
    entries: () => [...newest],
    clear: () => void newest.splice(0),
  };
}
