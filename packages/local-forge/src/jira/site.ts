import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createRealtime } from '../forge/bridge/realtime.ts';
import { serveBridge, type BridgeDependencies } from '../forge/bridge/serve-bridge.ts';
import type { CspReport } from '../forge/pages/csp-reports.ts';
import { tokensCss } from '../forge/pages/tokens.ts';
import type { Html } from '../html.ts';
import { home } from '../home.ts';
import type { Service } from '../service.ts';
import { browserFiles } from './browser-files.ts';
import { createIssueAndSettingsPages, placesOf } from './module-pages.ts';
import { siteModules } from './modules.ts';
import { indexPage, type FirstSteps } from './pages/index-page.ts';
import { layout, notice, type Page } from './pages/layout.ts';
import { searchPage } from './pages/search-page.ts';
import { visitCookies, visitOf, type Visit } from './visit.ts';

/** A page of the site, or a file; undefined for an address that is neither. */
export type OwnPage = (
  pathname: string,
) => { title: string; body: Html } | { content: Uint8Array<ArrayBuffer>; contentType: string } | undefined;

export type SiteOptions = BridgeDependencies & {
  /** The origin of this site, e.g. `http://127.0.0.1:4180`. */
  origin: string;
  /** The origin of the app's pages, which is another one. */
  pagesOrigin: string;
  /** The address of the simulated services for browsers: `<servicesUrl>/<host>/<path>`. No slash at the end. */
  servicesUrl: string;
  services: readonly Pick<Service, 'hosts'>[];
  /** Your own pages and files on the site, by address. */
  ownPage?: OwnPage | undefined;
  /** The first steps on the site's start page. */
  firstSteps?: FirstSteps | undefined;
  /** For `GET /sandbox/csp-reports`. */
  cspReports(): readonly CspReport[];
};

const favicon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1868db"/><path d="M4 4h8v5a4 4 0 0 1-8 0h2.500a1.500 1.500 0 0 0 3 0V6.500H4z" fill="#fff"/></svg>';

const panelChange = z.object({ site: z.string(), issueKey: z.string(), module: z.string(), shown: z.boolean() });

/**
 * The stand-in Jira site: the issue, personal and admin settings, with the app's pages in their places. Answers everything
 * on the site's origin except the sandbox's own API. Throws for a module setting that the site does not model.
 */
export function serveSite(options: SiteOptions): (request: Request) => Promise<Response> {
  const { origin, pagesOrigin, servicesUrl, services, manifest, jira } = options;
  const modules = siteModules(manifest);
  const bridge = { ...options, realtime: createRealtime() };
  const code = browserFiles();
  const assets: Readonly<Record<string, { content: string; contentType: string }>> = {
    '/tokens.css': { content: tokensCss(), contentType: 'text/css; charset=utf-8' },
    '/site.css': {
      content: readFileSync(join(home, 'jira/site.css'), 'utf8'),
      contentType: 'text/css; charset=utf-8',
    },
    '/favicon.svg': { content: favicon, contentType: 'image/svg+xml' },
  };
  const files = new Map([...code, ...Object.entries(assets)]);
  // Browsers cache files below it: another content has another address.
  const lasting = `/sandbox/lasting/${hashOf([...files.values()].map(({ content }) => content))}`;
  const hosts = services.flatMap(({ hosts: names }) => names);
  const modulePage = createIssueAndSettingsPages({
    jira,
    manifest,
    modules,
    pagesOrigin,
    servicesUrl,
    serviceHosts: hosts,
  });
  const policy = [
    "default-src 'self'",
    `frame-src ${pagesOrigin}`,
    `img-src 'self' ${pagesOrigin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

  const pageFor = (visit: Visit): Page => {
    if (visit.url.pathname === '/') {
      return indexPage(
        jira,
        visit,
        services.map(({ hosts: [name = ''] }) => ({ name, url: `${servicesUrl}/${name}/` })),
        options.firstSteps,
        placesOf(modules, visit.site.projects[0]?.key),
      );
    }
    if (visit.url.pathname === '/issues') return searchPage(jira, visit);
    return modulePage(visit) ?? notice('Page not found', 'The stand-in site has no such page.', 404);
  };
  const show = (request: Request, shown?: Page): Response => {
    const visit = visitOf(jira, request);
    if ('unknown' in visit) return text(400, visit.unknown);
    const page = shown ?? pageFor(visit);
    const headers = new Headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    });
    for (const cookie of visitCookies(visit)) headers.append('set-cookie', cookie);
    return new Response(layout(visit, page, lasting).markup, { status: page.status ?? 200, headers });
  };
  const post = async (request: Request, pathname: string): Promise<Response> => {
    if (request.headers.get('origin') !== origin) return text(403, 'Only the site’s own pages may do that.');
    if (!request.headers.get('content-type')?.startsWith('application/json')) return text(415, 'Send JSON.');
    const body: unknown = await request.json().catch(() => undefined);
    if (pathname === '/sandbox/bridge') return serveBridge(bridge, body);
    const change = panelChange.safeParse(body);
    if (!change.success) return text(400, z.prettifyError(change.error));
    jira.setPanel(change.data.site, change.data.issueKey, change.data.module, change.data.shown);
    return new Response(null, { status: 204 });
  };

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method === 'POST' && (pathname === '/sandbox/bridge' || pathname === '/sandbox/panels'))
      return post(request, pathname);
    if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'Method not allowed.');
    if (pathname === '/sandbox/csp-reports') return Response.json(options.cspReports());
    const own = options.ownPage?.(pathname);
    if (own && 'content' in own) return new Response(own.content, { headers: { 'content-type': own.contentType } });
    if (own) return show(request, own);
    const isLasting = pathname.startsWith(`${lasting}/`);
    const file = files.get(isLasting ? pathname.slice(lasting.length) : pathname);
    if (file)
      return new Response(file.content, {
        headers: {
          'content-type': file.contentType,
          'cache-control': isLasting ? 'max-age=31536000, immutable' : 'no-store',
        },
      });
    return show(request);
  };
}

function hashOf(contents: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(contents)).digest('hex').slice(0, 12);
}

function text(status: number, message: string): Response {
  return new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
