const base = require('./jest.config.cjs');

/** The tests that run `src/` in their own process, which is all a mutant can be seen in; those that take long are left out. */
module.exports = {
  ...base,
  testMatch: [
    '<rootDir>/test/domain/**/*.test.ts',
    '<rootDir>/test/providers/**/*.test.ts',
    '<rootDir>/test/trust/{token-life,permissions,leaks}.test.ts',
  ],
  // A mutant that hangs is noticed by Stryker's own clock.
  testTimeout: 20_000,
  forceExit: false,
  reporters: [],
};
