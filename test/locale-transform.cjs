const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { basename, join } = require('node:path');

const root = join(__dirname, '..');
const ofEach = ['static/compile-messages.mts', 'locales/en-US.json', 'test/locale-transform.cjs'];

/** Tests get sentences as pages do: compiled as in `static/vite.config.mts`. */
module.exports = {
  getCacheKey: (text, path) =>
    [text, path, ...ofEach.map((file) => readFileSync(join(root, file), 'utf8'))]
      .reduce((hash, part) => hash.update(part), createHash('sha256'))
      .digest('hex'),
  process(text, path) {
    const { compileMessages } = require('../static/compile-messages.mts');
    return { code: JSON.stringify(compileMessages(basename(path, '.json'), JSON.parse(text))) };
  },
};
