import { join } from 'node:path';
import type { Manifest } from '../manifest.ts';
import { frameScript } from './browser-code.ts';
import { contentSecurityPolicy } from './csp.ts';
import { createCspReports, type CspReport } from './csp-reports.ts';
import { translationFile } from './locales.ts';
import { readResource } from './resource-file.ts';
import { tokensCss } from './tokens.ts';

export type PagesOptions = {
  /** The app's folder: the manifest's paths are relative to it. */
  app: string;
  manifest: Manifest;
  /** Ids of the Jira sites: each has the app's pages under `/<site>/<resource>/`. */
  sites: readonly string[];
  /** The one origin that may frame the pages, e.g. `http://127.0.0.1:4180`. */
  siteOrigin: string;
  /** Markup put into the head of every page, after the bridge. */
  head?: string;
};

export type Pages = {
  handle: (request: Request) => Promise<Response>;
  /** Content Security Policy violations that browsers reported, the oldest first. */
  cspReports: () => readonly CspReport[];
  reset(): void;
};

const maximumReportBytes = 64 * 1024;

/**
 * The origin of the app's pages: its built resources as Forge's CDN serves them, with the production CSP and the bridge in
 * front. Nothing else is served.
 */
export function servePages({ app, manifest, sites, siteOrigin, head = '' }: PagesOptions): Pages {
  const own: Readonly<Record<string, { content: string; contentType: string }>> = {
    '/__forge/bridge.js': { content: frameScript(), contentType: 'text/javascript; charset=utf-8' },
    '/__forge/tokens.css': { content: tokensCss(), contentType: 'text/css; charset=utf-8' },
  };
  const policy = contentSecurityPolicy({
    permissions: permissionsOf(manifest),
    siteOrigin,
    reportUri: '/__forge/csp-report',
  });
  const reports = createCspReports();

  return {
    cspReports: reports.list,
    reset: reports.clear,
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/__forge/csp-report' && request.method === 'POST') {
        const body = await request.text();
        return plain(body.length <= maximumReportBytes && reports.add(body) ? 204 : 400);
      }
      if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed');
      if (pathname === '/') return plain(404, 'These are the pages of the app; the Jira site shows them.');
      const ours = own[pathname];
      const file = ours ?? (await appFile(app, manifest, sites, pathname));
      if (!file) return plain(404, 'Not found');
      const headers = new Headers({
        'content-type': file.contentType,
        'cache-control': isNamedByContent(pathname) ? 'max-age=31536000, immutable' : 'no-store',
        'x-content-type-options': 'nosniff',
      });
      if (!file.contentType.startsWith('text/html')) return new Response(file.content, { headers });
      const html = file.content.toString();
      headers.set('content-security-policy', policy(html));
      return new Response(withBridge(html, siteOrigin, head), { headers });
    },
  };
}

/**
 * Vite puts a hash of a file's content into its name (`assets/index-DFv3h6Bx.js`), so a file never changes under that name. A word of eight small
 * letters is no hash.
 */
function isNamedByContent(pathname: string): boolean {
  return /\/assets\/[^/]+-(?=[a-z_-]*[A-Z0-9])[\w-]{8}\.(?:js|css)$/.test(pathname);
}

async function appFile(app: string, manifest: Manifest, sites: readonly string[], pathname: string) {
  const [, site = '', resource = '', ...path] = pathname.split('/').map(decoded);
  const folder = manifest.resources.find(({ key }) => key === resource)?.path;
  if (!sites.includes(site) || folder === undefined) return undefined;
  const locale = /^(.+)\.json$/.exec(path[1] ?? '')?.[1];
  if (path.length === 2 && path[0] === '__LOCALES__' && locale !== undefined)
    return translationFile(app, manifest, locale);
  return readResource(join(app, folder), path);
}

/** In front of everything else in the head, as Forge puts its own bridge script there. */
function withBridge(html: string, siteOrigin: string, more: string): string {
  if (!/<head[\s>]/i.test(html)) throw new Error('A page of the app has no <head> to put the bridge into.');
  const script = `<script src="/__forge/bridge.js" data-site="${siteOrigin}"></script>`;
  return html.replace(/<head(\s[^>]*)?>/i, (head) => head + script + more);
}

function permissionsOf({ raw }: Manifest): unknown {
  return typeof raw === 'object' && raw !== null && 'permissions' in raw ? raw.permissions : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function plain(status: number, text?: string): Response {
  return new Response(text ?? null, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
