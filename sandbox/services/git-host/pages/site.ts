import { html, type Html } from 'local-forge/html';
import { createRouter } from '../router.ts';
import { isForeign } from './form.ts';
import { relative } from './look.ts';
import type { Look } from './look.ts';

/** A service's pages as a whole. Addresses are below `base` (`/gitlab`), and begin without a slash. */
export type Site = {
  look: Look;
  name: string;
  /** The kind of stand-in. */
  note: string;
  base: string;
  /** Addresses and titles of its main pages. */
  links: readonly (readonly [address: string, title: string])[];
};

export type Visit = { site: Site; request: Request; url: URL };

export const visitOf = (site: Site, request: Request): Visit => ({ site, request, url: new URL(request.url) });

/** An address of the site, relative to the page that shows it. */
export const to = ({ site, url }: Visit, address: string): string => relative(url.pathname, `${site.base}/${address}`);

export const link = (visit: Visit, address: string, text: string): Html =>
  html`<a href="${to(visit, address)}">${text}</a>`;

/** A whole page. */
export function show(visit: Visit, title: string, content: Html, status = 200): Response {
  const { look, name, note, links } = visit.site;
  const header = html`${links.map(([address, text]) => html`${link(visit, address, text)} `)}`;
  return look.page({ name, note, links: header, title, content, status });
}

/** Redirects to another page of the site after a form was processed. */
export const leadTo = (visit: Visit, address: string, status: 302 | 303 = 303): Response =>
  visit.site.look.leadTo(to(visit, address), status);

export const notFound = (visit: Visit): Response =>
  show(visit, 'Page not found', html`<p>There is nothing at <code>${visit.url.pathname}</code>.</p>`, 404);

type Cell = Html | string | undefined | false;
export const row = (...cells: Cell[]): Html =>
  html`<tr>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr>`;

/** Rows below a head; `none` is the text without rows. */
export function table(rows: readonly Html[], none: string, head: readonly string[] = []): Html {
  if (rows.length === 0) return html`<p>${none}</p>`;
  const titles = html`<thead>
    <tr>
      ${head.map((title) => html`<th>${title}</th>`)}
    </tr>
  </thead>`;
  return html`<table>
    ${head.length > 0 && titles}
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

type Shown = Response | undefined;
export type PageRoute<Service> = {
  /** Both when left out. */
  method?: 'GET' | 'POST';
  path: string;
  /** Undefined for a page that does not exist. */
  show(service: Service, visit: Visit, params: Readonly<Record<string, string>>): Shown | Promise<Shown>;
};

/** Answers requests for pages; `path` is the one below the site's base. Forms sent from another site's page are refused. */
export function createPages<Service>(routes: readonly PageRoute<Service>[]) {
  const find = createRouter(routes);
  return async (service: Service, visit: Visit, path = visit.url.pathname): Promise<Response> => {
    const { method } = visit.request;
    if (method !== 'GET' && method !== 'POST')
      return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
    if (method === 'POST' && isForeign(visit.request)) return new Response('Sent from another site\n', { status: 403 });
    const found = find(method, path);
    return (found && (await found.route.show(service, visit, found.params))) ?? notFound(visit);
  };
}
