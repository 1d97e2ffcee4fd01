import { globSync } from 'node:fs';

declare const mutationTests: { patterns: readonly string[]; but: string };

/**
 * All tests of a mutation run as one file: shared modules are loaded once a mutant, not once for each of their files. Each file
 * is a `describe` with hooks of its own. `stryker.config.mjs` lists them.
 */
for (const file of mutationTests.patterns.flatMap((pattern) => globSync(pattern)).sort())
  if (!file.endsWith(mutationTests.but)) describe(file, () => void jest.requireActual(`../../${file}`));
