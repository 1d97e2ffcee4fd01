import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../rig/browser';
import { keyboardOf, refuseTheMouse } from './keyboard';

let browser: Browser;
let context: BrowserContext;
let page: Page;
const tried: string[] = [];

const html = `<style>.bare:focus { outline: none }</style>
  <button onclick="this.textContent = 'Pressed'">Plain</button>
  <button class="bare">Bare</button>
  <span role="button" onclick="this.textContent = 'Pressed'">Passed by</span>`;

beforeAll(async () => {
  browser = await launchBrowser();
  context = await browser.newContext();
  await refuseTheMouse(context, (what) => tried.push(what));
});

afterAll(() => browser.close());

beforeEach(async () => {
  tried.length = 0;
  page = await context.newPage();
  await page.goto(`data:text/html,${encodeURIComponent(html)}`);
});

afterEach(() => page.close());

describe('Somebody without a mouse', () => {
  it('presses what Tab comes to', async () => {
    await keyboardOf(page).push(page.getByRole('button', { name: 'Plain' }));
    await page.getByRole('button', { name: 'Pressed' }).waitFor();
    expect(tried).toEqual([]);
  });

  it('never comes to what takes no focus', async () => {
    const reaching = keyboardOf(page).reach(page.getByRole('button', { name: 'Passed by' }));
    await expect(reaching).rejects.toThrow(/^Tab never came to .*It came to: .*Plain/s);
  });

  it('is lost where the focus cannot be seen', async () => {
    const reaching = keyboardOf(page, 500).reach(page.getByRole('button', { name: 'Bare' }));
    await expect(reaching).rejects.toThrow(/^Nobody sees that/);
  });

  it('can’t click, and every try is reported', async () => {
    await page.getByRole('button', { name: 'Plain' }).click();
    expect(tried[0]).toMatch(/^pointerdown on <button/);
    expect(await page.getByRole('button', { name: 'Plain' }).count()).toBe(1);
  });
});
