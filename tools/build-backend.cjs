/**
 * Bundles the backend with Forge's own bundler, so that what runs here is what `forge deploy` would upload: one file per
 * handler module of manifest.yml, from `src/` with the root tsconfig.json, into `dist/backend`. Type errors end it.
 *
 * A CommonJS main script, because the bundler asks for `require.main`. The platform's wrapper, which is not on npm and
 * which the CLI downloads, is left out: the sandbox has its own.
 */
const fs = require('node:fs');
const path = require('node:path');
const { getEntryPoints, getNodeBundler } = require('@forge/bundler');
const { parse } = require('yaml');
const { backendBuild, stampAfter } = require('../sandbox/inputs.ts');

const root = process.cwd();
const output = path.join(root, 'dist', 'backend');

const logger = {
  info() {},
  debug() {},
  trace() {},
  warn: (text) => console.warn(text),
  error: (text) => console.error(text),
};
const none = { script: '', version: 'none', source: 'none' };
const wrapper = { getNodeRuntimeWrapper: async () => none, getNodeRuntimeLoader: async () => none };
const config = { readConfig: async () => ({ app: { package: undefined } }) };

/** Where `@forge/api` looks for translations at run time; the CLI puts them there when it packs the app. */
function copyTranslations({ translations }) {
  if (translations === undefined) return;
  const folder = path.join(output, '__LOCALES__');
  fs.mkdirSync(folder, { recursive: true });
  for (const { key, path: file } of translations.resources)
    fs.copyFileSync(path.join(root, file), path.join(folder, `${key}.json`));
  const locales = translations.resources.map(({ key }) => key);
  fs.writeFileSync(
    path.join(folder, 'i18n-info.json'),
    JSON.stringify({ config: { locales, fallback: translations.fallback } }),
  );
}

async function build() {
  const done = stampAfter(root, backendBuild);
  const manifest = parse(fs.readFileSync(path.join(root, 'manifest.yml'), 'utf8'));
  const modules = [...new Set(manifest.modules.function.map(({ handler }) => handler.split('.')[0]))];
  const bundler = getNodeBundler(logger, wrapper, config);
  const { outputDir } = await bundler.bundle({
    appDirectory: root,
    entryPoints: getEntryPoints(modules.map((module) => ({ module }))),
  });
  fs.rmSync(output, { recursive: true, force: true });
  fs.cpSync(outputDir, output, { recursive: true });
  fs.rmSync(outputDir, { recursive: true });
  copyTranslations(manifest);
  done();
}

build().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
