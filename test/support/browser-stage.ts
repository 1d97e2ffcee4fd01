import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { demoWorld } from '../../sandbox/world/demo';
import { worldSchema, type World } from '../../sandbox/world/world';
import { accessibilityViolations, axeSource } from './axe';
import { launchBrowser } from '../../rig/browser';
import { leaks } from '../../rig/canary';
import { refuseTheMouse } from './keyboard';
import { runSandbox, type RunningSandbox } from './run-sandbox';

type Options = {
  /** The services of the world, as in a world file; those of the demo world by default. */
  services?: readonly unknown[];
  /** A whole world instead of the demo one; `services` is ignored then. */
  world?: World;
  colorScheme?: 'light' | 'dark';
  /** False: everything is done with the keyboard, and `expectNothingLeft` fails after any try with a mouse. */
  mouse?: boolean;
  /** Every document has axe from its beginning, which takes half as long as a later injection. For tests that check most documents. */
  looksOften?: boolean;
};

/** The running product and a browser: the start of every browser journey. */
export type Stage = {
  sandbox: RunningSandbox;
  /** Every credential that was made on the way: `expectNothingLeft` searches for them. */
  secrets: string[];
  /** A new tab in Jira, as one of its people. A test opens more of them in a minute than people do, so their pace is forgotten. */
  open(path: string, as: string): Promise<Page>;
  /** A new tab with nothing in it yet. */
  newPage(): Promise<Page>;
  /** A new tab at a simulated service: `gitlab.com/acme/mobile`. */
  openService(place: string): Promise<Page>;
  /**
   * Stops at a page as a person would: its content is stored for the search for secrets. With
   * `JOURNEY_PICTURES=FOLDER` it is photographed as well.
   */
  look(page: Page, name: string): Promise<void>;
  /**
   * Stops at a page, which may not break a rule of axe; `rules`: only these. For states that `rig/states` does not reach:
   * those are inspected there, in light and dark.
   */
  inspect(page: Page, name: string, rules?: readonly string[]): Promise<void>;
  /**
   * No secret in a page, an answer, a log or on disk, and nothing the content security policy had to stop. `but`: paths on
   * disk of a service that has to know its secrets.
   */
  expectNothingLeft(but?: RegExp): Promise<void>;
  close(): Promise<void>;
};

/** Opens the stage; the caller closes it. */
export async function openStage(options: Options = {}): Promise<Stage> {
  const { services, colorScheme = 'light', mouse = true, looksOften = false } = options;
  const folder = await mkdtemp(join(tmpdir(), 'undersigned-stage-'));
  const file = join(folder, 'world.json');
  const world = services === undefined ? (options.world ?? demoWorld) : worldSchema.parse({ ...demoWorld, services });
  await writeFile(file, JSON.stringify(world));
  const [sandbox, browser] = await Promise.all([runSandbox(['--world', file]), launchBrowser()]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, colorScheme });
  await context.addCookies([{ name: 'color-mode', value: colorScheme, url: sandbox.url }]);
  if (looksOften) await context.addInitScript(axeSource);
  const secrets: string[] = [];
  const seen: string[] = [];
  const mouseTries: string[] = [];
  if (!mouse) await refuseTheMouse(context, (what) => mouseTries.push(what));

  const goTo = async (address: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(address);
    return page;
  };
  const look = async (page: Page, name: string): Promise<void> => {
    await page.evaluate(() => document.fonts.ready);
    for (const frame of page.frames()) seen.push(await frame.evaluate(htmlButTheFields));
    const pictures = process.env['JOURNEY_PICTURES'];
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  return {
    sandbox,
    secrets,
    newPage: () => context.newPage(),
    open: async (path, as) => {
      await sandbox.forgetPace();
      return goTo(`${sandbox.url}${path}?as=${as}`);
    },
    openService: (place) => goTo(`${sandbox.services}/${place}`),
    look,
    inspect: async (page, name, rules) => {
      await look(page, name);
      expect({ [name]: await accessibilityViolations(page, rules) }).toEqual({ [name]: [] });
    },
    expectNothingLeft: async (but) => {
      await Promise.all([sandbox.requests(), sandbox.get('/sandbox/logs'), sandbox.get('/sandbox/storage')]);
      expect(secrets.length).toBeGreaterThan(0);
      expect(seen.length).toBeGreaterThan(0);
      for (const text of [seen.join('\n'), sandbox.recorded.join('\n'), sandbox.printed(), await sandbox.onDisk(but)]) {
        expect(leaks(text, secrets)).toEqual([]);
      }
      expect(await sandbox.get('/sandbox/csp-reports')).toEqual([]);
      expect(mouseTries).toEqual([]);
    },
    close: async () => {
      await browser.close();
      await sandbox.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A page's HTML without the values of its password fields, which the person typed. Runs in the page. */
function htmlButTheFields(): string {
  const copy = document.documentElement.cloneNode(true) as HTMLElement;
  for (const field of copy.querySelectorAll('input[type=password]')) field.removeAttribute('value');
  return copy.outerHTML;
}

type Surface = 'issue-panel' | 'dialogs' | 'user-settings' | 'manage-repositories';

/** One of the app's pages inside Jira. */
export function app(page: Page, surface: Surface): FrameLocator {
  return page.frameLocator(`iframe[data-resource="${surface}"]`);
}
