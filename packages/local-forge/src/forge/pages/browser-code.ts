import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { home } from '../../home.ts';

/** TypeScript for browsers: the types are blanked out, and nothing else changes. */
export function browserCode(path: string): string {
  return stripTypeScriptTypes(readFileSync(join(home, path), 'utf8'));
}

/**
 * The script in front of every page of the app, as one classic script: it has to have run before the app's own (module)
 * script looks for the bridge, and a module could not promise that.
 */
export function frameScript(): string {
  const wire = browserCode('forge/bridge/wire.ts').replace(/^export /gm, '');
  const frame = browserCode('forge/bridge/frame.ts').replace(/^import .*$/gm, '');
  return `(() => {\n${wire}\n${frame}\n})();\n`;
}
