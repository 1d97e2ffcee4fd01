import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';

/** For Playwright, in ms: far longer than any machine needs, so that it only ends a hanging wait. */
const FAR_MS = 120_000;

/** ms after which a test worker closes an unused browser. */
const IDLE_MS = 30_000;

/** The browser talks to this machine only: no updates, no sync, no experiments fetched. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Installation = { path: string; env: Record<string, string> };

declare global {
  /** Set by `environment.cjs`, outside the module registries that jest makes for each test file. */
  var browserOfWorker: (() => Promise<Browser>) | undefined;
}

/**
 * A headless Chromium with patient contexts; the caller closes it. In a test it belongs to the worker. Rejects with the ways to get one
 * when there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  return globalThis.browserOfWorker === undefined ? partOf(await launch()) : globalThis.browserOfWorker();
}

let ofWorker: Promise<Browser> | undefined;
let users = 0;
let idle: NodeJS.Timeout | undefined;

/**
 * The one browser of a test worker, for one test file after the other: starting it, and loading what drives it, takes as long as many a
 * journey. A file gets contexts of its own, and `close` ends them.
 */
export async function browserOfWorker(): Promise<Browser> {
  clearTimeout(idle);
  users += 1;
  const forget = () => (ofWorker = undefined);
  ofWorker ??= launch().then((launched) => launched.once('disconnected', forget));
  const browser = await ofWorker.catch((error: unknown) => {
    forget();
    throw error;
  });
  return partOf(browser, () => {
    users -= 1;
    if (users === 0) idle = setTimeout(() => void browser.close(), IDLE_MS).unref();
  });
}

/** A caller's part of a browser: its contexts. `closed` is called when they are closed; without it, the browser is closed as well. */
function partOf(browser: Browser, closed?: () => void): Browser {
  const contexts: BrowserContext[] = [];
  const part = Object.create(browser) as Browser;
  part.newContext = async (options) => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(FAR_MS);
    contexts.push(context);
    return context;
  };
  part.close = async () => {
    if (closed === undefined) return browser.close();
    for (const context of contexts) await context.close();
    closed();
  };
  return part;
}

async function launch(): Promise<Browser> {
  // A test that launches no browser does not load the package either.
  const { chromium } = await import('playwright-core');
  const { path, env } = find();
  return chromium.launch({ executablePath: path, headless: true, args: flags, env: { ...process.env, ...env } });
}

function find(): Installation {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return { path: named, env: {} };
  }
  // One browser for all where it exists: it has no windows, so it is quicker.
  if (process.platform === 'linux' && process.arch === 'x64') return bundled();
  const installed = candidates().find((path) => existsSync(path));
  if (installed === undefined)
    throw new Error('No Chrome or Chromium found. Install one, or name it in CHROMIUM_PATH.');
  return { path: installed, env: {} };
}

function candidates(): string[] {
  switch (process.platform as string) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => {
        const folder = process.env[name];
        return folder === undefined ? [] : [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')];
      });
    default:
      return (process.env['PATH'] ?? '')
        .split(delimiter)
        .flatMap((folder) =>
          ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) => join(folder, name)),
        );
  }
}

/**
 * `@sparticuz/chromium`, unpacked once per version into the system's temp folder, together with the libraries (NSS and
 * others) and fonts it carries, so that a system without any of them can run it.
 */
function bundled(): Installation {
  const package_ = join(process.cwd(), 'node_modules/@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(join(package_, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `undersigned-browser-${version}`);
  if (!existsSync(folder)) unpack(package_, folder);
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

/**
 * The package's own configuration looks for its fonts below `/tmp`, wherever they are. Without any font Chromium ends itself at the first
 * tooltip.
 */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
</fontconfig>
`;
}

/** Several test workers may do this at once: each unpacks aside, the first one to finish puts its copy in place. */
function unpack(package_: string, folder: string): void {
  const aside = `${folder}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  const script = `import chromium, { inflate } from '@sparticuz/chromium';
    await chromium.executablePath(); await inflate(${JSON.stringify(join(package_, 'bin', 'al2023.tar.br'))});`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: aside },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`The bundled Chromium could not be unpacked:\n${run.stderr}`);
  writeFileSync(join(aside, 'fonts.conf'), fontsIn(folder));
  try {
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
