import { createHash } from 'node:crypto';
import { html } from '../../github/pages/html.ts';
import type { Html } from '../../github/pages/html.ts';
import type { AzureDevOps } from '../context.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--soft); }
header strong { margin-right: auto; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
form.fields > * { display: block; margin-bottom: 1rem; }
label { display: block; }
input[type=text], select { font: inherit; width: 100%; max-width: 30rem; padding: .35rem .5rem; }
#new-token { font-family: ui-monospace, monospace; max-width: 100%; }
button { font: inherit; padding: .35rem .9rem; }
.note { padding: .75rem 1rem; border: 1px solid var(--line); }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
`;

/** Kept out of the page's template: its hash is in the policy, so not a blank may change. */
const STYLE_TAG: Html = { html: `<style>${STYLE}</style>` };

export const SECURITY = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** Leads from the page a request is for to another below the organization or collection, wherever the service is shown. */
export type Links = (to: string) => string;

export const linksFrom = (service: AzureDevOps, request: Request): Links => {
  const { pathname, hostname } = new URL(request.url);
  const base = `https://${hostname}` === new URL(service.baseUrl).origin ? service.basePath : '';
  const ups = pathname.split('/').length - 2;
  return (to) => `${ups === 0 ? './' : '../'.repeat(ups)}${`${base}/${to}`.slice(1)}`;
};

/** A whole page; says in its header that this is a simulation. */
export const pageResponse = (service: AzureDevOps, to: Links, title: string, content: Html, status = 200): Response => {
  const name = service.edition.hosted ? 'Azure DevOps' : `Azure DevOps (${service.edition.id})`;
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Simulated ${name}</title>
        ${STYLE_TAG}
      </head>
      <body>
        <header>
          <strong>Simulated ${name}</strong>
          <span>A stand-in on this machine: ${service.collection}</span>
          <a href="${to('')}">Repositories</a>
          ${service.edition.tokens && html`<a href="${to(service.edition.tokenPage)}">Personal access tokens</a>`}
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
  return new Response(body.html, { status, headers: { ...SECURITY, 'content-type': 'text/html; charset=utf-8' } });
};
