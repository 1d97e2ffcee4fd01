import { html } from '../../html.ts';
import type { Visit } from '../visit.ts';
import type { ShownModule } from './issue-page.ts';
import type { Page } from './layout.ts';

/** A page of the app, beside the list of such pages and of those below it. The app's page has its own heading. */
export function settingsPage(
  visit: Visit,
  area: { name: string; path: string },
  modules: readonly ShownModule[],
  module: ShownModule,
): Page {
  return {
    title: module.title,
    body: html`<div class="settings">
      <nav aria-label="${area.name}" class="side-navigation">
        <p>${area.name}</p>
        <ul>
          ${modules.map(
            (one) =>
              html`<li>
                <a
                  href="${visit.link(`${area.path}?module=${one.key}`)}"
                  ${one === module && html` aria-current="page"`}
                  >${one.title}</a
                >
                ${
                  one.pages.length > 0 &&
                  html`<ul>
                    ${one.pages.map(({ title, route }) => html`<li><a href="${visit.link(`${area.path}?module=${one.key}`)}#/${route.replace(/^\//, '')}">${title}</a></li>`)}
                  </ul>`
                }
              </li>`,
          )}
        </ul>
      </nav>
      <div class="settings-main">
        <nav aria-label="Breadcrumbs" class="breadcrumbs">
          <ol>
            <li>${area.name}</li>
            <li>${module.title}</li>
          </ol>
        </nav>
        <div class="module-place" data-module-frame="${module.key}"></div>
      </div>
    </div>`,
  };
}
