/**
 * The licences of everything in package-lock.json, against `licences-allowed.json`, and the list of them in docs/licences.md.
 * With `--write` the list is written; without, the existing list must be identical. The exit code is 1 for a licence that nobody allowed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Package = { name: string; version: string; licence: string; ships: boolean };
type Allowed = { ships: Record<string, string>; tools: Record<string, string> };
type Lock = {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; link?: boolean }>;
};

const root = join(import.meta.dirname, '..');
const listFile = 'docs/licences.md';
const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** `ships`: reachable from `dependencies`, so it can become a part of the bundle. All others only build and test. */
function packagesOf(lock: Lock): Package[] {
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, { version = '', license = 'none', dev = false }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      ships: !dev,
    }));
}

function refusedOf(packages: readonly Package[], { ships, tools }: Allowed): string[] {
  return packages
    .filter((one) => !(one.licence in ships) && (one.ships || !(one.licence in tools)))
    .map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
}

function byLicence(
  packages: readonly Package[],
  reasons: Record<string, string>,
  namesFor: (licence: string) => boolean,
) {
  const licences = [...new Set(packages.map(({ licence }) => licence))].sort();
  return licences.map((licence) => {
    const under = [
      ...new Set(packages.filter((one) => one.licence === licence).map(({ name, version }) => `${name} ${version}`)),
    ].sort();
    const names = namesFor(licence) ? `: ${under.map((name) => `\`${name}\``).join(', ')}` : '';
    return `- **${licence}** (${reasons[licence] ?? ''}), ${under.length}${names}`;
  });
}

function listOf(packages: readonly Package[], { ships, tools }: Allowed): string {
  const permissive = (licence: string) => licence in ships && !licence.startsWith('SEE');
  return [
    '# Licences',
    '',
    'Written by `npm run licences -- --write` from package-lock.json; `npm run check` compares. What is allowed, and why:',
    '`tools/licences-allowed.json`. This project itself is under Apache-2.0.',
    '',
    '## What may ship',
    '',
    'Packages that `dependencies` reach. The bundlers leave out what is not imported.',
    '',
    ...byLicence(
      packages.filter((one) => one.ships),
      ships,
      () => true,
    ),
    '',
    '## What only builds and tests',
    '',
    ...byLicence(
      packages.filter((one) => !one.ships),
      { ...tools, ...ships },
      (licence) => !permissive(licence),
    ),
    '',
  ].join('\n');
}

const packages = packagesOf(json('package-lock.json') as Lock);
const allowed = json('tools/licences-allowed.json') as Allowed;
const list = listOf(packages, allowed);
const problems = refusedOf(packages, allowed).map((one) => `Not on the list of allowed licences: ${one}`);
if (process.argv.includes('--write')) writeFileSync(join(root, listFile), list);
else if (readFileSync(join(root, listFile), 'utf8') !== list)
  problems.push(`${listFile} is out of date: npm run licences -- --write`);

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${packages.length} packages, each under a licence that is allowed.`);
