/**
 * Takes the pictures of the product: the demo world, people in the middle of their work, every main state of the three surfaces in light and in
 * dark (`create-branch.png`, `create-branch-dark.png`). All go to `.forge/screenshots`, to be looked at; those that `docs/images` holds
 * already are renewed there.
 */
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { readManifest } from '../sandbox/forge/manifest.ts';
import { buildWhatIsStale } from '../sandbox/forge/build.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { demoWorld } from '../sandbox/world/demo.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { scenes, type Scene } from './screenshots/scenes.ts';
import { work } from './screenshots/work.ts';

const modes = ['light', 'dark'] as const;
type Mode = (typeof modes)[number];

async function takeScreenshots(root: string, folder: string): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'undersigned-screenshots-'));
  await buildWhatIsStale(root, readManifest(root), (text) => process.stderr.write(`${text}\n`));
  const sandbox = await startSandbox({ root, data, world: demoWorld, port: 0 });
  const browser = await launchBrowser();
  try {
    const made = await work(sandbox);
    for (const mode of modes)
      for (const scene of scenes) await take(browser, sandbox.url, scene, mode, { folder, newToken: made.newToken });
  } finally {
    await browser.close();
    await sandbox.close();
    await rm(data, { recursive: true, force: true });
  }
}

type Taking = { folder: string; newToken: () => Promise<string> };

async function take(browser: Browser, url: string, scene: Scene, mode: Mode, { folder, newToken }: Taking) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, colorScheme: mode });
  context.setDefaultTimeout(20_000);
  try {
    await context.addCookies([{ name: 'color-mode', value: mode, url }]);
    const page: Page = await context.newPage();
    await page.goto(url + scene.at);
    const frame = (resource: string): FrameLocator => page.frameLocator(`iframe[data-resource="${resource}"]`);
    await scene.act({ page, frame, newToken });
    // What comes in or goes out with a movement has arrived.
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${scene.name}${mode === 'dark' ? '-dark' : ''}.png`) });
  } finally {
    await context.close();
  }
}

const root = process.cwd();
const folder = join(root, '.forge/screenshots');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await takeScreenshots(root, folder);
const taken = await readdir(folder);
const shown = (await readdir(join(root, 'docs/images'))).filter((name) => name.endsWith('.png'));
for (const name of shown.filter((one) => taken.includes(one)))
  await copyFile(join(folder, name), join(root, 'docs/images', name));
console.log(`${taken.length} pictures in .forge/screenshots; ${shown.length} of them are in docs/images.`);
const lost = shown.filter((name) => !taken.includes(name));
if (lost.length > 0) throw new Error(`Nothing takes these any more: ${lost.join(', ')}`);
