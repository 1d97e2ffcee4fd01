import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResource } from '../../packages/local-forge/src/forge/pages/resource-file';
import { startFixture, type Fixture } from '../fixtures/bridge-page/start';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

/** Sends the path unchanged: `fetch` would normalise it first. */
const raw = (
  path: string,
  method = 'GET',
  body = '',
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(fixture.pagesUrl);
    const call = request({ hostname, port, path, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });

describe('a page of the app', () => {
  it('has the bridge in front of everything else in its head', async () => {
    const { status, text } = await raw('/acme/page/index.html');
    expect(status).toBe(200);
    expect(text).toMatch(
      new RegExp(`<head>\\s*<script src="/__forge/bridge.js" data-site="${fixture.siteUrl}"></script>`),
    );
    expect(text.indexOf('/__forge/bridge.js')).toBeLessThan(text.indexOf('type="module"'));
  });

  it('comes with the production policy: nothing inline, framed by the site only, reports to us', async () => {
    const { headers } = await raw('/acme/page/index.html');
    const policy = new Map(
      String(headers['content-security-policy'])
        .split('; ')
        .map((directive) => [directive.split(' ')[0], directive]),
    );
    expect([...policy.keys()]).toEqual(
      expect.arrayContaining([
        'default-src',
        'frame-ancestors',
        'script-src',
        'style-src',
        'connect-src',
        'sandbox',
        'report-uri',
      ]),
    );
    expect(policy.get('script-src')).toMatch(/^script-src 'self' https:\/\/forge\.cdn\.prod\.atlassian-dev\.net/);
    expect(String(headers['content-security-policy'])).not.toContain('unsafe');
    expect(policy.get('frame-ancestors')).toContain(fixture.siteUrl);
    expect(policy.get('report-uri')).toBe('report-uri /__forge/csp-report');
  });

  it.each([
    ['/acme/page/index.html', 'text/html; charset=utf-8'],
    ['/acme/icons/mark.svg', 'image/svg+xml'],
    ['/__forge/bridge.js', 'text/javascript; charset=utf-8'],
    ['/__forge/tokens.css', 'text/css; charset=utf-8'],
    ['/acme/page/__LOCALES__/de-DE.json', 'application/json; charset=utf-8'],
  ])('%s is served as %s', async (path, type) => {
    const { status, headers } = await raw(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('finds its translations where Forge puts them', async () => {
    expect(JSON.parse((await raw('/acme/page/__LOCALES__/i18n-info.json')).text)).toMatchObject({
      config: { locales: ['de-DE', 'en-US'], fallback: { default: 'en-US' } },
    });
    expect((await raw('/acme/page/__LOCALES__/fr-FR.json')).status).toBe(404);
  });
});

describe('everything else', () => {
  it.each([
    '/acme/page/../manifest.yml',
    '/acme/page/%2e%2e/manifest.yml',
    '/acme/page/..%2fmanifest.yml',
    '/acme/page/..%5cmanifest.yml',
    '/acme/page/%2fetc%2fpasswd',
    '/acme/page/assets/%2e%2e%2f%2e%2e%2fmanifest.yml',
    '/acme/page/__LOCALES__/..%2f..%2fmanifest.json',
    '/acme/page/index.html%00.js',
    '/acme/page/%E0%A4%A',
    '/acme/page/',
    '/acme/none/index.html',
    '/nowhere/page/index.html',
    '/manifest.yml',
    '/',
  ])('%s is not found', async (path) => {
    expect((await raw(path)).status).toBe(404);
  });

  it('cannot be reached through a link inside a resource', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'resource-'));
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    try {
      writeFileSync(join(outside, 'secret.txt'), 'secret');
      writeFileSync(join(folder, 'own.txt'), 'own');
      symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
      symlinkSync(outside, join(folder, 'folder'));
      expect((await readResource(folder, ['own.txt']))?.content.toString()).toBe('own');
      expect(await readResource(folder, ['link.txt'])).toBeUndefined();
      expect(await readResource(folder, ['folder', 'secret.txt'])).toBeUndefined();
    } finally {
      for (const one of [folder, outside]) rmSync(one, { recursive: true });
    }
  });

  it('takes reports of browsers and nothing else', async () => {
    const report = {
      'csp-report': { 'document-uri': 'x', 'effective-directive': 'style-src-elem', 'blocked-uri': 'inline' },
    };
    expect((await raw('/__forge/csp-report', 'POST', JSON.stringify(report))).status).toBe(204);
    expect((await raw('/__forge/csp-report', 'POST', 'no report')).status).toBe(400);
    expect((await raw('/acme/page/index.html', 'POST')).status).toBe(405);
    expect(fixture.pages.cspReports()).toEqual([
      expect.objectContaining({ directive: 'style-src-elem', blocked: 'inline' }),
    ]);
    fixture.pages.reset();
  });
});
