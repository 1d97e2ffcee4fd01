/**
 * Mutants of the rules, the actions, the adapters and the store: `npm run mutation` (hours), or a part with
 * `npm run mutation -- --mutate 'src/domain/**\/*.ts'`. Only tests that run `src/` in their own process can see a mutant; of those, the
 * ones that are about the folder in question.
 */
const actions = ['test/trust/{token-life,permissions,leaks}.test.ts'];
const tests = {
  'src/domain': ['test/domain/**/*.test.ts'],
  'src/providers': ['test/providers/**/*.test.ts'],
  'src/store': actions,
  'src/use-cases': actions,
};
const asked = process.argv.join(' ');
const folders = Object.keys(tests).filter((folder) => asked.includes(folder));
const chosen = folders.length > 0 ? folders : Object.keys(tests);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'jest',
  jest: {
    configFile: 'jest.config.cjs',
    enableFindRelatedTests: false,
    config: {
      testMatch: [...new Set(chosen.flatMap((folder) => tests[folder]))].map((pattern) => `<rootDir>/${pattern}`),
      forceExit: false,
      reporters: [],
    },
  },
  coverageAnalysis: 'perTest',
  mutate: chosen.map((folder) => `${folder}/**/*.ts`),
  ignorePatterns: ['/dist', '/static/dist', '/.forge', '/docs/images', '/coverage'],
  ignoreStatic: true,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  concurrency: 1,
  dryRunTimeoutMinutes: 20,
  tempDirName: '.stryker',
};
