const { TestEnvironment } = require('jest-environment-node');

/** A mutant is found when one test fails: the others need not run any more. Jest itself only stops between files. */
module.exports = class extends TestEnvironment {
  isNoticed = false;

  async handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.isNoticed = true;
    if (name === 'test_start' && this.isNoticed && process.env['__STRYKER_ACTIVE_MUTANT__']) test.mode = 'skip';
  }
};
