const { availableParallelism } = require('node:os');

/** SWC only strips types; `npm run types` checks them. */
module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  roots: ['<rootDir>/test'],
  transform: {
    '/locales/[\\w-]+\\.json$': '<rootDir>/test/locale-transform.cjs',
    '\\.[cm]?[jt]sx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2023' } }],
  },
  // Of what is installed, only ES modules have to be made loadable; the rest runs as it is published.
  transformIgnorePatterns: [
    '/node_modules/(?!(@apidevtools|@octokit|@sparticuz|before-after-hook|content-type|json-with-bigint|universal-user-agent)/)',
  ],
  testSequencer: '<rootDir>/test/sequencer.cjs',
  // Browsers and services are mostly waited for: half as many test files again as there are cores.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // Far beyond what a busy machine needs: it only ends what hangs.
  testTimeout: 300_000,
  // A browser or a sandbox that a failed test left behind must not keep the run from ending.
  forceExit: true,
};
