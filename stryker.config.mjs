import { fileURLToPath } from 'node:url';

/**
 * Which mistakes the tests would not notice: `npm run mutation -- --mutate 'src/domain/**\/*.ts'` for a folder, which is far quicker than
 * all of them in one run, as `npm run mutation` does. Only tests that run `src/` in their own process can see a mutant, and every mutant
 * loads all of those it is given (`test/mutation`): so each folder has the few that are about it. `--force` forgets what an earlier run found out.
 */
const tests = {
  'src/domain': ['test/domain/**/*.test.ts'],
  'src/store': ['test/store/**/*.test.ts'],
  'src/use-cases': ['test/use-cases/**/*.test.ts'],
  'src/providers/github': ['test/providers/answers/github-*.test.ts'],
  'src/providers/gitlab': ['test/providers/answers/gitlab-*.test.ts'],
  'src/providers/azure-devops': ['test/providers/answers/azure-devops-*.test.ts'],
  'src/providers/codecommit': ['test/providers/answers/codecommit-*.test.ts'],
  'src/providers': ['test/providers/transport*.test.ts', 'test/providers/answers/shared.test.ts'],
};
const asked = process.argv.join(' ');
const folder = Object.keys(tests).find((name) => asked.includes(`${name}/`));
const chosen = folder === undefined ? Object.values(tests).flat() : tests[folder];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'jest',
  jest: {
    configFile: 'jest.config.cjs',
    enableFindRelatedTests: false,
    config: {
      testMatch: ['<rootDir>/test/mutation/one-file.ts'],
      testEnvironment: fileURLToPath(new URL('./test/mutation/until-noticed.cjs', import.meta.url)),
      // Property tests take seconds a mutant, where the examples beside them take a tenth of one.
      globals: { mutationTests: { patterns: chosen, but: '.properties.test.ts' } },
      // These run as they are published; only what is an ES module has to be turned into another kind.
      transformIgnorePatterns: [
        '/node_modules/(zod|yaml|graphql|tslib|@forge|@aws-sdk|@smithy|azure-devops-node-api)/',
      ],
      forceExit: false,
      reporters: [],
    },
  },
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: `.stryker/${(folder ?? 'all').replaceAll('/', '-')}.json`,
  mutate: (folder === undefined ? Object.keys(tests) : [folder]).map((name) => `${name}/**/*.ts`),
  ignorePatterns: ['/dist', '/static/dist', '/.forge', '/docs/images', '/coverage'],
  // Tables and patterns that are made when a file is loaded: one mutant would cost a run of all tests.
  ignoreStatic: true,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  concurrency: 1,
  dryRunTimeoutMinutes: 20,
  timeoutMS: 10_000,
  tempDirName: '.stryker',
};
