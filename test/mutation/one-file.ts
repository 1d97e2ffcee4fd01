import { globSync } from 'node:fs';

declare const mutationTests: { patterns: readonly string[]; but: string };

/**
 * All tests of a mutation run as one file: what they share is loaded once a mutant, not once for each of their files. Each of them
 * is a `describe`, so that its hooks are its own. `stryker.config.mjs` says which.
 */
for (const file of mutationTests.patterns.flatMap((pattern) => globSync(pattern)).sort())
  if (!file.endsWith(mutationTests.but)) describe(file, () => void jest.requireActual(`../../${file}`));
