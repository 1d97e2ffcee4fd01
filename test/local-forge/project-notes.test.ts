import type { Browser } from 'playwright-core';
import { openApp, type OpenedApp } from '../fixtures/forge-apps/open';
import { launchBrowser } from '../../rig/browser';

const onDemo = { projectKey: 'DEMO' };
let app: OpenedApp;
beforeAll(async () => {
  app = await openApp('project-notes');
});
afterAll(() => app.stop());

describe('an app with a page of a project', () => {
  it('queries its storage, for this project only', async () => {
    await app.call('notes', 'add', { id: 'stone', weight: 7, text: 'a stone' }, { projectKey: 'OPS' });
    await app.call('notes', 'add', { id: 'brick', weight: 3, text: 'a brick' }, onDemo);
    await app.call('notes-settings', 'add', { id: 'beam', weight: 5, text: 'a beam' }, onDemo);
    expect(await app.call('notes', 'heavier-than', { weight: 2 }, onDemo)).toEqual([
      { id: 'beam', project: 'DEMO', weight: 5, text: 'a beam' },
      { id: 'brick', project: 'DEMO', weight: 3, text: 'a brick' },
    ]);
  });

  it('is not called without a project', async () => {
    const { status, body } = await app.post('/sandbox/invoke', {
      as: 'alice',
      module: 'notes',
      call: 'add',
      payload: {},
    });
    expect([status, body.error.code]).toEqual([400, 'PLATFORM_UNKNOWN_PROJECT']);
  });

  it('is on the page of the project, with its own address below it, and for people who may see the project', async () => {
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser();
      const page = await browser.newPage();
      await page.goto(`${app.url}/?as=alice&site=acme`);
      await page.getByRole('link', { name: 'Pages of a project' }).click();
      const said = page.frameLocator('iframe').locator('#said');
      await said.getByText('an anvil').waitFor();
      expect(await said.textContent()).toContain('a feather');
      await page.getByRole('link', { name: 'Heavy' }).click();
      await page
        .frameLocator('iframe')
        .getByText(/^an anvil(, a stone|, a beam)*$/)
        .waitFor();
    } finally {
      await browser?.close();
    }
    expect((await fetch(`${app.url}/projects/OPS?as=carol&site=acme`)).status).toBe(404);
    expect((await fetch(`${app.url}/projects/DEMO/settings?as=alice&site=acme`)).status).toBe(403);
  });
});
