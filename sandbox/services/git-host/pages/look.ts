import { createHash } from 'node:crypto';
import { html, type Html } from 'local-forge/html';

/** A service's own colours, in light and dark; `edge` is the line below its header. */
type Colours = Record<'ink' | 'paper' | 'link' | 'go', string>;
type Palette = { light: Colours; dark: Colours; edge?: string };

type Page = {
  /** The simulated service, as its header and the window's title call it. */
  name: string;
  /** The kind of stand-in. */
  note: string;
  /** Links to its main pages. */
  links?: Html | undefined;
  title: string;
  content: Html;
  status?: number;
};

const declared = (colours: Colours): string =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(' ');

const styleOf = ({ light, dark, edge = '1px solid var(--line)' }: Palette): string => `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; ${declared(light)} }
@media (prefers-color-scheme: dark) { :root { ${declared(dark)} } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: .75rem 1.5rem; border-bottom: ${edge}; background: var(--soft); }
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

/** How the pages of a simulated service look, and the policy that forbids any script or resource besides. */
export function lookOf(palette: Palette) {
  const style = styleOf(palette);
  /** Outside the page's template, because its hash is in the policy and no blank may change. */
  const tag: Html = { markup: `<style>${style}</style>` };
  const headers = {
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
  };

  return {
    /** A whole page; says in its header that it is simulated. */
    page: ({ name, note, links, title, content, status = 200 }: Page): Response => {
      const body = html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>${title} · Simulated ${name}</title>
            ${tag}
          </head>
          <body>
            <header>
              <strong>Simulated ${name}</strong>
              <span class="quiet">A stand-in on this machine, ${note}</span>
              ${links}
            </header>
            <main>
              <h1>${title}</h1>
              ${content}
            </main>
          </body>
        </html>`;
      return new Response(body.markup, { status, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
    },
    /** For scripts that fill in a form and want data in return. */
    data: (status: number, body: unknown): Response => Response.json(body, { status, headers }),
    /** Redirects to another page after a form was processed. */
    leadTo: (location: string, status: 302 | 303 = 303): Response =>
      new Response(null, { status, headers: { ...headers, location } }),
  };
}

export type Look = ReturnType<typeof lookOf>;

/** An address under the service's root, relative to the page at `path`, wherever the service is shown. */
export function relative(path: string, to: string): string {
  const ups = path.split('/').length - 2;
  return `${ups === 0 ? './' : '../'.repeat(ups)}${to.replace(/^\//, '')}`;
}
