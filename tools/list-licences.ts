import { allowed, scriptsSwitchedOff, shippedPackages } from './licences.ts';

const packages = shippedPackages();
const off = scriptsSwitchedOff();
const strangers = packages.filter(({ licence }) => !allowed.includes(licence));
const scripts = packages.filter(({ name, installScript }) => installScript && !off.has(name));
const byLicence = Map.groupBy(packages, ({ licence }) => licence);
for (const [licence, some] of [...byLicence].sort(([a], [b]) => a.localeCompare(b)))
  console.log(`${licence} (${some.length}): ${some.map(({ name, version }) => `${name} ${version}`).join(', ')}\n`);
for (const { name, licence } of strangers) console.error(`${name}: ${licence} is not on the list`);
for (const { name } of scripts) console.error(`${name} would run a script when it is installed`);
console.log(
  `${packages.length} packages ship; ${strangers.length} with another licence, ${scripts.length} with a script that would run`,
);
if (strangers.length + scripts.length > 0) process.exitCode = 1;
