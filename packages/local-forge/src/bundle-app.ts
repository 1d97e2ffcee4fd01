import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { home } from './home.ts';
import type { Manifest } from './forge/manifest.ts';

/** File names of the handlers' modules below `src/`, without extension. */
const handlerModules = ({ functions }: Manifest): string[] => [
  ...new Set([...functions.values()].map(({ handler }) => handler.slice(0, handler.lastIndexOf('.')))),
];

const extensions = ['.ts', '.tsx', '.js', '.jsx', '.json', '.cjs'];

/**
 * Builds the backend of an app from its sources into `output`, with Forge's bundler. `say` gets its warnings. `untyped`: type errors are
 * not looked for, which takes most of the time. Rejects with what is wrong and what to do.
 */
export async function bundleApp(
  app: string,
  manifest: Manifest,
  output: string,
  say: (text: string) => void,
  { untyped = false }: { untyped?: boolean } = {},
): Promise<void> {
  const modules = handlerModules(manifest);
  for (const module of modules)
    if (!extensions.some((extension) => existsSync(join(app, 'src', `${module}${extension}`))))
      throw new Error(`manifest.yml names a handler in src/${module}, and there is no such file in ${app}.`);
  mkdirSync(dirname(output), { recursive: true });
  const { code, said } = await new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    const { translations } = (manifest.raw ?? {}) as { translations?: unknown };
    const args = [
      join(home, 'bundle-app.cjs'),
      JSON.stringify({ app, output, handlers: modules, translations, untyped }),
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ code: status, said: text.trim() }));
  });
  if (code === 0) {
    if (said !== '') say(said);
    return;
  }
  const hint = /(Can't resolve|Cannot find module) '[^.]/.test(said)
    ? '\nIts packages may be missing: run npm install in its folder.'
    : '';
  throw new Error(`The backend of ${app} cannot be built: ${said}${hint}`);
}

/** Checks that every page of the manifest exists, as the app's own build leaves it. Throws for the first one that is missing. */
export function checkPages(app: string, { uiModules, resources }: Manifest): void {
  for (const { key, resource } of uiModules) {
    const path = resources.find((one) => one.key === resource)?.path ?? '';
    if (!existsSync(join(app, path, 'index.html')))
      throw new Error(
        `The page of ${key} is missing: ${join(path, 'index.html')}. Build the app's pages first, as before forge deploy.`,
      );
  }
}
