import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Frame, Page } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from '../rig/index.ts';
import { pageConfig, pages } from '../static/vite.config.mts';
import type { Figure } from './figures.ts';
import { places } from './places.ts';
import { median, openStage, type Stage } from './stage.ts';

type Entry = {
  resource: (typeof pages)[number];
  path: string;
  as: string;
  /** The control that exists once the page can be used. */
  usable: string;
  /** Opens the page if it is not open by itself. */
  open?: (page: Page) => Promise<void>;
};

const entries: readonly Entry[] = [
  { resource: 'issue-panel', path: '/browse/DEMO-1', as: 'alice', usable: 'button:Create branch' },
  {
    resource: 'dialogs',
    path: '/browse/DEMO-1',
    as: 'alice',
    usable: 'input:DEMO-1-',
    open: async (page) => {
      await page.locator('[data-menu="actions-menu"]').click();
      await page.getByRole('menuitem', { name: 'Create branch' }).click();
    },
  },
  { resource: 'user-settings', path: '/settings/personal', as: 'alice', usable: 'button:PAT' },
  { resource: 'manage-repositories', path: '/settings/apps', as: 'ada', usable: 'button:Add new integration' },
];

type Seen = { usable?: number; shift: number };

/** Runs in every frame: records when the page can be used, and what moved after it was painted. */
function look(marks: Readonly<Record<string, string>>): void {
  const resource = Object.keys(marks).find((name) => location.pathname.includes(`/${name}/`));
  if (resource === undefined) return;
  const seen: { usable?: number; shift: number } = { shift: 0 };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  // An hour after everything was done, as most issues are opened; "just now" would spare a page the words for it.
  const now = Date.now.bind(Date);
  Date.now = () => now() + 3_600_000;
  const [tag, text = ''] = (marks[resource] ?? '').split(':');
  const check = () => {
    if (seen.usable !== undefined) return;
    const isUsable = (element: Element) => {
      const shown = element instanceof HTMLInputElement ? element.value : (element.textContent ?? '');
      const words = shown.includes(text) || shown === 'Ready';
      return words && !(element as HTMLButtonElement).disabled && (element as HTMLElement).offsetHeight > 0;
    };
    if ([...document.querySelectorAll(`${tag}, button`)].some(isUsable)) seen.usable = performance.now();
  };
  new MutationObserver(check).observe(document, { subtree: true, childList: true, attributes: true });
  // React sets the value of a field without a mutation.
  setInterval(check, 5);
}

type Visit = { usable: number; shift: number; scripts: Map<string, Buffer> };

async function visit(browser: Browser, url: string, entry: Entry, slowdown: number): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const marks = Object.fromEntries(entries.map(({ resource, usable }) => [resource, usable]));
    await page.addInitScript(look, marks);
    const arriving: Promise<[string, Buffer]>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.includes(`/${entry.resource}/`) && pathname.endsWith('.js'))
        arriving.push(response.body().then((body): [string, Buffer] => [pathname, body]));
    });
    const session = await context.newCDPSession(page);
    const slowDown = () => session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const address = `${url}${entry.path}?as=${entry.as}`;
    if (entry.open === undefined) {
      // The browser slows down a process, and each site has its own. So the process has to exist, and must not know the page yet.
      await page.goto(`${url}/nothing-is-here`);
      await slowDown();
      await page.goto(address, { waitUntil: 'commit' });
    } else {
      await page.goto(address, { waitUntil: 'load' });
      // The page below has loaded: nobody opens a dialog on an issue that still loads.
      await page.waitForLoadState('networkidle');
      await slowDown();
      await entry.open(page);
    }
    const frame = await frameOf(page, entry.resource);
    await frame.waitForFunction(() => (window as unknown as { seen: Seen }).seen.usable !== undefined);
    // The requests that it makes by itself have been answered by then.
    await page.waitForTimeout(SETTLED_MS);
    const { usable = NaN, shift } = await frame.evaluate(() => (window as unknown as { seen: Seen }).seen);
    return { usable, shift, scripts: new Map(await Promise.all(arriving)) };
  } finally {
    await context.close();
  }
}

