const { createHash } = require('node:crypto');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Slow files for runs without earlier times, as in a fresh clone: a worker that begins one last would work alone at the end. */
const long = ['pages/states-', 'tools/verify', 'journeys/', 'providers/contract/', 'trust/', 'sandbox/'];

function rank({ path }) {
  const at = long.findIndex((part) => path.replaceAll('\\', '/').includes(`/test/${part}`));
  return at === -1 ? long.length : at;
}

/**
 * The order of the test files: with `--randomize` in an order drawn from the seed, as the tests within each file are; else the longest
 * first, by the times of earlier runs.
 */
module.exports = function createSequencer(options) {
  const { randomize, seed } = options.globalConfig;
  const sequencer = new Sequencer(options);
  const usual = sequencer.sort.bind(sequencer);
  sequencer.sort = (tests) => {
    if (randomize) {
      const drawn = ({ path }) => createHash('sha256').update(`${seed} ${path}`).digest('hex');
      return [...tests].sort((one, other) => drawn(one).localeCompare(drawn(other)));
    }
    const sorted = usual(tests);
    const isKnown = sorted.every(({ duration }) => duration !== undefined);
    return isKnown ? sorted : sorted.sort((one, other) => rank(one) - rank(other));
  };
  return sequencer;
};
