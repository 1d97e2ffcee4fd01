const { TestEnvironment } = require('jest-environment-node');

/** What a worker has once for all of its test files, each of which loads its modules anew: a browser. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.browserOfWorker = () => {
      const { browserOfWorker } = require('./browser.ts');
      return browserOfWorker();
    };
  }
};