async function frameOf(page: Page, resource: string): Promise<Frame> {
  const handle = await page.waitForSelector(`iframe[data-resource="${resource}"]`);
  const frame = await handle.contentFrame();
  if (frame === null) throw new Error(`${resource} has no frame`);
  await frame.waitForURL(new RegExp(`/${resource}/`));
  return frame;
}

/** The same app with a page of React and the bridge alone in each place. */
async function makeMinimalApp(root: string): Promise<string> {
  const appRoot = await mkdtemp(join(tmpdir(), 'undersigned-minimal-'));
  for (const path of ['manifest.yml', 'locales', 'dist', 'node_modules'])
    await symlink(join(root, path), join(appRoot, path));
  await cp(join(root, 'static/icons'), join(appRoot, 'static/icons'), { recursive: true });
  const config = pageConfig('dialogs');
  const outDir = join(appRoot, 'static/dist/dialogs');
  await mkdir(outDir, { recursive: true });
  process.env['NODE_ENV'] = 'production';
  await build({ ...config, root: join(root, 'bench/minimal'), build: { ...config.build, outDir } });
  for (const page of pages)
    if (page !== 'dialogs') await cp(outDir, join(appRoot, 'static/dist', page), { recursive: true });
  return appRoot;
}

async function prepare(stage: Stage): Promise<void> {
  const [github] = places;
  if (github === undefined) throw new Error('No place');
  const integrationId = await stage.connect(github);
  await stage.saveToken(github, 'alice', integrationId);
  const { repository, source: sourceBranch } = github;
  const work = { issueKey: 'DEMO-1', integrationId, repository, sourceBranch, name: 'DEMO-1-first' };
  await stage.invoke('alice', 'issue-context', 'create-branch', work);
}

const SLOWDOWN = 4;
const SETTLED_MS = 800;

/** The weight and the work of each page of the app before anybody touches it, in Chromium, inside the stand-in Jira. */
export async function measurePages(root: string, rounds: number): Promise<Figure[]> {
  const stage = await openStage(root);
  const appRoot = await makeMinimalApp(root);
  const minimal = await openStage(root, { appRoot });
  const browser = await launchBrowser();
  try {
    await Promise.all([prepare(stage), prepare(minimal)]);
    const figures: Figure[] = [];
    for (const entry of entries)
      figures.push(...(await measure(browser, entry, stage.sandbox.url, minimal.sandbox.url, rounds)));
    return figures;
  } finally {
    await browser.close();
    await Promise.all([stage.close(), minimal.close()]);
    await rm(appRoot, { recursive: true, force: true });
  }
}

async function measure(
  browser: Browser,
  entry: Entry,
  app: string,
  minimal: string,
  rounds: number,
): Promise<Figure[]> {
  const first = await visit(browser, app, entry, 1);
  const bytes = [...first.scripts.values()].reduce((sum, body) => sum + gzipSync(body, { level: 9 }).byteLength, 0);
  const times = { app: [] as number[], minimal: [] as number[] };
  let shift = first.shift;
  for (let round = 0; round < rounds; round++) {
    const seen = await visit(browser, app, entry, SLOWDOWN);
    times.app.push(seen.usable);
    shift = Math.max(shift, seen.shift);
    times.minimal.push((await visit(browser, minimal, entry, SLOWDOWN)).usable);
  }
  const figure = (what: string, value: number, unit: string, digits = 1): Figure => ({
    name: `pages/${entry.resource}/${what}`,
    value: Number(value.toFixed(digits)),
    unit,
  });
  return [
    figure('first-view-gzip', bytes / 1024, 'KiB of JavaScript'),
    figure('first-view-requests', first.scripts.size, 'scripts'),
    figure('layout-shift', shift, 'score', 4),
    figure('usable', median(times.app), 'ms, 4 times slower'),
    figure('usable-minimal', median(times.minimal), 'ms, 4 times slower'),
    figure('usable-over-minimal', median(times.app) / median(times.minimal), 'times', 2),
  ];
}
