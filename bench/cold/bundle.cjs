/** `node bundle.cjs FOLDER OUTPUT MODULE…`: bundles `FOLDER/src/MODULE.ts` with Forge's own bundler, each a handler module. */
const fs = require('node:fs');
const { getEntryPoints, getNodeBundler } = require('@forge/bundler');

const [appDirectory, output, ...modules] = process.argv.slice(2);
const none = { script: '', version: 'none', source: 'none' };
const wrapper = { getNodeRuntimeWrapper: async () => none, getNodeRuntimeLoader: async () => none };
const config = { readConfig: async () => ({ app: { package: undefined } }) };
const logger = { info() {}, debug() {}, trace() {}, warn: console.warn, error: console.error };

getNodeBundler(logger, wrapper, config)
  .bundle({ appDirectory, entryPoints: getEntryPoints(modules.map((module) => ({ module }))) })
  .then(({ outputDir }) => {
    fs.cpSync(outputDir, output, { recursive: true });
    fs.rmSync(outputDir, { recursive: true });
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
