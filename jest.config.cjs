/** SWC only strips types; `npm run types` checks them. Octokit and friends are ESM, so node_modules is transformed too. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '\\.[cm]?[jt]sx?$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2023' } }],
  },
  transformIgnorePatterns: [],
  // Browsers and services are mostly waited for: as many test files at once as there are cores.
  maxWorkers: '100%',
  testTimeout: 60_000,
  // A browser or a sandbox that a failed test left behind must not keep the run from ending.
  forceExit: true,
};
