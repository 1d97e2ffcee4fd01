import { createHash } from 'node:crypto';
import { html, relative } from '../../github/pages/html.ts';
import type { Html } from '../../github/pages/html.ts';
import type { GitLab } from '../context.ts';

/** One request for a page: `path` is the whole path asked for, as links are relative to it. */
export type Visit = { gitlab: GitLab; request: Request; url: URL; path: string };

/** An address of this installation, relative to the page that shows it. */
export const to = ({ gitlab, path }: Visit, address: string): string =>
  relative(path, `${gitlab.basePath}/${address}`.slice(1));

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --ink: #28272d; --paper: #fff; --link: #1068bf; --go: #1f75cb; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececef; --paper: #18171d; --link: #63a6e9; --go: #1068bf; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: .75rem 1.5rem; border-bottom: 3px solid #fc6d26; background: var(--soft); }
header strong { margin-right: auto; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
a { color: var(--link); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
form.fields > * { display: block; margin-bottom: 1rem; }
fieldset { border: 1px solid var(--line); border-radius: 4px; }
label { display: block; } td form { display: inline; }
input[type=text], input[type=date], select { font: inherit; width: 100%; max-width: 30rem; padding: .35rem .5rem; border: 1px solid var(--line); border-radius: 4px; color: inherit; background: var(--paper); }
#new-token { font-family: ui-monospace, monospace; max-width: 100%; }
button { font: inherit; padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 4px; cursor: pointer; }
button.go { color: #fff; background: var(--go); }
.note { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 4px; background: var(--soft); }
.quiet { opacity: .75; } code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
`;

/** Kept out of the page's template: its hash is in the policy, so not a blank may change. */
const STYLE_TAG: Html = { html: `<style>${STYLE}</style>` };

const SECURITY = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
};

/** Where tokens are made and listed: the address moved with GitLab 16.8. */
export const tokensAddress = ({ version }: GitLab): string =>
  version === 'current' ? '-/user_settings/personal_access_tokens' : '-/profile/personal_access_tokens';

/** A whole page; says in its header that this is a simulated GitLab. */
export const pageResponse = (visit: Visit, title: string, content: Html, status = 200): Response => {
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Simulated GitLab</title>
        ${STYLE_TAG}
      </head>
      <body>
        <header>
          <strong>Simulated GitLab</strong>
          <span class="quiet">A stand-in on this machine, version ${visit.gitlab.version}</span>
          <a href="${to(visit, '')}">Projects</a>
          <a href="${to(visit, tokensAddress(visit.gitlab))}">Access tokens</a>
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

/** Shows another page of the installation. */
export const seeOther = (visit: Visit, address: string, status: 302 | 303 = 303): Response =>
  new Response(null, { status, headers: { ...SECURITY, location: to(visit, address) } });

export const notFoundPage = (visit: Visit): Response =>
  pageResponse(visit, 'Page not found', html`<p>There is nothing at <code>${visit.path}</code>.</p>`, 404);
