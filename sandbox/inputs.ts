import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The inputs and outputs of a build. Paths are relative to the project's folder. */
export type Build = { name: string; inputs: readonly string[] };

const shared = ['src', 'locales', 'manifest.yml', 'package-lock.json'];
export const backendBuild: Build = { name: 'backend', inputs: [...shared, 'tsconfig.json', 'tools/build-backend.ts'] };
export const pagesBuild: Build = { name: 'pages', inputs: [...shared, 'package.json', 'static'] };

/** Folders that a build makes. */
const made = new Set(['dist', 'node_modules']);

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => !made.has(name))
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

const stampOf = (root: string, { name }: Build): string => join(root, 'dist', `${name}.inputs`);

/** A hash over every input's path and content. */
function fingerprint(root: string, { inputs }: Build): string {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(join(root, input)))) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** Whether the outputs (files or folders) exist and were made from the present inputs. */
export function isFresh(root: string, build: Build, outputs: readonly string[]): boolean {
  const stamp = stampOf(root, build);
  if (!existsSync(stamp) || outputs.some((output) => !existsSync(join(root, output)))) return false;
  return readFileSync(stamp, 'utf8') === fingerprint(root, build);
}

/** Computes the hash before a build. The function it returns stores the hash once the build has succeeded. */
export function stampAfter(root: string, build: Build): () => void {
  const before = fingerprint(root, build);
  return () => {
    mkdirSync(dirname(stampOf(root, build)), { recursive: true });
    writeFileSync(stampOf(root, build), before);
  };
}
