import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ShippedPackage = { name: string; version: string; licence: string; installScript: boolean };

/**
 * Licences that what ships may have. `Atlassian Developer Terms` is what the `@forge` packages say in their LICENSE.txt; they are the
 * platform. `BlueOak-1.0.0`, `0BSD` and `Python-2.0` are permissive like the rest.
 */
export const allowed: readonly string[] = [
  ...['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', '0BSD', 'Python-2.0'],
  'Atlassian Developer Terms',
];

type LockEntry = { version?: string; license?: string; dev?: boolean; link?: boolean; hasInstallScript?: boolean };

/** Packages of the lockfile that are not for development only, as they would be installed with `npm ci --omit=dev`. */
export function shippedPackages(root = process.cwd()): ShippedPackage[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path.includes('node_modules/') && dev !== true && link !== true)
    .map(([path, { version = '', license = 'none', hasInstallScript = false }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const isPlatform = name.startsWith('@forge/') && license.startsWith('SEE LICENSE');
      return {
        name,
        version,
        licence: isPlatform ? 'Atlassian Developer Terms' : license,
        installScript: hasInstallScript,
      };
    });
}

/** Whether `package.json` keeps a package's install script from running. */
export function scriptsSwitchedOff(root = process.cwd()): ReadonlySet<string> {
  const { allowScripts = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    allowScripts?: Record<string, boolean>;
  };
  return new Set(Object.entries(allowScripts).flatMap(([name, on]) => (on ? [] : [name])));
}
