import type { Browser } from 'playwright-core';
import type { Service } from 'local-forge';
import { openApp, type OpenedApp } from '../fixtures/forge-apps/open';
import { launchBrowser } from '../../rig/browser';

const asked: string[] = [];
const weather: Service = {
  hosts: ['weather.example'],
  handle: async ({ url }) => {
    asked.push(url);
    return Response.json({ sky: 'clear' });
  },
  accountOf: async () => undefined,
  reset: async () => void asked.splice(0),
  close: async () => undefined,
};

let app: OpenedApp;
beforeAll(async () => {
  app = await openApp('issue-weather', { openServices: async () => [weather] });
});
afterAll(() => app.stop());

describe('an app with a tab of an issue’s activity', () => {
  it('is shown there, and reaches Jira and the host that its manifest names', async () => {
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser();
      const page = await browser.newPage();
      await page.goto(`${app.url}/browse/DEMO-1?as=alice&site=acme`);
      await page.getByRole('heading', { name: 'Weather' }).waitFor();
      await page
        .frameLocator('iframe')
        .getByText('Alice Developer reads Login fails after password reset: clear')
        .waitFor();
    } finally {
      await browser?.close();
    }
    expect(asked).toEqual(['https://weather.example/today?for=DEMO-1']);
  });

  it('is refused every other host', async () => {
    const answer = await app.call('weather', 'elsewhere', {}, { issueKey: 'DEMO-1' }).catch((error: Error) => error);
    expect(JSON.stringify(answer instanceof Error ? answer.message : answer)).toContain('REQUEST_EGRESS_ALLOWLIST_ERR');
    const said = (await app.get('/sandbox/logs')).map(({ text }: { text: string }) => text);
    expect(said).toContain('elsewhere.example was refused: neither the manifest nor an admin of this site allows it.');
  });
});
