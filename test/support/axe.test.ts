import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { accessibilityViolations } from './axe';
import { launchBrowser } from '../../rig/browser';

/** A page that breaks no rule, around `body`. */
const pageOf = (body: string) =>
  `<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>${body}</main></body></html>`;

describe('What axe finds', () => {
  let browser: Browser;
  const servers: Server[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    servers.forEach((server) => server.close());
  });

  async function serve(html: string): Promise<string> {
    const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  /** The violations of a page with a frame from another port. */
  async function found(inside: string, rules?: readonly string[]): Promise<string[]> {
    const frame = await serve(inside);
    const page = await browser.newPage();
    await page.goto(await serve(pageOf(`<iframe title="A frame" src="${frame}"></iframe>`)));
    try {
      return await accessibilityViolations(page, rules);
    } finally {
      await page.close();
    }
  }

  it('is nothing where page and frame are well, the frame without a title, a heading or a landmark of its own', async () => {
    expect(await found('<!doctype html><html lang="en"><body><p>Well</p></body></html>')).toEqual([]);
  });

  it('is an image without a text in a frame of another origin', async () => {
    expect(await found(pageOf('<img src="data:,">'))).toEqual([expect.stringMatching(/^image-alt: <img/)]);
  });

  it('is pale text in a frame of another origin, also when only colours are looked at', async () => {
    const pale = pageOf('<p style="color: #ccc">Pale</p>');
    expect(await found(pale)).toEqual([expect.stringMatching(/^color-contrast: <p/)]);
    expect(await found(pale, ['color-contrast'])).toEqual([expect.stringMatching(/^color-contrast: <p/)]);
  });

  it('is a page without a heading of the first level, but only where no frame has one either', async () => {
    const bare = (body: string) =>
      `<!doctype html><html lang="en"><head><title>A page</title></head><body><main>${body}</main></body></html>`;
    const look = async (inside: string) => {
      const page = await browser.newPage();
      await page.goto(await serve(bare(`<iframe title="A frame" src="${await serve(inside)}"></iframe>`)));
      return accessibilityViolations(page).finally(() => page.close());
    };
    expect(await look(pageOf(''))).toEqual([]);
    expect(await look(bare('Well'))).toEqual([expect.stringMatching(/^page-has-heading-one/)]);
  });

  it('is a frame without a title', async () => {
    const page = await browser.newPage();
    await page.goto(await serve(pageOf(`<iframe src="${await serve(pageOf(''))}"></iframe>`)));
    expect(await accessibilityViolations(page)).toEqual([expect.stringMatching(/^frame-title/)]);
    await page.close();
  });

  it('is also what went wrong after a first look, in the same document or in the next one of the frame', async () => {
    const page = await browser.newPage();
    const src = await serve(pageOf('Well'));
    await page.goto(await serve(pageOf(`<iframe title="A frame" src="${src}"></iframe>`)));
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.frames()[1]?.evaluate(() => document.querySelector('main')?.append(document.createElement('img')));
    expect(await accessibilityViolations(page)).toEqual([expect.stringMatching(/^image-alt/)]);
    await page.frames()[1]?.goto(await serve(pageOf('<p style="color: #ccc">Pale</p>')));
    expect(await accessibilityViolations(page)).toEqual([expect.stringMatching(/^color-contrast/)]);
    await page.close();
  });
});
