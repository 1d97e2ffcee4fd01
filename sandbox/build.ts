import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Manifest } from 'local-forge';
import { backendBuild, isFresh, pagesBuild, stampAfter, type Build } from './inputs.ts';

function buildsOf(manifest: Manifest): { build: Build; outputs: string[]; script: string }[] {
  const modules = new Set([...manifest.functions.values()].map(({ handler }) => handler.split('.')[0] ?? ''));
  return [
    {
      build: backendBuild,
      outputs: [...modules].map((module) => `dist/backend/${module}.cjs`),
      script: 'tools/build-backend.ts',
    },
    { build: pagesBuild, outputs: manifest.resources.map(({ path }) => path), script: 'static/build.mts' },
  ];
}

const run = (root: string, script: string): Promise<void> =>
  new Promise((resolve, reject) => {
    // A build prints its progress to standard error: standard output belongs to `--json`.
    const child = spawn(process.execPath, [script], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.pipe(process.stderr, { end: false });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${script} failed; what it said is above.`)),
    );
  });

/** Waits until no other start builds in this folder, ten minutes at most: on a busy machine a build takes minutes. The kernel owns the lock and releases it when the process ends. */
function lock(root: string): () => void {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const database = new DatabaseSync(join(root, 'dist/build.lock'), { timeout: 600_000 });
  database.exec('BEGIN EXCLUSIVE');
  return () => database.close();
}

/** Builds the app's backend and pages where they are missing or older than their sources. `say` gets the progress. */
export async function buildWhatIsStale(root: string, manifest: Manifest, say: (text: string) => void): Promise<void> {
  const unlock = lock(root);
  try {
    for (const { build, outputs, script } of buildsOf(manifest)) {
      if (isFresh(root, build, outputs)) continue;
      say(`Building the ${build.name} …`);
      const done = stampAfter(root, build);
      await run(root, script);
      done();
    }
  } finally {
    unlock();
  }
}
