/**
 * Bundles an app's backend with Forge's own bundler, so that what runs here is what `forge deploy` would upload: one file per
 * handler module of its manifest, from `src/`. It fails on type errors, unless `untyped` says that something else looks for them. Its one
 * argument is JSON.
 *
 * A CommonJS main script, because the bundler asks for `require.main`. The platform's wrapper, which is not on npm and
 * which the CLI downloads, is left out: a local Forge has its own.
 */
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { getEntryPoints, getNodeBundler } = require('@forge/bundler');

const { app, output, handlers, translations, untyped } = JSON.parse(process.argv[2]);
// Forge's tools look for `src` and a tsconfig.json in the folder where they are started.
process.chdir(app);

const quiet = {
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
function copyTranslations() {
  if (translations === undefined) return;
  const folder = path.join(output, '__LOCALES__');
  fs.mkdirSync(folder, { recursive: true });
  for (const { key, path: file } of translations.resources)
    fs.copyFileSync(path.join(app, file), path.join(folder, `${key}.json`));
  const locales = translations.resources.map(({ key }) => key);
  fs.writeFileSync(
    path.join(folder, 'i18n-info.json'),
    JSON.stringify({ config: { locales, fallback: translations.fallback } }),
  );
}

/** The same rule, with a loader of TypeScript that only removes the types. */
function withoutTypes(rule) {
  if (!Array.isArray(rule.use)) return rule;
  const transpiling = (one) =>
    one.loader === 'ts-loader' ? { ...one, options: { ...one.options, transpileOnly: true } } : one;
  return { ...rule, use: rule.use.map(transpiling) };
}

async function bundle() {
  const bundler = await getNodeBundler(quiet, wrapper, config).getBundler();
  const configsOf = bundler.getConfigs.bind(bundler);
  // An app without installed packages gets those of this package that exist. Any other app is bundled as it is deployed.
  const installed = createRequire(path.join(app, 'package.json'))
    .resolve.paths('x')
    .some((folder) => fs.existsSync(folder));
  const modules = installed ? ['node_modules'] : require.resolve.paths('@forge/resolver');
  bundler.getConfigs = async (args) =>
    (await configsOf(args)).map((one) => ({
      ...one,
      resolve: { ...one.resolve, modules },
      module: { ...one.module, rules: untyped === true ? one.module.rules.map(withoutTypes) : one.module.rules },
    }));
  const { outputDir } = await bundler.bundle({
    appDirectory: app,
    entryPoints: getEntryPoints(handlers.map((module) => ({ module }))),
  });
  fs.rmSync(output, { recursive: true, force: true });
  fs.cpSync(outputDir, output, { recursive: true });
  fs.rmSync(outputDir, { recursive: true });
  copyTranslations();
}

bundle().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
