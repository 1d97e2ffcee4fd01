import { html, type Html } from '../../html.ts';
import { anonymous, languages, type Visit } from '../visit.ts';

export type Page = {
  title: string;
  body: Html;
  status?: number;
  /** Input of the site's script; absent on pages without the app. */ config?: Html;
};

/** The frame of every page of the site: top bar with the people menu, and the page's own content. `files`: the address of the site's files. */
export function layout(visit: Visit, { title, body, config }: Page, files: string): Html {
  return html`<!doctype html>
    <html
      lang="en"
      data-color-mode="${visit.colorMode}"
      data-theme="light:light dark:dark spacing:spacing shape:shape typography:typography motion:motion"
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - ${visit.site.name} Jira (sandbox)</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${files}/tokens.css" />
        <link rel="stylesheet" href="${files}/site.css" />
        ${
          config
            ? html`<script type="application/json" id="host-config">
                ${config}
              </script>`
            : undefined
        }
        <script type="module" src="${files}/sandbox/code/jira/browser/main.ts"></script>
      </head>
      <body>
        <div id="site">
          <header class="top-bar">
            <nav aria-label="Primary">
              <a class="product" href="${visit.link('/')}">${visit.site.name} <span>Jira (sandbox)</span></a>
            </nav>
            ${peopleMenu(visit)}
          </header>
          <main aria-label="${title}">${body}</main>
        </div>
      </body>
    </html>`;
}

function peopleMenu(visit: Visit): Html {
  const name = visit.person?.displayName ?? 'Not logged in';
  const here = (as: string, locale?: string) => {
    const url = new URL(visit.url);
    url.searchParams.set('as', as);
    url.searchParams.set('site', visit.site.id);
    url.searchParams.delete('locale');
    if (locale !== undefined) url.searchParams.set('locale', locale.replace('_', '-'));
    return url.pathname + url.search;
  };
  const people = [
    ...visit.site.people.map((person) => ({
      id: person.id,
      name: person.displayName + (person.jiraAdmin ? ' (Jira admin)' : ''),
    })),
    { id: anonymous, name: 'Not logged in' },
  ];
  return html`<div class="menu">
    <button
      type="button"
      class="button button-subtle"
      data-menu="people-menu"
      aria-haspopup="menu"
      aria-expanded="false"
      aria-label="People: ${name}"
    >
      <span class="avatar" data-initial="${name[0]}"></span> ${name}
    </button>
    <div id="people-menu" role="menu" aria-label="People" hidden>
      ${people.map(({ id, name: text }) => html`<a role="menuitemradio" aria-checked="${id === visit.as ? 'true' : 'false'}" tabindex="-1" href="${here(id)}">${text}</a>`)}
      <hr role="separator" />
      <a role="menuitem" tabindex="-1" href="${visit.link('/settings/personal')}">Personal settings</a>
      <a role="menuitem" tabindex="-1" href="${visit.link('/settings/apps')}">Jira admin settings</a>
      <hr role="separator" />
      ${visit.person && languages.map(({ locale, name: text }) => html`<a role="menuitemradio" lang="${locale.slice(0, 2)}" aria-checked="${locale === visit.person?.locale ? 'true' : 'false'}" tabindex="-1" href="${here(visit.as, locale)}">${text}</a>`)}
      <hr role="separator" />
      <button
        type="button"
        role="menuitemradio"
        tabindex="-1"
        data-color-mode-choice="light"
        aria-checked="${visit.colorMode === 'light' ? 'true' : 'false'}"
      >
        Light theme
      </button>
      <button
        type="button"
        role="menuitemradio"
        tabindex="-1"
        data-color-mode-choice="dark"
        aria-checked="${visit.colorMode === 'dark' ? 'true' : 'false'}"
      >
        Dark theme
      </button>
    </div>
  </div>`;
}

/** A page with a message only. */
export function notice(title: string, text: string, status: number): Page {
  return {
    title,
    status,
    body: html`<div class="notice">
      <h1>${title}</h1>
      <p>${text}</p>
    </div>`,
  };
}
