const { TestEnvironment } = require('jest-environment-node');

/** The one thing that a worker shares between its test files, each of which loads its modules again: a browser. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.browserOfWorker = () => {
      const { browserOfWorker } = require('../../rig/browser.ts');
      return browserOfWorker();
    };
  }
};
