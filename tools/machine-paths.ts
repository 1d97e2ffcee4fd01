import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Exception = { file: RegExp; path: string; why: string };

/** Allowed paths of a machine, each with its reason. An entry that nothing needs any more is a problem itself. */
export const allowedPaths: readonly Exception[] = [
  { file: /^\.ci\/run$/, path: '/usr/bin/env', why: 'the first line of a script; every Unix has it' },
  { file: /local-forge\/src\/cli\.ts$/, path: '/usr/bin/env', why: 'the first line of a command that npm installs' },
  { file: /^\.githooks\/pre-commit$/, path: '/bin/sh', why: 'the first line of a script; git brings one on Windows' },
  { file: /create-repository\.ts$/, path: '/bin/sh', why: 'the first line of a hook, which git runs' },
];

/** The files that have to know machines: the search for browsers, and this list. */
const knowing = ['rig/browser.ts', 'tools/machine-paths.ts'];

const unix =
  /(?<![\w.:*/})\]$~-])\/(?:usr|home|opt|Users|work|tmp|var|private|mnt|root|snap|etc|bin|sbin|Applications)\/[\w.@-]+(?:\/[\w.@-]+)*/g;
const windows = /(?<![A-Za-z])[A-Z]:\\{1,2}[A-Za-z][\w\\.-]*/g;

/** Absolute paths of somebody's machine in text files: they exist on one machine and not on the next. */
export function machinePaths(
  root: string,
  files: readonly string[],
  allowed: readonly Exception[] = allowedPaths,
): string[] {
  const used = new Set<Exception>();
  const problems = files
    .filter((file) => !knowing.includes(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      if (text.includes('\0')) return [];
      return [...text.matchAll(unix), ...text.matchAll(windows)].flatMap(([path]) => {
        const exception = allowed.find((one) => one.file.test(file) && one.path === path);
        if (exception !== undefined) used.add(exception);
        return exception === undefined ? [`${file} names ${path}, which is a path of one machine`] : [];
      });
    });
  const unused = allowed.filter((one) => !used.has(one));
  return [...problems, ...unused.map(({ file, path }) => `no file like ${file.source} names ${path} any more`)];
}
