import { createHash } from 'node:crypto';
import type { GitHub } from '../context.ts';

/** Text that is HTML already; everything else is escaped on its way into a page. */
export type Html = { readonly html: string };
type Part = Html | string | number | undefined | false | readonly Part[];

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const render = (part: Part): string => {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'html' in part ? part.html : part.map(render).join('');
};

/** HTML with escaped holes: text and numbers as they read, lists one after another, `undefined` and `false` as nothing. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html => ({
  html: strings.reduce((all, text, at) => all + render(parts[at - 1]) + text),
});

/** An address under the service's root, relative to the page at `path`, wherever the service is shown. */
export const relative = (path: string, to: string): string => {
  const ups = path.split('/').length - 2;
  return `${ups === 0 ? './' : '../'.repeat(ups)}${to.replace(/^\//, '')}`;
};

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --ink: #1f2328; --paper: #fff; --link: #0969da; --go: #1f883d; }
@media (prefers-color-scheme: dark) { :root { --ink: #f0f6fc; --paper: #0d1117; --link: #4493f8; --go: #238636; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); background: var(--soft); }
header strong { margin-right: auto; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
a { color: var(--link); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
form.fields > * { display: block; margin-bottom: 1rem; }
fieldset { border: 1px solid var(--line); border-radius: 6px; }
label { display: block; } td form { display: inline; }
input[type=text], select { font: inherit; width: 100%; max-width: 30rem; padding: .35rem .5rem; border: 1px solid var(--line); border-radius: 6px; color: inherit; background: var(--paper); }
#new-token { font-family: ui-monospace, monospace; max-width: 100%; }
button { font: inherit; padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
button.go { color: #fff; background: var(--go); }
.note { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 6px; background: var(--soft); }
.quiet { opacity: .75; } code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
`;

/** Kept out of the page's template: its hash is in the policy, so not a blank may change. */
const STYLE_TAG: Html = { html: `<style>${STYLE}</style>` };

const CSP = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY = {
  'content-security-policy': CSP,
  'cache-control': 'no-store',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
};

/** A whole page; says in its header that this is a simulated GitHub. */
export const pageResponse = (path: string, title: string, content: Html, status = 200): Response => {
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Simulated GitHub</title>
        ${STYLE_TAG}
      </head>
      <body>
        <header>
          <strong>Simulated GitHub</strong>
          <span class="quiet">A stand-in on this machine, not github.com</span>
          <a href="${relative(path, '')}">Repositories</a>
          <a href="${relative(path, 'settings/tokens')}">Personal access tokens</a>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
  return new Response(body.html, { status, headers: { ...SECURITY, 'content-type': 'text/html; charset=utf-8' } });
};

export const jsonResponse = (status: number, body: unknown): Response =>
  Response.json(body, { status, headers: SECURITY });

/** After a form was taken: shows another page of the service. */
export const seeOther = (path: string, to: string): Response =>
  new Response(null, { status: 303, headers: { ...SECURITY, location: relative(path, to) } });

export const notFoundPage = (path: string): Response =>
  pageResponse(path, 'Page not found', html`<p>There is nothing at <code>${path}</code>.</p>`, 404);

/** Whom the person acts as: nobody signs in to a simulation. */
export const accountPicker = (github: GitHub, chosen: string | null): Html =>
  html` <label for="account">Signed in as</label>
    <select id="account" name="account">
      ${github.catalogue.accounts.map(
        ({ login, name }) =>
          html`<option value="${login}" ${login === chosen && { html: 'selected' }}>${login} (${name})</option>`,
      )}
    </select>`;
