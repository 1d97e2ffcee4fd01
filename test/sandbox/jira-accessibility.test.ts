import type { Browser, Page } from 'playwright-core';
import { startFixture, type Fixture } from '../fixtures/bridge-page/start';
import { accessibilityViolations } from '../support/axe';
import { launchBrowser } from '../../rig/browser';

let fixture: Fixture;
let browser: Browser;
beforeAll(async () => {
  [fixture, browser] = await Promise.all([startFixture(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await fixture.close();
});

/** Opens a page, acts on it, and runs axe on it and its frames. */
async function violations(path: string, colorMode: string, act: (page: Page) => Promise<void> = async () => undefined) {
  const context = await browser.newContext();
  try {
    await context.addCookies([{ name: 'color-mode', value: colorMode, url: fixture.siteUrl }]);
    const page = await context.newPage();
    await page.goto(fixture.siteUrl + path);
    for (const frame of await page.locator('iframe').all()) {
      await (await frame.elementHandle())?.contentFrame().then((inside) => inside?.waitForSelector('html[data-ready]'));
    }
    await act(page);
    return await accessibilityViolations(page);
  } finally {
    await context.close();
  }
}

describe.each(['light', 'dark'])('axe finds nothing in %s on', (colorMode) => {
  it.each([
    '/?as=ada',
    '/browse/DEMO-1?as=alice',
    '/settings/personal?as=alice',
    '/settings/apps?as=ada',
    '/settings/apps?as=alice',
  ])('%s', async (path) => {
    expect(await violations(path, colorMode)).toEqual([]);
  });

  it('an issue with a modal over it', async () => {
    const found = await violations('/browse/DEMO-1?as=alice', colorMode, async (page) => {
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Fixture action' }).click();
      await page.frameLocator('iframe[data-module="action"]').locator('html[data-ready]').waitFor();
    });
    expect(found).toEqual([]);
  });

  it('a site with its menus open', async () => {
    const found = await violations('/browse/DEMO-1?as=alice', colorMode, async (page) => {
      await page.getByRole('button', { name: 'People: Alice Developer' }).click();
    });
    expect(found).toEqual([]);
  });
});
