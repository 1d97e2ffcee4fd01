import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

export type ResourceFile = { content: Buffer<ArrayBuffer>; contentType: string };

/**
 * A file below `folder`; undefined when it does not exist. Names that could lead out of the folder are no files, and neither
 * are links that do.
 */
export async function readResource(folder: string, path: readonly string[]): Promise<ResourceFile | undefined> {
  if (path.length === 0 || path.some((part) => !/^[\w@-][\w.@-]*$/.test(part))) return undefined;
  const file = join(folder, ...path);
  try {
    const [base, real] = await Promise.all([realpath(folder), realpath(file)]);
    if (!real.startsWith(base + sep) || !(await stat(real)).isFile()) return undefined;
    const contentType = contentTypes[extname(real)];
    if (!contentType) throw new Error(`The sandbox knows no content type for ${extname(real)} (${path.join('/')}).`);
    return { content: await readFile(real), contentType };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
