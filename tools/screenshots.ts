/**
 * Takes the pictures of the product: every state of `rig/states`, in light and in dark (`create-branch.png`,
 * `create-branch-dark.png`). All go to `.forge/screenshots`; those that exist in `docs/images` are renewed there.
 * `-- NAME…` takes only walks through one of these states.
 */
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { readManifest } from 'local-forge';
import { launchBrowser, type Made, paint, prepare, statesWorld, type Walk, walks, walkThrough } from '../rig/index.ts';
import { buildWhatIsStale } from '../sandbox/build.ts';
import { startSandbox } from '../sandbox/sandbox.ts';

async function takeScreenshots(root: string, folder: string, wanted: readonly Walk[]): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'undersigned-screenshots-'));
  await buildWhatIsStale(root, readManifest(root), (text) => process.stderr.write(`${text}\n`));
  const sandbox = await startSandbox({ root, data, world: statesWorld, port: 0 });
  const browser = await launchBrowser();
  try {
    const made = await prepare({ url: sandbox.url, services: sandbox.servicesUrl });
    for (const walk of wanted) await takeAlong(browser, walk, { url: sandbox.url, made, folder });
  } finally {
    await browser.close();
    await sandbox.close();
    await rm(data, { recursive: true, force: true });
  }
}

async function takeAlong(browser: Browser, walk: Walk, where: { url: string; made: Made; folder: string }) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const take = async (name: string) => {
    // The pointer is on nothing.
    await page.mouse.move(0, 0);
    for (const mode of ['dark', 'light'] as const) {
      await paint(page, mode);
      // Transitions of colours have ended.
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(where.folder, `${name}${mode === 'dark' ? '-dark' : ''}.png`) });
    }
  };
  try {
    await walkThrough(walk, { ...where, page }, take);
  } finally {
    await context.close();
  }
}

const root = process.cwd();
const folder = join(root, '.forge/screenshots');
const names = process.argv.slice(2);
const wanted = Object.values(walks)
  .flat()
  .filter(({ stops }) => names.length === 0 || stops.some(({ name }) => names.includes(name)));
if (names.length === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await takeScreenshots(root, folder, wanted);
const taken = await readdir(folder);
const shown = (await readdir(join(root, 'docs/images'))).filter((name) => name.endsWith('.png'));
for (const name of shown.filter((one) => taken.includes(one)))
  await copyFile(join(folder, name), join(root, 'docs/images', name));
console.log(`${taken.length} pictures in .forge/screenshots; ${shown.length} of them are in docs/images.`);
const lost = shown.filter((name) => !taken.includes(name));
if (names.length === 0 && lost.length > 0) throw new Error(`Nothing takes these any more: ${lost.join(', ')}`);
