import type * as bridgePackage from '@forge/bridge';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { startFixture, type Fixture } from '../fixtures/bridge-page/start';
import { launchBrowser } from '../../rig/browser';

type Bridge = typeof bridgePackage;

/** The fixture's site in a browser: `page` and `context` are new for every test, `errors` are the page's errors. */
export type BridgeStage = { fixture: Fixture; context: BrowserContext; page: Page; errors: string[] };

/** Opens the stage for the tests of a file. It exists only while they run. No test may leave a failure of the platform behind. */
export function useBridgeStage(): BridgeStage {
  const stage = {} as BridgeStage;
  let browser: Browser;
  beforeAll(async () => {
    [stage.fixture, browser] = await Promise.all([startFixture(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await stage.fixture.close();
  });
  beforeEach(async () => {
    stage.context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
    stage.page = await stage.context.newPage();
    stage.errors = [];
    stage.page.on('pageerror', (error) => stage.errors.push(error.message));
    stage.page.on('console', (message) => message.type() === 'error' && stage.errors.push(message.text()));
  });
  afterEach(async () => {
    await stage.context.close();
    expect(stage.fixture.failures).toEqual([]);
  });
  return stage;
}

/** The frame of a module (or of the dialog resource), once its page is ready. */
export async function frame({ page }: BridgeStage, selector: string): Promise<Frame> {
  const element = await page.waitForSelector(`iframe${selector}`);
  const found = await element.contentFrame();
  if (!found) throw new Error(`no frame in ${selector}`);
  await found.waitForSelector('html[data-ready]');
  return found;
}

/** Waits until `read` gives the expected value; the last try decides. (Playwright's own way needs `eval`, which the policy forbids.) */
export async function eventually<Value>(read: () => Promise<Value>, wanted: (value: Value) => boolean): Promise<void> {
  // Far longer than any machine needs: it only ends an endless wait.
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await read();
    if (wanted(value)) return;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Runs code in the frame with the real bridge. */
export function inFrame<Result>(where: Frame, work: (bridge: Bridge) => Promise<Result> | Result): Promise<Result> {
  const code = `(${work.toString()})(window.bridge)`;
  return where.evaluate<Result>(code);
}

export async function openIssue(stage: BridgeStage, as = 'alice'): Promise<Frame> {
  await stage.page.goto(`${stage.fixture.siteUrl}/browse/DEMO-1?as=${as}`);
  return frame(stage, '[data-module="context"]');
}
