import { html, type Html } from '../../github/pages/html.ts';

const SECURITY = {
  'content-security-policy': "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** A whole page without any style; says that this is a simulated AWS. */
export const pageResponse = (title: string, content: Html, status = 200): Response => {
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Simulated AWS</title>
      </head>
      <body>
        <header><strong>Simulated AWS</strong> A stand-in on this machine, not aws.amazon.com</header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
  return new Response(body.html, { status, headers: { ...SECURITY, 'content-type': 'text/html; charset=utf-8' } });
};

export const dataResponse = (status: number, body: unknown): Response =>
  Response.json(body, { status, headers: SECURITY });

export const notFoundPage = (path: string): Response =>
  pageResponse('Page not found', html`<p>There is nothing at <code>${path}</code>.</p>`, 404);
