import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ShippedPackage = { name: string; installScript: boolean };

type LockEntry = { dev?: boolean; link?: boolean; hasInstallScript?: boolean };

/** Packages of the lockfile that are not for development only, as they would be installed with `npm ci --omit=dev`. */
export function shippedPackages(root = process.cwd()): ShippedPackage[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path.includes('node_modules/') && dev !== true && link !== true)
    .map(([path, { hasInstallScript = false }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      installScript: hasInstallScript,
    }));
}

/** Whether `package.json` keeps a package's install script from running. */
export function scriptsSwitchedOff(root = process.cwd()): ReadonlySet<string> {
  const { allowScripts = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    allowScripts?: Record<string, boolean>;
  };
  return new Set(Object.entries(allowScripts).flatMap(([name, on]) => (on ? [] : [name])));
}
