/**
 * Mutants of the rules, the actions, the adapters and the store: `npm run mutation`, or a part of it with
 * `npm run mutation -- --mutate 'src/domain/**'`. Only tests that run `src/` in process can see a mutant (`jest.mutation.config.cjs`).
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  testRunner: 'jest',
  jest: { configFile: 'jest.mutation.config.cjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  mutate: ['src/domain/**/*.ts', 'src/use-cases/**/*.ts', 'src/providers/**/*.ts', 'src/store/**/*.ts'],
  // The tests load the app's files by way of a copy with its own node_modules; what they do not read stays out of it.
  ignorePatterns: ['/dist', '/static/dist', '/.forge', '/docs/images', '/coverage', '/reports'],
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  concurrency: 1,
  tempDirName: '.stryker',
  thresholds: { high: 85, low: 70, break: null },
};
