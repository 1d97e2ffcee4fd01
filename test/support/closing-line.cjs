const { writeSync } = require('node:fs');

/** Ends the run with one line that says the result: `N passed, N failed`. */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    // A file that could not even be loaded has no tests to count; it is a failure all the same.
    const failed = results.numFailedTests + results.testResults.filter((file) => file.testExecError).length;
    // Other reporters still print their summaries.
    process.once('exit', () => writeSync(1, `\n${results.numPassedTests} passed, ${failed} failed\n`));
  }
};
