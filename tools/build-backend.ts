/**
 * Bundles the backend into `dist/backend` with Forge's own bundler, so that this machine runs the code that `forge deploy` would upload.
 * It fails on type errors, as `forge deploy` does. With `--untyped` it does not look for them: for `npm test`, whose check does.
 */
import { join } from 'node:path';
import { bundleApp, readManifest } from 'local-forge';
import { backendBuild, stampAfter } from '../sandbox/inputs.ts';

const root = process.cwd();
const done = stampAfter(root, backendBuild);
try {
  await bundleApp(root, readManifest(root), join(root, 'dist/backend'), (text) => console.warn(text), {
    untyped: process.argv.includes('--untyped'),
  });
  done();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
