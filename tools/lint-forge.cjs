/**
 * The checks of `forge lint` that need no login: the manifest against Forge's schema, and every linter of
 * `@forge/lint` that runs on this machine. A warning must be in `lint-forge-allowed.json`, with the reason; an allowed one
 * that no longer appears must leave that list.
 */
const fs = require('node:fs');
const path = require('node:path');
const { getClientSideLintersOnly, lint } = require('@forge/lint');
const { validate } = require('@forge/manifest');
const { parse } = require('yaml');

const environment = 'development';
const allowed = JSON.parse(fs.readFileSync(path.join(__dirname, 'lint-forge-allowed.json'), 'utf8'));

const silent = () => {};
const logger = {
  info: silent,
  debug: silent,
  trace: silent,
  warn: (text) => console.warn(text),
  error: (text) => console.error(text),
};
/** Feature switches that Atlassian's CLI gets from a server: all off. Docs page "Forge changelog": Node 20 is refused. */
const switches = new Proxy(
  {},
  {
    get: (_, name) => {
      if (name === 'then') return undefined;
      return name === 'getDeprecatedRuntimes' ? async () => ['nodejs20.x'] : async () => false;
    },
  },
);

function sources(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((name) => /\.[jt]sx?$/.test(name))
    .sort();
}

/** Every finding as `{level, text}`, with the file if it is known. */
async function findings() {
  const { errors = [] } = await validate(false);
  const ofManifest = errors.map(({ level, message, line, column }) => ({
    level,
    text: `manifest.yml:${line}:${column} ${message}`,
  }));

  const manifest = parse(fs.readFileSync('manifest.yml', 'utf8'));
  const all = await getClientSideLintersOnly(manifest, environment, logger, switches);
  // It downloads Jira's API descriptions to compare requests with scopes.
  const linters = all.filter((one) => one.constructor.name !== 'PermissionLinter');
  console.log(`${linters.length} linters; PermissionLinter is left out, because it needs the network.`);
  const results = await lint(sources('src'), manifest, environment, logger, switches, {
    linters,
    linter: { mode: 'client-side' },
  });
  const ofLinters = results.flatMap(({ file, errors, warnings }) =>
    [...errors, ...warnings].map((item) => ({
      level: item.class,
      text: `${file}:${item.line}:${item.column} ${item.message}`,
    })),
  );
  return [...ofManifest, ...ofLinters];
}

async function main() {
  const found = new Map((await findings()).map((one) => [one.text, one]));
  const used = new Set();
  let failed = false;
  for (const { level, text } of found.values()) {
    const permit = level === 'warning' ? allowed.find(({ message }) => text.includes(message)) : undefined;
    if (permit !== undefined) used.add(permit);
    else failed = true;
    console[permit === undefined ? 'error' : 'log'](
      `${permit === undefined ? level : 'allowed'}: ${text}${permit === undefined ? '' : ` (${permit.reason})`}`,
    );
  }
  for (const permit of allowed.filter((one) => !used.has(one))) {
    console.error(`lint-forge-allowed.json allows what is no longer found: ${permit.message}`);
    failed = true;
  }
  if (failed) process.exitCode = 1;
  else console.log('Forge has nothing to say against it.');
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
